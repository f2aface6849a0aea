//! What `terraform fmt` and `terraform validate` say of the files.

mod format;
pub mod valid;
