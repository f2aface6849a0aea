//! The JSON document around everything that is for programs.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Serializer;

use crate::escape::json::HarmlessFormatter;

/// Rises when a key goes away or changes its meaning; new keys may come at any time.
const FORMAT_VERSION: u32 = 2;

#[derive(Serialize)]
struct Envelope<'a, T> {
    format_version: u32,
    #[serde(flatten)]
    body: &'a T,
}

/// The document with the keys of `body`, with a line end.
pub(super) fn document(body: &impl Serialize) -> String {
    let mut document = Vec::new();
    write(body, &mut document).expect("a vector takes all bytes, and strings, numbers and lists are always JSON");
    String::from_utf8(document).expect("JSON is UTF-8")
}

/// Writes the same document piece by piece, for bodies that are made while they are written.
///
/// # Errors
/// Those of `out`.
pub(super) fn write(body: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    let envelope = Envelope { format_version: FORMAT_VERSION, body };
    envelope.serialize(&mut Serializer::with_formatter(&mut out, HarmlessFormatter::default()))?;
    out.write_all(b"\n")?;
    out.flush()
}
