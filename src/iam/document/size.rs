//! How long a policy is when AWS counts.

use std::collections::BTreeSet;

use super::Document;
use super::bindings::Bindings;

/// The characters of the document as Terraform's `jsonencode` sends it: without any space between tokens, so that it
/// makes no difference that AWS counts none in identity policies ("IAM and AWS STS quotas"). Spaces inside strings
/// count, and so do the five extra characters of `\u003c`, `\u003e` and `\u0026`, as which `jsonencode` writes `<`, `>`
/// and `&`.
pub fn characters(document: &Document, bindings: &Bindings) -> usize {
    let json = document.to_json(bindings).to_string();
    json.chars().map(|character| if matches!(character, '<' | '>' | '&') { 6 } else { 1 }).sum()
}

/// The characters of the document that no IAM policy may hold: anything but tab, line feed, carriage return and U+0020
/// to U+00FF (IAM API Reference, `policyDocumentType`). A dash or an ellipsis pasted from a text processor is enough
/// for a refusal.
pub fn forbidden_characters(document: &Document, bindings: &Bindings) -> BTreeSet<char> {
    let json = document.to_json(bindings).to_string();
    json.chars().filter(|character| !matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{FF}')).collect()
}
