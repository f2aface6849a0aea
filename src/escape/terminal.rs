//! Text on a terminal.

use super::is_deceptive;

/// Which characters are shown as they are. All others are replaced by visible ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// Printable ASCII, for terminals without UTF-8. All other characters become `?`.
    Ascii,
    /// All characters except control characters and those that hide or reorder their neighbors.
    Utf8,
}

impl Charset {
    /// `text` as one line that a terminal cannot mistake for commands. The number of characters does not change, so
    /// columns stay aligned.
    pub fn sanitize(self, text: &str) -> String {
        text.chars().map(|c| self.visible(c)).collect()
    }

    /// Like [`Charset::sanitize`], but keeps line ends.
    pub fn sanitize_lines(self, text: &str) -> String {
        text.trim_end().lines().map(|line| self.sanitize(line)).collect::<Vec<_>>().join("\n")
    }

    fn visible(self, c: char) -> char {
        match self {
            Charset::Ascii if c == ' ' || c.is_ascii_graphic() => c,
            Charset::Ascii => '?',
            Charset::Utf8 if !is_deceptive(c) => c,
            // The Unicode block "Control Pictures" has the 32 C0 controls in the same order.
            Charset::Utf8 if c < ' ' => char::from_u32(0x2400 + u32::from(c)).expect("U+2400 to U+241F are assigned"),
            Charset::Utf8 => char::REPLACEMENT_CHARACTER,
        }
    }
}
