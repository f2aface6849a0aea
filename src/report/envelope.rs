//! The JSON document around all reports for programs.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Serializer;

use crate::escape::json::HarmlessFormatter;

/// Increases when a key is removed or changes its meaning. New keys can be added without a new version.
const FORMAT_VERSION: u32 = 2;

/// Why a document can always be written to memory.
const CANNOT_FAIL: &str = "writing to a vector cannot fail, and strings, numbers and lists always serialize";

#[derive(Serialize)]
struct Envelope<'a, T> {
    format_version: u32,
    #[serde(flatten)]
    body: &'a T,
}

/// The document with the keys of `body`, ending with a newline.
pub(super) fn document(body: &impl Serialize) -> String {
    indented(&Envelope { format_version: FORMAT_VERSION, body })
}

/// Writes the same document piece by piece, for bodies that are computed while they are written.
///
/// # Errors
/// Those of `out`.
pub(super) fn write(body: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    write_indented(&Envelope { format_version: FORMAT_VERSION, body }, &mut out)?;
    out.flush()
}

/// A document in a format of others, without the envelope, ending with a newline.
pub(super) fn indented(document: &impl Serialize) -> String {
    let mut text = Vec::new();
    write_indented(document, &mut text).expect(CANNOT_FAIL);
    String::from_utf8(text).expect("JSON is UTF-8")
}

fn write_indented(document: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    document.serialize(&mut Serializer::with_formatter(&mut out, HarmlessFormatter::default()))?;
    out.write_all(b"\n")
}
