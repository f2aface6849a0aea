//! Text in JSON.

use std::io::{Result, Write};

use serde_json::ser::{Formatter, PrettyFormatter};

use super::is_deceptive;

/// A formatter for indented JSON in which no character acts on a terminal.
///
/// JSON may contain DEL, C1 controls and bidirectional marks unescaped (RFC 8259, section 7), but a terminal would obey
/// them. Such characters are written as escapes, which every JSON parser decodes. The formatter handles one fragment of
/// a string at a time, so documents of any length can be streamed.
#[derive(Clone, Debug, Default)]
pub struct HarmlessFormatter(PrettyFormatter<'static>);

impl Formatter for HarmlessFormatter {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> Result<()> {
        // Fast path for digests and most tags: there may be millions of them.
        let is_plain = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'#';
        if fragment.bytes().all(is_plain) {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        // `##[` is the legacy form of a workflow command, which GitHub Actions finds anywhere in a line of a log.
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_deceptive(*c) || *c == '#') {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_object_value(out)
    }
}
