//! Colors and characters that a terminal can show.

use annotate_snippets::Renderer;
use annotate_snippets::renderer::{
    AnsiColor, DEFAULT_ADDITION_STYLE, DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, DEFAULT_NOTE_STYLE,
    DEFAULT_REMOVAL_STYLE, DEFAULT_WARNING_STYLE,
};

use super::layout::WIDTH;
use crate::diagnostic::Severity;
use crate::escape::terminal::Charset;

/// How to print text. Frames are always drawn in ASCII, like those of the Rust compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to print ANSI colors.
    pub color: Color,
    /// Which characters of the user's text to show as they are.
    pub charset: Charset,
    /// The number of columns that lines must fit into, if there is a limit.
    pub width: Option<usize>,
}

/// Whether to print ANSI colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// No escape sequences.
    Plain,
    /// ANSI colors.
    Colored,
}

/// The role of a piece of ecrgen's own text, which decides its color.
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
        let renderer = match self.color {
            Color::Plain => Renderer::plain(),
            Color::Colored => Renderer::styled(),
        };
        self.width.map_or(renderer.clone(), |width| renderer.term_width(width))
    }

    /// The number of columns of prose: at most 100, because longer lines are hard to read.
    pub(super) fn columns(self) -> usize {
        self.width.map_or(WIDTH, |width| width.min(WIDTH))
    }

    /// `text` in the color of its role. `text` must be ecrgen's own or sanitized.
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

    /// A line such as `error: 3 errors`, with the first word in color.
    pub(super) fn headline(self, role: Role, word: &str, sentence: &str) -> String {
        format!("{}: {sentence}\n", self.paint(role, word))
    }
}
