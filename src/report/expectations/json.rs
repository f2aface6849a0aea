//! Results of expectations as JSON.

use serde::Serialize;

use super::{found, instead};
use crate::report::envelope;
use crate::simulation::ExpectationResult;

#[derive(Serialize)]
struct Body<'a> {
    expectations: Vec<Expectation<'a>>,
}

#[derive(Serialize)]
struct Expectation<'a> {
    sentence: &'a str,
    repository: &'a str,
    environment: &'a str,
    /// The actual outcome, in words.
    found: String,
    /// How the outcome differs from the expectation; empty if it holds.
    instead: Vec<String>,
}

/// One document with the result of each expectation.
pub fn json(results: &[ExpectationResult]) -> String {
    envelope::document(&Body { expectations: results.iter().map(expectation).collect() })
}

fn expectation<'a>(result: &'a ExpectationResult) -> Expectation<'a> {
    Expectation {
        sentence: result.sentence,
        repository: result.repository,
        environment: result.environment,
        found: found(result),
        instead: instead(result),
    }
}
