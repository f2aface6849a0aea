//! What a terminal can show.

use annotate_snippets::Renderer;
use annotate_snippets::renderer::{
    AnsiColor, DEFAULT_ADDITION_STYLE, DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, DEFAULT_NOTE_STYLE,
    DEFAULT_REMOVAL_STYLE, DEFAULT_WARNING_STYLE,
};

use crate::diagnostic::Severity;
use crate::escape::terminal::Charset;

/// How text is printed. Frames are drawn in ASCII either way, as the Rust compiler draws them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colors are put in.
    pub color: Color,
    /// Which characters of the user's text are shown as they are.
    pub charset: Charset,
}

/// Whether ANSI colors are put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// No escape sequence at all.
    Plain,
    /// Colors for a terminal.
    Colored,
}

/// What a piece of our own text stands for, and so its color.
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
        match self.color {
            Color::Plain => Renderer::plain(),
            Color::Colored => Renderer::styled(),
        }
    }

    /// `text` in the color of its role; `text` must be ours or sanitized.
    pub(super) fn paint(self, role: Role, text: &str) -> String {
        let style = match role {
            Role::Severity(Severity::Error) => DEFAULT_ERROR_STYLE,
            Role::Severity(Severity::Warning) => DEFAULT_WARNING_STYLE,
            Role::Severity(Severity::Note) => DEFAULT_NOTE_STYLE,
            Role::Help => DEFAULT_HELP_STYLE,
            Role::Added => DEFAULT_ADDITION_STYLE,
            Role::Removed => DEFAULT_REMOVAL_STYLE,
            Role::Hunk => AnsiColor::Cyan.on_default(),
        };
        match self.color {
            Color::Plain => text.to_owned(),
            Color::Colored => format!("{style}{text}{style:#}"),
        }
    }

    /// A line such as `error: 3 errors`, the first words in color.
    pub(super) fn headline(self, role: Role, word: &str, sentence: &str) -> String {
        format!("{}: {sentence}\n", self.paint(role, word))
    }
}
