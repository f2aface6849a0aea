//! Checks the output with `terraform fmt` and `terraform validate`.

mod format;
pub mod valid;
