//! What is true of everything that ecrgen prints.

use ecrgen::diagnostic::Diagnostic;
use ecrgen::escape::terminal::Charset;
use ecrgen::report::failure::{self, Failure};
use ecrgen::report::{Color, Style, findings};
use ecrgen::source::Sources;

pub(super) const UTF_8: Style = Style { color: Color::Plain, charset: Charset::Utf8, width: None };
pub(super) const ASCII: Style = Style { color: Color::Plain, charset: Charset::Ascii, width: Some(40) };

/// Findings in every format.
pub(super) fn findings(sources: &Sources, found: &[Diagnostic]) {
    text(&findings::text(UTF_8, sources, found));
    let ascii = findings::text(ASCII, sources, found);
    text(&ascii);
    assert!(ascii.is_ascii(), "{ascii:?}");
    json(&findings::json(sources, found));
    github(&findings::github(sources, found), found.len());
}

/// An error about something that is not a spec, in every format.
pub(super) fn failure(message: String, details: Vec<String>) {
    let failure = Failure { message, details };
    let lines = 1 + failure.details.len();
    for style in [UTF_8, ASCII] {
        let printed = failure::text(style, &failure);
        text(&printed);
        assert_eq!(printed.lines().count(), lines, "a text adds a line: {printed:?}");
    }
    json(&failure::json(&failure, &Sources::default(), &[]));
    github(&failure::github(&failure, &Sources::default(), &[]), 1);
}

/// Text for a terminal. In the log of GitHub Actions, no line of it is a command.
///
/// The list of characters is written down here a second time on purpose: controls (Unicode category Cc), line and paragraph
/// separators, and the property Bidi_Control.
pub(super) fn text(printed: &str) {
    let acts = |c: char| {
        c != '\n' && c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert_eq!(printed.chars().find(|c| acts(*c)), None, "{printed:?}");
    assert!(printed.is_empty() || printed.ends_with('\n'), "{printed:?}");
    let log = ecrgen::escape::github::log(printed);
    assert!(!log.contains("##["), "{log:?}");
    assert!(!log.lines().any(|line| line.trim().starts_with("::")), "{log:?}");
}

/// One complete document.
pub(super) fn json(printed: &str) {
    text(printed);
    assert!(!printed.contains("##["), "{printed:?}");
    let document = serde_json::from_str::<serde_json::Value>(printed);
    assert!(document.is_ok_and(|document| document["format_version"].is_u64()), "{printed:?}");
}

/// One workflow command per line, and not more commands than expected.
fn github(printed: &str, commands: usize) {
    let is_command = |line: &str| ["::error", "::warning", "::notice"].iter().any(|begin| line.starts_with(begin));
    assert!(printed.lines().all(is_command), "{printed:?}");
    assert_eq!(printed.lines().count(), commands, "{printed:?}");
    assert!(!printed.contains(|c: char| c.is_control() && c != '\n'), "{printed:?}");
}
