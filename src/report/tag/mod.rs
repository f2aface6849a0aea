//! `ecrgen tag`: the tags of a build, and the class of a tag.

pub mod built;
pub mod found;

pub use built::Built;
pub use found::Found;
