//! Results of expectations as text.

use super::{found, instead};
use crate::report::layout::fit;
use crate::report::style::Style;
use crate::simulation::ExpectationResult;

/// One line per expectation: whether it holds, and the actual outcome.
pub fn text(results: &[ExpectationResult], style: Style) -> String {
    let lines: String = results.iter().map(|result| style.charset.sanitize(&line(result)) + "\n").collect();
    fit(&lines, style.width)
}

fn line(result: &ExpectationResult) -> String {
    let ExpectationResult { sentence, repository, environment, .. } = result;
    let (what, found) = (format!("{sentence} ({repository}, {environment})"), found(result));
    match result.holds() {
        true => format!("holds   {what}: {found}"),
        false => format!("FAILS   {what}: {}; {found}", instead(result).join("; ")),
    }
}
