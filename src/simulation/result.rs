//! The result of an expectation.

use super::expectation::{Found, Miss};
use super::prices::Prices;

/// The result of an expectation.
#[derive(Clone, Debug)]
pub struct ExpectationResult<'a> {
    /// The name of the expectation, a sentence.
    pub sentence: &'a str,
    /// The repository's name in AWS.
    pub repository: &'a str,
    /// The environment.
    pub environment: &'a str,
    /// What was found.
    pub found: Found<'a>,
    /// The prices that apply to the repository.
    pub prices: &'a Prices,
    /// What happened instead of what was expected; empty if the expectation holds.
    pub instead: Vec<Miss>,
}

impl ExpectationResult<'_> {
    /// Whether the expectation holds.
    pub fn holds(&self) -> bool {
        self.instead.is_empty()
    }
}
