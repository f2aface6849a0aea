//! What a terminal can show.

use annotate_snippets::Renderer;
use annotate_snippets::renderer::{
    AnsiColor, DEFAULT_ADDITION_STYLE, DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, DEFAULT_NOTE_STYLE,
    DEFAULT_REMOVAL_STYLE, DEFAULT_WARNING_STYLE,
};

use crate::diagnostic::Severity;

/// How text is printed. Frames are drawn in ASCII either way, as the Rust compiler draws them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are put in.
    pub colour: Colour,
    /// Which characters of the user's text are shown as they are.
    pub charset: Charset,
}

/// Whether ANSI colours are put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// No escape sequence at all.
    Plain,
    /// Colours for a terminal.
    Coloured,
}

/// Which characters of the user's text are shown as they are; the others get a stand-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// For terminals that are not UTF-8: everything else becomes `?`.
    Ascii,
    /// Everything but control characters and what hides or reorders its neighbours.
    Utf8,
}

impl Charset {
    /// `text` as one line that a terminal cannot mistake for commands: as many characters as before, so columns hold.
    pub fn disarm(self, text: &str) -> String {
        text.chars().map(|c| self.stand_in(c)).collect()
    }

    /// Like [`Charset::disarm`], and line ends stay.
    pub(super) fn disarm_lines(self, text: &str) -> String {
        text.trim_end().lines().map(|line| self.disarm(line)).collect::<Vec<_>>().join("\n")
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

/// Control characters, and what hides or reorders its neighbours: line and paragraph separators, the property
/// Bidi_Control (Unicode Standard Annex 9), characters without width. The zero-width joiners stay: scripts and emoji
/// need them.
pub(super) fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}')
}

/// What a piece of our own text stands for, and so its colour.
#[derive(Clone, Copy)]
pub(super) enum Role {
    Severity(Severity),
    Help,
    Added,
    Removed,
    Hunk,
}

impl Style {
    pub(super) fn renderer(self) -> Renderer {
        match self.colour {
            Colour::Plain => Renderer::plain(),
            Colour::Coloured => Renderer::styled(),
        }
    }

    /// `text` in the colour of its role; `text` must be ours or disarmed.
    pub(super) fn paint(self, role: Role, text: &str) -> String {
        let style = match role {
            Role::Severity(Severity::Error) => DEFAULT_ERROR_STYLE,
            Role::Severity(Severity::Warning) => DEFAULT_WARNING_STYLE,
            Role::Severity(Severity::Advice) => DEFAULT_NOTE_STYLE,
            Role::Help => DEFAULT_HELP_STYLE,
            Role::Added => DEFAULT_ADDITION_STYLE,
            Role::Removed => DEFAULT_REMOVAL_STYLE,
            Role::Hunk => AnsiColor::Cyan.on_default(),
        };
        match self.colour {
            Colour::Plain => text.to_owned(),
            Colour::Coloured => format!("{style}{text}{style:#}"),
        }
    }
}
