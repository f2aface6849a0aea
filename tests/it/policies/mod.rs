//! Who may do what, as IAM documents.

mod boundary;
mod divided;
mod division;
mod resource_types;
mod resources;
