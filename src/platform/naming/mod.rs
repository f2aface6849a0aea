//! Names of the resources and files of a platform.

pub mod label;
pub mod scope;
pub mod template;

/// The longest common beginning of two names, which are ASCII.
pub fn common_prefix<'n>(one: &'n str, other: &str) -> &'n str {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    &one[..same]
}
