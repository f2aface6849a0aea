//! Terraform code: the printed tree, checked with Terraform itself and with an independent parser.

pub mod binary;
mod fixed_point;
mod json_text;
mod layout;
mod random;
mod schema;
mod traversal;
mod values;
mod verify;
mod versions;
