//! What a repository holds and what of it is in use, as other programs tell it: `aws ecr describe-images`,
//! `aws ecr batch-get-image`, `kubectl get pods`.
//!
//! Nothing is guessed in silence: what cannot be read is a fault, what a listing leaves open and had to be assumed is a
//! remark.

mod detail;
mod listing;
mod manifests;
mod page;
mod reference;
mod usage;

pub use listing::{Inventory, read};
pub use manifests::Manifests;
pub use reference::Reference;
pub use usage::Usage;
