//! The files that are generated for a platform.

mod alarms;
mod alerts;
mod backend;
mod bootstrap;
mod caches;
mod coverage;
pub mod piksel;
mod piksel_roles;
mod pipelines;
mod protection;
mod replicas;
mod scanning;
mod sets;
mod templates;
mod thumbprints;
