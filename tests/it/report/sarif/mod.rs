//! Findings, drift and errors as SARIF 2.1.0, for code scanning on GitHub and for editors.

mod findings;
mod limits;
mod line_hashes;
mod places;
pub mod schema;

use ecrgen::diagnostic::Diagnostic;
use ecrgen::report::findings::sarif;
use serde_json::Value;

use super::Spec;

/// The run of a document.
fn run(document: &str) -> Value {
    let mut document: Value = serde_json::from_str(document).expect("one JSON document");
    document["runs"][0].take()
}

/// The results of the findings, each file at the root of the repository.
fn results(spec: &Spec, findings: &[Diagnostic]) -> Value {
    run(&sarif(&spec.sources, &str::to_owned, findings))["results"].take()
}
