//! The files that are generated for a platform.

mod backend;
mod bootstrap;
pub mod piksel;
mod piksel_roles;
mod pipelines;
mod protection;
mod replicas;
mod sets;
mod thumbprints;
