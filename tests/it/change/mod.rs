//! What a new output would destroy of what is committed.

mod bootstrap;
mod guard;
mod plans;
mod resources;
