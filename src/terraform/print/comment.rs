//! Comments.

use super::Printer;
use super::escape::is_invisible;

impl Printer {
    /// One `#` line for each line of the text. Whatever the text holds, nothing of it leaves the comment: every kind of
    /// line break begins a new `#` line, and what cannot be seen becomes U+FFFD.
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
