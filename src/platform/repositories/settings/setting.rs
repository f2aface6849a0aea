//! A setting of a repository: where a spec writes it, how it is resolved, and how two repositories compare.

use crate::diagnostic::Diagnostic;
use crate::language::repository::Settings;
use crate::platform::{Classes, Repository, RootModule, Scope};
use crate::source::Span;

/// A setting that several repositories can have in common.
#[derive(Debug)]
pub struct Setting {
    /// Its keys in the spec. At most one of them can be used at a time.
    pub keys: &'static [Key],
    /// Resolves it for a repository, from settings that contain it. After an error, the repository is unchanged.
    pub decide: fn(&mut Repository, &Settings, Context, &mut Vec<Diagnostic>),
    /// Whether two repositories have the same value, regardless of where it is written.
    pub is_same: fn(&Repository, &Repository) -> bool,
    /// The value of a repository, as the end of a sentence such as "`encryption` of `cart` is kms".
    pub value: fn(&Repository) -> String,
    /// Why the output cannot contain the value of a repository, as the end of the same sentence.
    pub lost: fn(&Repository, &RootModule) -> Option<&'static str>,
}

/// A key of [`Settings`].
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Its place in settings, if they contain it.
    pub place: fn(&Settings) -> Option<Span>,
}

/// What else is needed to resolve a setting.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The classes of image tags.
    pub classes: &'a Classes,
    /// The values that names are built from.
    pub scope: &'a Scope,
    /// The path of the settings in the spec.
    pub path: &'a str,
}

impl Setting {
    /// The key that the settings use for it, and its place.
    pub fn written(&self, settings: &Settings) -> Option<(&'static str, Span)> {
        self.keys.iter().find_map(|key| Some((key.name, (key.place)(settings)?)))
    }

    /// The repository with this one setting replaced by the value in `over`.
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
