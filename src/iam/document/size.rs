//! How long a policy is when AWS counts.

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
