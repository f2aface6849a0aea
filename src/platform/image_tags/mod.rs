//! Classes of image tags: their patterns and their exact form, the tags of a build, and the class of a tag.
//!
//! [`tags_of`] goes from a build to its tags, and [`readings`] from a tag to its classes. A tag that `tags_of` returns has its
//! class as its first reading.

pub mod build;
pub mod class;
pub mod classes;
pub mod made_from;
pub mod reading;
pub mod slug;
mod steps;
pub mod tag_language;
mod within;

pub use build::{Build, BuildTag, Outcome, Reference, tags_of};
pub use made_from::MadeFrom;
pub use reading::{Reading, readings};
pub use slug::slug;
