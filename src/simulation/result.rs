//! What came of an expectation.

use serde::Serialize;

/// An expectation that was tried.
#[derive(Clone, Debug, Serialize)]
pub struct Tried<'a> {
    /// In words.
    pub sentence: &'a str,
    /// The repository's name in AWS.
    pub repository: &'a str,
    /// The environment.
    pub environment: &'a str,
    /// What was found, in words.
    pub found: String,
    /// What happened instead of what was expected; empty if it holds.
    pub instead: Vec<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    format_version: u32,
    expectations: &'a [Tried<'a>],
}

impl Tried<'_> {
    /// For people: whether it holds, and what was found.
    pub fn line(&self) -> String {
        let Tried { sentence, repository, environment, found, instead } = self;
        match instead.is_empty() {
            true => format!("holds   {sentence} ({repository}, {environment}): {found}"),
            false => format!("FAILS   {sentence} ({repository}, {environment}): {}; {found}", instead.join("; ")),
        }
    }

    /// For programs, with a line end.
    pub fn json(tried: &[Tried<'_>]) -> String {
        let document = Document { format_version: 1, expectations: tried };
        serde_json::to_string_pretty(&document).expect("strings, numbers and lists can be written") + "\n"
    }
}
