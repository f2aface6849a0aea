//! SARIF 2.1.0 for code scanning on GitHub and for editors (OASIS, "Static Analysis Results Interchange Format Version
//! 2.1.0", and GitHub Docs, "SARIF support for code scanning").

mod line_hashes;
mod location;
mod log;
mod result;
mod rule;

pub use line_hashes::LineHashes;
pub use location::InRepository;

pub(super) use location::{At, Region, Related};
pub(super) use log::Log;
pub(super) use result::{Alert, Change};
pub(super) use rule::Rule;

use serde::Serialize;

use crate::escape::sarif;

/// A text for people.
#[derive(Clone, Debug, Serialize)]
struct Message {
    text: String,
}

impl Message {
    /// A text that can come from outside. No part of it is a link.
    fn of(text: &str) -> Message {
        Message { text: sarif::message(text) }
    }
}
