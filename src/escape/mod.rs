//! Text from outside made harmless, one file per language that it is put into.
//!
//! A spec, a listing or a file on disk can hold any text. Each function here takes such text and returns it as text of
//! one language: nothing in it is markup, a command or the end of the place it stands in. Nothing here knows where the
//! text comes from, or what it is put into.

pub mod github;
pub mod json;
pub mod markdown;
pub mod terminal;
pub mod xml;

/// Whether a character acts on what shows it instead of being seen.
///
/// These are the control characters, and what hides or reorders its neighbors: line and paragraph separators, the
/// property Bidi_Control (Unicode Standard Annex 9), and characters without width. The zero-width joiners are not among
/// them: scripts and emoji need them.
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        // Fillers of Hangul, which show nothing, and tag characters.
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}')
}
