//! What a new output would destroy of what is committed.

mod bootstrap;
mod found;
pub mod guard;
mod labels;
mod neighbors;
mod order;
mod places;
mod plans;
mod removals;
mod renamed;
mod replicas;
mod resources;
mod sets;
mod taken;
