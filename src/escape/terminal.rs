//! Text on a terminal.

use super::is_deceptive;

/// Which characters are shown as they are; the others get a stand-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// For terminals that are not UTF-8: everything else becomes `?`.
    Ascii,
    /// Everything but control characters and what hides or reorders its neighbors.
    Utf8,
}

impl Charset {
    /// `text` as one line that a terminal cannot mistake for commands: as many characters as before, so columns hold.
    pub fn sanitize(self, text: &str) -> String {
        text.chars().map(|c| self.stand_in(c)).collect()
    }

    /// Like [`Charset::sanitize`], but line ends stay.
    pub fn sanitize_lines(self, text: &str) -> String {
        text.trim_end().lines().map(|line| self.sanitize(line)).collect::<Vec<_>>().join("\n")
    }

    fn stand_in(self, c: char) -> char {
        match self {
            Charset::Ascii if c == ' ' || c.is_ascii_graphic() => c,
            Charset::Ascii => '?',
            Charset::Utf8 if !is_deceptive(c) => c,
            // The Unicode block "Control Pictures" has the 32 C0 controls in their order.
            Charset::Utf8 if c < ' ' => char::from_u32(0x2400 + u32::from(c)).expect("U+2400 to U+241F are assigned"),
            Charset::Utf8 => char::REPLACEMENT_CHARACTER,
        }
    }
}
