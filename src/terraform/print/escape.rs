//! The text of a string between its quotation marks.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Printer;

/// ASCII bytes that may need an escape.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        special[byte] = byte < 0x20 || byte >= 0x7f;
        byte += 1;
    }
    special[b'"' as usize] = true;
    special[b'\\' as usize] = true;
    special[b'$' as usize] = true;
    special[b'%' as usize] = true;
    special
};

/// Characters that a reviewer cannot see, or that change the order of the visible text.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    ) || u32::from(c) & 0xfffe == 0xfffe
}

impl Printer {
    /// `"text"`
    pub(super) fn quoted(&mut self, text: &str) {
        self.out.push('"');
        self.literal(text);
        self.out.push('"');
    }

    /// Text inside quotation marks. HCL normalizes every string to form C, so it is printed in that form.
    pub(super) fn literal(&mut self, text: &str) {
        let text = normal_form(text);
        let (mut written, mut at) = (0, 0);
        while let Some(&byte) = text.as_bytes().get(at) {
            if !SPECIAL[usize::from(byte)] {
                at += 1;
                continue;
            }
            let c = text[at..].chars().next().expect("`at` is at the start of a character");
            let after = at + c.len_utf8();
            if self.needs_escape(c, &text[after..]) {
                self.out.push_str(&text[written..at]);
                self.escape(c);
                written = after;
            }
            at = after;
        }
        self.out.push_str(&text[written..]);
    }

    /// Text inside quotation marks that is followed by `${`. There, a final `$` or `%` would be read as the first half of
    /// an escape, and doubling it does not help.
    pub(super) fn literal_before_code(&mut self, text: &str) {
        match text.strip_suffix(['$', '%']) {
            Some(start) => {
                self.literal(start);
                self.escape_by_number(if text.ends_with('$') { '$' } else { '%' });
            }
            None => self.literal(text),
        }
    }

    fn needs_escape(&self, c: char, after: &str) -> bool {
        match c {
            '"' | '\\' => true,
            '$' | '%' => after.starts_with('{'),
            c => (self.escaped)(c),
        }
    }

    fn escape(&mut self, c: char) {
        match c {
            '"' => self.out.push_str("\\\""),
            '\\' => self.out.push_str("\\\\"),
            '\n' => self.out.push_str("\\n"),
            '\r' => self.out.push_str("\\r"),
            '\t' => self.out.push_str("\\t"),
            '$' => self.out.push_str("$$"),
            '%' => self.out.push_str("%%"),
            c => self.escape_by_number(c),
        }
    }

    fn escape_by_number(&mut self, c: char) {
        let number = u32::from(c);
        let written =
            if number > 0xffff { write!(self.out, "\\U{number:08x}") } else { write!(self.out, "\\u{number:04x}") };
        written.expect("writing to a String cannot fail");
    }
}

fn normal_form(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}
