//! Checks the output with `terraform fmt` and `terraform validate`, and that of replicas with an apply.

mod format;
mod replicas;
mod scanning;
pub mod valid;
