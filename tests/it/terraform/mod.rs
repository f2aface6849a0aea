//! Terraform code: the printed tree, judged by Terraform itself and by an independent reader.

pub mod binary;
mod fixed_point;
mod layout;
mod random;
mod schema;
mod traversal;
mod values;
mod verify;
mod versions;
