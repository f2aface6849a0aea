//! The files that a platform becomes.

mod bootstrap;
pub mod piksel;
mod piksel_roles;
mod thumbprints;
