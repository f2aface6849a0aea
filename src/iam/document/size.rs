//! The size of a policy as AWS counts it.

use super::Document;
use super::bindings::Bindings;

/// The number of characters of the document as Terraform's `jsonencode` writes it. There is no white space between
/// tokens, so it doesn't matter that AWS ignores white space in identity policies ("IAM and AWS STS quotas"). Spaces
/// inside strings count. So do the five extra characters of `\u003c`, `\u003e` and `\u0026`, which `jsonencode` writes
/// for `<`, `>` and `&`.
pub fn characters(document: &Document, bindings: &Bindings) -> usize {
    let json = document.to_json(bindings).to_string();
    json.chars().map(|character| if matches!(character, '<' | '>' | '&') { 6 } else { 1 }).sum()
}
