//! Names of the things that a platform makes.

pub mod label;
pub mod scope;
pub mod template;
