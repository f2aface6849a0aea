//! Escaping of untrusted text, with one file per output language.
//!
//! A spec, a listing or a file on disk can contain any text. Each function here takes such text and escapes it for one
//! language, so that it cannot be read as markup or as a command, and cannot end the element that contains it. This room
//! does not know where the text comes from or which document it becomes part of.

pub mod github;
pub mod json;
pub mod markdown;
pub mod sarif;
pub mod shell;
pub mod terminal;
pub mod uri;
pub mod xml;
pub mod yaml;

/// Whether a character acts on the program that shows it instead of being visible.
///
/// This is true of control characters, line and paragraph separators, interlinear annotations, and characters with the property
/// Bidi_Control or Default_Ignorable_Code_Point (Unicode Standard Annexes 9 and 44), which reorder their neighbors or are
/// invisible. The zero-width joiners and the variation selectors of text and emoji are not included, because some scripts and
/// emoji need them.
pub fn is_deceptive(c: char) -> bool {
    let is_needed = matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}') || !is_needed && is_ignorable(c)
}

/// The property Default_Ignorable_Code_Point of Unicode 17.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
    ) || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}')
        || matches!(c, '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}
