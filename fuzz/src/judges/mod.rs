//! Judges of untrusted input: each takes the bytes of a file, and panics if ecrgen does something that a pull request must
//! not be able to make it do. Rejecting the input is always allowed.

mod harmless;
mod listings;
mod manifests;
mod policies;
mod specs;

pub use listings::listings;
pub use manifests::manifests;
pub use policies::policies;
pub use specs::specs;
