//! Expectations for programs.

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
    /// What was found, in words.
    found: String,
    /// What happened instead of what was expected; empty if it holds.
    instead: Vec<String>,
}

/// One document with what came of each expectation.
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
