//! Causes of errors that only the text of the file shows: characters that look like others, and comments.

use crate::diagnostic::{Code, Diagnostic, Severity, codes, lookalike};
use crate::source::{Source, Sources, Span};

/// The errors of reading a word that is not what the language has at this place.
const READING: [&Code; 5] =
    [&codes::YAML_SYNTAX, &codes::MALFORMED, &codes::UNKNOWN_KEY, &codes::UNKNOWN_WORD, &codes::WRONG_TYPE];

/// The longest text that is searched for look-alikes.
const LONGEST: usize = 200;

/// Explains an error by the text at its place, if that is the cause.
pub(super) fn explain(sources: &Sources, finding: Diagnostic) -> Diagnostic {
    if finding.severity < Severity::Error || !READING.contains(&finding.code) {
        return finding;
    }
    let Some(span) = finding.labels.first().map(|label| label.span) else { return finding };
    let file = sources.file(span.file);
    match lookalike(suspect(file, span, *finding.code == codes::YAML_SYNTAX)) {
        Some(help) => finding.help(help),
        None => comment(file, span, finding),
    }
}

/// The text that an error is about. The parser stops somewhere in the line with a syntax error.
fn suspect(file: &Source, span: Span, is_syntax: bool) -> &str {
    let (start, end) = (span.start as usize, span.end as usize);
    let text = match is_syntax {
        true => {
            let at = start.min(file.text.len());
            let line = file.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
            let line = file.text.get(line..).unwrap_or_default().lines().next().unwrap_or_default();
            line.split(" #").next().unwrap_or_default()
        }
        false => file.text.get(start..end).unwrap_or_default(),
    };
    if text.len() > LONGEST || text.contains('\n') { "" } else { text }
}

/// A value that is missing because `#` begins a comment.
fn comment(file: &Source, span: Span, finding: Diagnostic) -> Diagnostic {
    if *finding.code != codes::WRONG_TYPE || !finding.message.ends_with("found an empty value") {
        return finding;
    }
    let rest = file.text.get(span.end as usize..).unwrap_or_default().split('\n').next().unwrap_or_default();
    let Some(at) = rest.find('#').filter(|at| rest[..*at].chars().all(|c| c == ' ' || c == ':')) else {
        return finding;
    };
    let start = span.end + u32::try_from(at).unwrap_or(0);
    let place = Span { start, end: start + 1, ..span };
    let help = "if the text after `#` is the value, put it in quotes; without quotes, `#` begins a comment";
    finding.and(place, "begins a comment").help(help)
}
