//! What people see who make mistakes.

mod bad_input;
mod first_errors;
mod init;
mod reports;
