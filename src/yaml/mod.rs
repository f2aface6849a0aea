//! Text to nodes: the only room that knows the YAML crate.
//!
//! The crate is the event parser under serde-saphyr. Serde itself would lose the spans inside merged
//! and alternative types; building the tree from events keeps each one, and makes the things this
//! language leaves out (anchors, aliases, tags, merge keys, further documents) faults with a place.

mod builder;
mod limits;
mod node;
mod refused;
mod scalar;
mod syntax;

pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_TEXT, MAX_VALUES};
pub use node::{Entry, Key, Node, Value};

use builder::Builder;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;

/// Reads the text of file number `file` into a node.
///
/// # Errors
/// The faults that make the text unreadable as one plain YAML document: syntax, duplicate keys,
/// anchors, aliases, tags, merge keys, a second document, no document, more than [`MAX_DEPTH`], [`MAX_VALUES`] or
/// [`MAX_TEXT`], line ends of a carriage return alone. These, syntax, depth and the number of values end the reading, all
/// others are collected.
pub fn parse(file: u32, text: &str) -> Result<Node, Vec<Diagnostic>> {
    if let Some(fault) = lone_carriage_return(file, text) {
        return Err(vec![fault]);
    }
    let mut builder = Builder::new(file, text);
    match builder.document() {
        Ok(Some(node)) if builder.faults.is_empty() => return Ok(node),
        Ok(None) if builder.faults.is_empty() => {
            let fault = Diagnostic::new(&codes::EMPTY_FILE, builder.span_of(0, 0), "this file holds no platform");
            builder.faults.push(fault.help("`ecrgen init` writes a starter that renders"));
        }
        Ok(_) => {}
        Err(fault) => {
            // `{service}-v{version}` is one mistake, not two.
            let end = |other: &Diagnostic| other.labels[0].span.end == fault.labels[0].span.start;
            builder.faults.retain(|other| !(*other.code == codes::UNQUOTED_PLACEHOLDER && end(other)));
            builder.faults.push(*fault);
        }
    }
    Err(builder.faults)
}

/// A line end to YAML and to nobody else: every later finding would be about line 1, in editors too.
fn lone_carriage_return(file: u32, text: &str) -> Option<Diagnostic> {
    let at = text.match_indices('\r').map(|(at, _)| at).find(|at| !text[at + 1..].starts_with('\n'))?;
    let start = u32::try_from(at).expect("files are smaller than 4 GiB");
    let place = Span { file, start, end: start + 1 };
    let fault = Diagnostic::new(&codes::LONE_CARRIAGE_RETURN, place, "a line ends with a carriage return alone");
    Some(fault.help("save the file with the line ends of Unix (LF) or Windows (CR LF)"))
}
