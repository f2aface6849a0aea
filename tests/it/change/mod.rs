//! What a new output would destroy of what is committed.

mod bootstrap;
pub mod guard;
mod labels;
mod plans;
mod resources;
