//! How everything looks that the program prints: the only room with formats.
//!
//! A folder per subject, a file per format in it. Each function takes what another room found out and returns what goes
//! to standard output or standard error; nothing here reads, writes or asks the environment, and nothing is decided
//! here. Text that comes from outside (specs, listings, files on disk, paths) is made harmless for its format by
//! [`escape`](crate::escape).

pub mod answer;
pub mod code_page;
pub mod expectations;
pub mod files;
pub mod findings;
pub mod permissions;
pub mod simulation;

mod envelope;
mod layout;
mod numbers;
mod place;
mod style;
mod workflow_command;

pub use style::{Color, Style};
