//! A setting of a repository: where a spec writes it, what it decides, and how two repositories compare.

use crate::diagnostic::Diagnostic;
use crate::language::repository::Settings;
use crate::platform::{Classes, Repository, RootModule, Scope};
use crate::source::Span;

/// A setting that any repository can share with others.
#[derive(Debug)]
pub struct Setting {
    /// Its keys in the spec. Settings write at most one of them.
    pub keys: &'static [Key],
    /// Decides it for a repository, from settings that write it. After a fault the repository stays as it was.
    pub decide: fn(&mut Repository, &Settings, Context, &mut Vec<Diagnostic>),
    /// Whether two repositories have the same value, wherever each is written.
    pub is_same: fn(&Repository, &Repository) -> bool,
    /// What a repository has, to complete a sentence such as "`encryption` of cart is kms".
    pub value: fn(&Repository) -> String,
    /// Why the output lacks what a repository has, to complete the same sentence.
    pub lost: fn(&Repository, &RootModule) -> Option<&'static str>,
}

/// A key of [`Settings`].
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Where settings write it.
    pub place: fn(&Settings) -> Option<Span>,
}

/// What decides a setting apart from the text that writes it.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Classes of image tags.
    pub classes: &'a Classes,
    /// What names are made of.
    pub scope: &'a Scope,
    /// The path of the settings in the spec.
    pub path: &'a str,
}

impl Setting {
    /// The key under which settings write it, and where.
    pub fn written(&self, settings: &Settings) -> Option<(&'static str, Span)> {
        self.keys.iter().find_map(|key| Some((key.name, (key.place)(settings)?)))
    }

    /// A repository as it would be if this one setting were what `over` writes.
    pub fn overridden(
        &self,
        repository: &Repository,
        over: &Settings,
        context: Context,
        faults: &mut Vec<Diagnostic>,
    ) -> Repository {
        let mut repository = repository.clone();
        (self.decide)(&mut repository, over, context, faults);
        repository
    }
}
