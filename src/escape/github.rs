//! Text in GitHub Actions workflow commands (GitHub Docs, "Workflow commands for GitHub Actions").

use super::terminal::Charset;

/// The message of a command. Line ends are kept as escapes. Other characters that could act on a terminal that shows the
/// log are replaced by visible ones.
pub fn message(text: &str) -> String {
    let line = |line: &str| {
        let parts: Vec<_> = line.split('\r').map(|part| Charset::Utf8.sanitize(part).replace('%', "%25")).collect();
        parts.join("%0D")
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("%0A")
}

/// The value of a property, between `=` and the next comma.
pub fn property(value: &str) -> String {
    message(value).replace(':', "%3A").replace(',', "%2C")
}
