//! Comments.

use super::Printer;
use super::escape::is_invisible;

impl Printer {
    /// Prints one `#` line per line of the text. No text can escape the comment: every kind of line break starts a new
    /// `#` line, and invisible characters become U+FFFD.
    pub(super) fn comment(&mut self, text: &str) {
        for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
            self.begin_line();
            self.out.push('#');
            let line = line.trim_end();
            if !line.is_empty() {
                self.out.push(' ');
                self.out.extend(line.chars().map(|c| match c {
                    '\t' => ' ',
                    c if is_invisible(c) => char::REPLACEMENT_CHARACTER,
                    c => c,
                }));
            }
            self.end_line();
        }
    }
}
