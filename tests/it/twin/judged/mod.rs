//! Checks the output with `terraform fmt` and `terraform validate`.

mod format;
mod replicas;
pub mod valid;
