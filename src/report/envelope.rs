//! The JSON document around all reports for programs.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Serializer;

use crate::escape::json::HarmlessFormatter;

/// Increases when a key is removed or changes its meaning. New keys can be added without a new version.
const FORMAT_VERSION: u32 = 2;

#[derive(Serialize)]
struct Envelope<'a, T> {
    format_version: u32,
    #[serde(flatten)]
    body: &'a T,
}

/// The document with the keys of `body`, ending with a newline.
pub(super) fn document(body: &impl Serialize) -> String {
    let mut document = Vec::new();
    write(body, &mut document)
        .expect("writing to a vector cannot fail, and strings, numbers and lists always serialize");
    String::from_utf8(document).expect("JSON is UTF-8")
}

/// Writes the same document piece by piece, for bodies that are computed while they are written.
///
/// # Errors
/// Those of `out`.
pub(super) fn write(body: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    let envelope = Envelope { format_version: FORMAT_VERSION, body };
    envelope.serialize(&mut Serializer::with_formatter(&mut out, HarmlessFormatter::default()))?;
    out.write_all(b"\n")?;
    out.flush()
}
