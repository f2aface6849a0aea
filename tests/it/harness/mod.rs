//! What the tests of all rooms share.

mod case;
pub mod limits;
pub mod module;

pub use case::{Case, Outcome, files_below, repository};
