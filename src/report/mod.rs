//! The format of everything that the program prints. No other room formats reports.
//!
//! There is one folder per subject, with one file per format. Each function takes the results of another room and returns
//! the text for standard output or standard error. Nothing here reads, writes, looks at the environment or makes
//! decisions. Untrusted text (specs, listings, files on disk, paths) is escaped for its format by
//! [`escape`](crate::escape).

pub mod answer;
pub mod code_page;
pub mod expectations;
pub mod failure;
pub mod files;
pub mod findings;
pub mod keys;
pub mod permissions;
pub mod sarif;
pub mod simulation;
pub mod tag;
pub mod token;

mod envelope;
mod layout;
mod numbers;
mod place;
mod style;
mod workflow_command;

pub use style::{Color, Style};
