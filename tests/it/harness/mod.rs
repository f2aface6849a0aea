//! Shared by the tests of all rooms: the program in a folder, and the library in memory.

mod case;
mod compiled;
pub mod engine;
pub mod module;
mod skipped;
mod tool;

pub use case::{Case, Outcome, files_below, repository, shipped_names, texts_below};
pub use compiled::{Compiled, HEAD, Specs, shop};
pub use skipped::skipped;
pub use tool::{accepts, checkov, has_checkov, tool};
