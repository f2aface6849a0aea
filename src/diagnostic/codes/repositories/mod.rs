//! Repositories, their retention rules, and their tag classes.

pub mod image_tags;
pub mod naming;
pub mod replication;
pub mod retention;
pub mod settings;
