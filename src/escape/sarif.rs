//! Text in messages of SARIF (SARIF 2.1.0, section 3.11).

use super::terminal::Charset;

/// A plain text message that no viewer reads as a link, with its line ends.
///
/// A link is `[text](destination)`, so a space in the middle prevents it. Braces stay single: the standard doubles them because
/// of placeholders such as `{0}`, but GitHub has no placeholders and would show both.
pub fn message(text: &str) -> String {
    Charset::Utf8.sanitize_lines(text).replace("](", "] (")
}

/// A link to the location with this number.
pub fn link(text: &str, location: usize) -> String {
    let escaped = message(&Charset::Utf8.sanitize(text)).replace('\\', r"\\").replace('[', r"\[").replace(']', r"\]");
    format!("[{escaped}]({location})")
}
