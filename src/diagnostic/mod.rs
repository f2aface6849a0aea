//! A finding about the user's text: plain data, no opinion on how it is shown.

mod attempt;
mod code;
pub mod codes;
mod nearest;
mod suggestion;

pub use attempt::attempt;
pub use code::{Code, Example};
pub use nearest::{abbreviated_or_nearest, did_you_mean, nearest};
pub use suggestion::Suggestion;

use std::fmt;

use crate::source::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A better way exists. Never changes an exit status.
    Note,
    /// Probably not what was meant. Changes an exit status only with `--deny warnings`.
    Warning,
    /// Nothing is generated while it stands.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// A place in the text and what is to be said about it there (may be empty).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What stands there, in a few words.
    pub text: String,
}

/// One finding: the message says what is, the labels where, the help what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// What kind of finding it is.
    pub code: &'static Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where: the first label is the primary one. Empty for findings about the disk alone.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// A way out that a program can take.
    pub suggestion: Option<Box<Suggestion>>,
    /// Path of the spec element, for example `repositories.piksel-core.retention`; what `waive.at` is compared with.
    pub path: String,
}

impl Diagnostic {
    /// A finding at one place, as heavy as its code.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { labels: vec![Label { span, text: String::new() }], ..Self::without_place(code, message) }
    }

    /// A finding about something outside of the user's text.
    pub fn without_place(code: &'static Code, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: code.severity,
            code,
            message: message.into(),
            labels: Vec::new(),
            help: None,
            suggestion: None,
            path: String::new(),
        }
    }

    /// Says what stands at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = self.labels.first_mut() {
            primary.text = text.into();
        }
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says which of some words was probably meant, and offers to write it; without one that is near, lists them as `all`.
    ///
    /// `place` is that of the word alone, with the quotes that it may have; none where a replacement would be wrong.
    #[must_use]
    pub fn did_you_mean<'w>(
        mut self,
        place: impl Into<Option<Span>>,
        word: &str,
        words: impl IntoIterator<Item = &'w str> + Clone,
        all: &str,
    ) -> Self {
        let meant = place.into().zip(nearest(word, words.clone()));
        self.suggestion = meant.and_then(|(place, meant)| Suggestion::replacement(place, word, meant)).map(Box::new);
        self.help(did_you_mean(word, words, all))
    }

    /// Offers a way out that a program can take.
    #[must_use]
    pub fn suggest(mut self, suggestion: Suggestion) -> Self {
        self.suggestion = Some(Box::new(suggestion));
        self
    }

    /// Names the spec element.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }
}
