//! Findings about the user's text: plain data that is independent of how it is shown.

mod attempt;
mod code;
pub mod codes;
mod gaps;
mod lookalike;
mod nearest;
mod suggestion;
mod synonyms;

pub use attempt::attempt;
pub use code::{Code, Example};
pub use gaps::Gaps;
pub use lookalike::lookalike;
pub use nearest::{abbreviated_or_nearest, did_you_mean, nearest};
pub use suggestion::Suggestion;

use std::fmt;

use crate::source::Span;

/// Severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// There is a better way. Never changes the exit status.
    Note,
    /// Probably not what the author intended. Changes the exit status only with `--deny warnings`.
    Warning,
    /// Must be fixed before anything is generated.
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

/// A place in the text with a short remark, which may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The remark, in a few words.
    pub text: String,
}

/// One finding: the message states what is wrong, the labels show where, and the help tells how to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its severity.
    pub severity: Severity,
    /// The kind of finding.
    pub code: &'static Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where it is wrong. The first label is the primary one. Empty for findings that are only about the disk.
    pub labels: Vec<Label>,
    /// How to fix it.
    pub help: Option<String>,
    /// A fix that a program can apply.
    pub suggestion: Option<Box<Suggestion>>,
    /// Whether the primary place is a value whose key is meant. Compiling replaces the place with that of the key.
    pub marks_key: bool,
    /// Path of the spec element, for example `repositories.piksel-core.retention`. `waive.at` is compared with it.
    pub path: Box<str>,
    /// Where else it is; `None` for most findings.
    pub spread: Option<Box<Spread>>,
}

/// Where a finding is, in addition to its labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// The environments that it is about, if the spec has several.
    pub environments: Vec<String>,
    /// The number of places without a label that have the same finding.
    pub more: usize,
}

impl Diagnostic {
    /// A finding at one place, with the severity of its code.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { labels: vec![Label { span, text: String::new() }], ..Self::without_place(code, message) }
    }

    /// The place that the finding marks, if there is one.
    pub fn place(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// A finding about something outside the user's text.
    pub fn without_place(code: &'static Code, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: code.severity,
            code,
            message: message.into(),
            labels: Vec::new(),
            help: None,
            suggestion: None,
            marks_key: false,
            path: Box::default(),
            spread: None,
        }
    }

    /// Sets the remark at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = self.labels.first_mut() {
            primary.text = text.into();
        }
        self
    }

    /// Marks the key of the value at the primary place, because the key itself is wrong here.
    #[must_use]
    pub fn on_key(mut self) -> Self {
        self.marks_key = true;
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Sets the help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the nearest of the known words as a replacement. If none is near, lists the known words under the title
    /// `all`.
    ///
    /// `place` is the place of the word alone, including its quotes, or `None` if replacing it would be wrong.
    #[must_use]
    pub fn did_you_mean<'w>(
        mut self,
        place: impl Into<Option<Span>>,
        word: &str,
        words: impl IntoIterator<Item = &'w str> + Clone,
        all: &str,
    ) -> Self {
        let nearest = place.into().zip(nearest(word, words.clone()));
        self.suggestion = nearest.and_then(|(place, near)| Suggestion::replacement(place, word, near)).map(Box::new);
        self.help(did_you_mean(word, words, all))
    }

    /// Adds a fix that a program can apply.
    #[must_use]
    pub fn suggest(mut self, suggestion: Suggestion) -> Self {
        self.suggestion = Some(Box::new(suggestion));
        self
    }

    /// Sets the path of the spec element.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into().into_boxed_str();
        self
    }

    /// Sets the environment, if the spec has several.
    #[must_use]
    pub fn in_environment(mut self, environment: Option<&str>) -> Self {
        if let Some(environment) = environment {
            self.spread.get_or_insert_default().environments = vec![environment.to_owned()];
        }
        self
    }

    /// The environments that it is about, if the spec has several.
    pub fn environments(&self) -> &[String] {
        self.spread.as_ref().map_or(&[], |spread| &spread.environments)
    }

    /// The number of places without a label that have the same finding.
    pub fn more(&self) -> usize {
        self.spread.as_ref().map_or(0, |spread| spread.more)
    }
}
