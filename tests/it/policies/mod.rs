//! The IAM policies of the output.

mod alarms;
mod attached;
mod boundary;
mod descriptions;
mod limits;
mod manages;
mod outlives;
mod reach;
mod replicas;
pub mod resource_types;
mod resources;
mod split;
mod too_large;
