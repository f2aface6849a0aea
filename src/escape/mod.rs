//! Escaping of untrusted text, with one file per output language.
//!
//! A spec, a listing or a file on disk can contain any text. Each function here takes such text and escapes it for one
//! language, so that it cannot be read as markup or as a command, and cannot end the element that contains it. This room
//! does not know where the text comes from or which document it becomes part of.

pub mod github;
pub mod json;
pub mod markdown;
pub mod shell;
pub mod terminal;
pub mod xml;

/// Whether a character acts on the program that shows it instead of being visible.
///
/// This is true of control characters and of characters that hide or reorder their neighbors: line and paragraph
/// separators, characters with the property Bidi_Control (Unicode Standard Annex 9), and zero-width characters. The
/// zero-width joiners are not included, because some scripts and emoji need them.
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        // Hangul fillers, which are invisible, and tag characters.
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}')
}
