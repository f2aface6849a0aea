//! What a new output would destroy of what is committed.

mod guard;
mod plans;
mod resources;
