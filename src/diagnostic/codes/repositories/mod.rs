//! Repositories, their retention, and the classes of their image tags.

pub mod image_tags;
pub mod naming;
pub mod retention;
pub mod settings;
