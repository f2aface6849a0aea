//! Expectations for people.

use super::{found, instead};
use crate::escape::terminal::Charset;
use crate::simulation::ExpectationResult;

/// A line per expectation: whether it holds, and what was found.
pub fn text(results: &[ExpectationResult], charset: Charset) -> String {
    if results.is_empty() {
        return "nothing is expected: write `expect`, or simulate with --images or --schedule\n".to_owned();
    }
    results.iter().map(|result| charset.sanitize(&line(result)) + "\n").collect()
}

fn line(result: &ExpectationResult) -> String {
    let ExpectationResult { sentence, repository, environment, .. } = result;
    let (what, found) = (format!("{sentence} ({repository}, {environment})"), found(result));
    match result.holds() {
        true => format!("holds   {what}: {found}"),
        false => format!("FAILS   {what}: {}; {found}", instead(result).join("; ")),
    }
}
