//! What came of an expectation.

use super::expectation::{Found, Miss};
use super::prices::Prices;

/// What came of an expectation.
#[derive(Clone, Debug)]
pub struct ExpectationResult<'a> {
    /// The expectation in words.
    pub sentence: &'a str,
    /// The repository's name in AWS.
    pub repository: &'a str,
    /// The environment.
    pub environment: &'a str,
    /// What was found.
    pub found: Found<'a>,
    /// What storage costs there.
    pub prices: &'a Prices,
    /// What happened instead of what was expected; empty if it holds.
    pub instead: Vec<Miss>,
}

impl ExpectationResult<'_> {
    /// Whether what was expected happened.
    pub fn holds(&self) -> bool {
        self.instead.is_empty()
    }
}
