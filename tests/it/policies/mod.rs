//! Who may do what, as IAM documents.

mod boundary;
mod divided;
mod resource_types;
mod resources;
mod split;
