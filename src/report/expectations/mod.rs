//! Results of the expectations of a spec.

mod json;
mod text;

pub use json::json;
pub use text::text;

use crate::prose::count;
use crate::report::numbers::dollars;
use crate::report::simulation::words::reserve;
use crate::simulation::{ExpectationResult, Found};

/// The actual outcome, in words.
fn found(result: &ExpectationResult) -> String {
    let prices = result.prices;
    match result.found {
        Found::One { tags, outcome, days } => {
            let image = if tags.is_empty() { "the untagged image".to_owned() } else { tags.join(", ") };
            format!("{image} is {outcome} after {}", count(days as usize, "day"))
        }
        Found::Schedule(last) => {
            let left = format!("{} of {} left", last.left(), count(last.pushed.images, "image"));
            let there = dollars(prices.of_both(last.standard, last.archive)) + reserve(prices, last.archive);
            let all = dollars(prices.of_storage(last.pushed.bytes));
            let (saved, as_of) = (last.saved(), &prices.as_of);
            format!("{left}, {saved:.0}% saved, {there} instead of {all} per month (prices as of {as_of})")
        }
    }
}

/// How the outcome differs from the expectation, in words.
fn instead(result: &ExpectationResult) -> Vec<String> {
    result.instead.iter().map(ToString::to_string).collect()
}
