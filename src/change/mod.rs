//! What is committed, compared with what would be.

pub mod guard;
