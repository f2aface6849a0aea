//! Text in XML, and so in SVG.

use super::is_deceptive;

/// Text between two tags or in a quoted attribute. Characters that XML 1.0 does not allow (section 2.2, "Characters") and
/// characters that would hide or reorder their neighbors are removed.
pub fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if is_deceptive(c) => {}
            c => escaped.push(c),
        }
    }
    escaped
}
