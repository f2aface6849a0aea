//! Classes of image tags.

pub mod class;
pub mod classes;
pub mod tag_language;
