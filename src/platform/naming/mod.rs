//! Names of the resources and files of a platform.

pub mod label;
pub mod scope;
pub mod template;
