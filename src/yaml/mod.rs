//! Parses text into nodes. This is the only room that uses the YAML crate.
//!
//! The crate is the event parser below serde-saphyr. Serde itself would lose the spans inside merged and alternative
//! types. Building the tree from events keeps every span, and reports what this language does not support (anchors,
//! aliases, tags, merge keys, further documents) as errors with a place.

mod builder;
mod colon;
mod limits;
mod node;
mod opened;
mod refused;
mod scalar;
mod syntax;

pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_TEXT, MAX_VALUES};
pub use node::{Entry, Key, Node, Value};

use builder::Builder;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;

/// Parses the text of file number `file` into a node.
///
/// # Errors
/// Everything that keeps the text from being one plain YAML document: syntax errors, duplicate keys, anchors, aliases,
/// tags, merge keys, a second document, no document, more than [`MAX_DEPTH`], [`MAX_VALUES`] or [`MAX_TEXT`], and lines
/// that end with only a carriage return. Parsing stops at such a line end, at a syntax error, and at the limits of
/// depth and number of values; all other errors are collected.
pub fn parse(file: u32, text: &str) -> Result<Node, Vec<Diagnostic>> {
    if let Some(fault) = lone_carriage_return(file, text) {
        return Err(vec![fault]);
    }
    let mut builder = Builder::new(file, text);
    match builder.document() {
        Ok(Some(node)) if builder.faults.is_empty() => return Ok(node),
        Ok(None) if builder.faults.is_empty() => {
            let fault = Diagnostic::new(&codes::EMPTY_FILE, builder.span_of(0, 0), "this file does not contain a spec");
            builder.faults.push(fault.help("write a spec, or run `ecrgen init` to create one"));
        }
        Ok(_) => {}
        Err(fault) => {
            // `{service}-v{version}` without quotes is one mistake, not two.
            let end = |other: &Diagnostic| other.labels[0].span.end == fault.labels[0].span.start;
            builder.faults.retain(|other| !(*other.code == codes::UNQUOTED_PLACEHOLDER && end(other)));
            builder.faults.push(*fault);
        }
    }
    Err(builder.faults)
}

/// A lone carriage return ends a line in YAML but not in editors, where every finding would be in line 1.
fn lone_carriage_return(file: u32, text: &str) -> Option<Diagnostic> {
    let at = text.match_indices('\r').map(|(at, _)| at).find(|at| !text[at + 1..].starts_with('\n'))?;
    let start = u32::try_from(at).expect("files are smaller than 4 GiB");
    let place = Span { file, start, end: start + 1 };
    let fault = Diagnostic::new(&codes::LONE_CARRIAGE_RETURN, place, "this line ends with only a carriage return (CR)");
    Some(fault.help("save the file with Unix (LF) or Windows (CR LF) line endings"))
}
