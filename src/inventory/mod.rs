//! The images in a repository and which of them are in use, from the output of `aws ecr describe-images`,
//! `aws ecr batch-get-image`, `kubectl get`, and the commands of AWS services that run containers.
//!
//! Nothing is assumed silently: input that cannot be read is an error, and every assumption about something that the
//! listing does not say is a remark.

mod detail;
mod listing;
mod manifests;
mod page;
mod policy_output;
mod reference;
mod usage;

pub use listing::{Inventory, read};
pub use manifests::Manifests;
pub use policy_output::{PolicyOutput, Preview};
pub use reference::Reference;
pub use usage::{Usage, Uses};
