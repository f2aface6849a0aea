//! What a spec asserts of the policies and repositories it becomes, resolved.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity, attempt, codes, did_you_mean};
use crate::language::Spec;
use crate::language::assert;
use crate::language::repository::Settings;
use crate::platform::repositories::repository::Repository;
use crate::platform::repositories::settings::{Context, OF_ONE_REPOSITORY, SETTINGS, Setting};
use crate::platform::{Classes, Scope, repositories};
use crate::principals::{Can, Repositories};
use crate::source::{Span, Spanned};
use crate::value::Sentence;

/// An assertion about some repositories.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// In words.
    pub sentence: String,
    /// The repositories' keys.
    pub repositories: BTreeSet<String>,
    /// What is asserted of them.
    pub claim: Claim,
}

/// What is asserted.
#[derive(Clone, Debug)]
pub enum Claim {
    /// Nobody but these access entries, or the workspace's `plan` and `apply`, can do any of this.
    Only(Vec<Spanned<Can>>, BTreeSet<String>),
    /// Each has exactly these settings.
    Have(Vec<Wanted>),
}

/// A setting that is asserted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The key under which it is written.
    pub key: &'static str,
    /// Where it is written.
    pub span: Span,
    /// The setting.
    pub setting: &'static Setting,
    /// Keys of the repositories that would change if they had what is asserted.
    pub others: BTreeSet<String>,
}

/// What assertions speak of.
pub struct Known<'a> {
    /// The spec.
    pub spec: &'a Spec,
    /// Its repositories without a fault.
    pub repositories: &'a [Repository],
    /// Its classes of image tags.
    pub classes: &'a Classes,
    /// What names are made of.
    pub scope: &'a Scope,
}

/// Resolves all assertions; one with a fault is left out.
pub fn resolve(known: &Known, faults: &mut Vec<Diagnostic>) -> Vec<Assertion> {
    let written = known.spec.assert.iter().flat_map(|map| &map.entries);
    let assertions = written.filter_map(|(sentence, written)| {
        attempt(faults, |faults| known.assertion(sentence, written, faults)).flatten()
    });
    assertions.collect()
}

impl Known<'_> {
    fn assertion(
        &self,
        sentence: &Spanned<Sentence>,
        written: &assert::Assertion,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Assertion> {
        let path = format!("assert.{}", sentence.as_str());
        let repositories = self.repositories(written, &path, faults);
        let claim = match (&written.can, &written.have) {
            (Some(can), _) => Claim::Only(can.clone(), self.only(written, &path, faults)),
            (None, Some(have)) => {
                let path = format!("{path}.have");
                faults.extend(not_assertable(have, written).into_iter().map(|fault| fault.at(&path)));
                Claim::Have(self.wanted(have, &repositories, &path, faults))
            }
            (None, None) => return None,
        };
        Some(Assertion { sentence: sentence.as_str().to_owned(), repositories, claim })
    }

    fn repositories(&self, written: &assert::Assertion, path: &str, faults: &mut Vec<Diagnostic>) -> BTreeSet<String> {
        let Some(Repositories::These(keys)) = written.repositories.as_ref().map(|written| &written.value) else {
            return self.repositories.iter().map(|repository| repository.key.clone()).collect();
        };
        let unknown = keys.iter().filter_map(|key| repositories::unknown(key, self.spec, self.scope));
        faults.extend(unknown.map(|fault| fault.at(path)));
        keys.iter().map(|key| key.as_str().to_owned()).collect()
    }

    fn only(&self, written: &assert::Assertion, path: &str, faults: &mut Vec<Diagnostic>) -> BTreeSet<String> {
        let access = self.spec.access.as_ref();
        let phases: &[&str] = if self.spec.workspace.is_some() { &["plan", "apply"] } else { &[] };
        let registry: &[&str] = if self.spec.registry.is_some() { &["registry"] } else { &[] };
        let others = [phases, registry].concat();
        let is_known = |name: &str| {
            access.is_some_and(|map| map.mentions(name)) || others.contains(&name) || self.scope.unreadable.access
        };
        let named = || written.only.iter().flatten();
        for name in named().filter(|name| !is_known(name.as_str())) {
            let names: Vec<&str> = access.iter().flat_map(|map| map.names()).chain(others.iter().copied()).collect();
            let message = format!("there is no access entry called `{}`", name.as_str());
            let help = did_you_mean(name.as_str(), names, "access entries here");
            faults.push(Diagnostic::new(&codes::UNKNOWN_ACCESS, name.span, message).help(help).at(path));
        }
        named().map(|name| name.as_str().to_owned()).collect()
    }

    /// Tries every setting that is asserted on every repository.
    fn wanted(
        &self,
        have: &Settings,
        repositories: &BTreeSet<String>,
        path: &str,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<Wanted> {
        let context = Context { classes: self.classes, scope: self.scope, path };
        let mut wanted = Vec::new();
        for setting in SETTINGS {
            let Some((key, span)) = setting.written(have) else { continue };
            let mut others = BTreeSet::new();
            for repository in self.repositories.iter().filter(|repository| repositories.contains(&repository.key)) {
                let mut found = Vec::new();
                let asserted = setting.overridden(repository, have, context, &mut found);
                if !(setting.is_same)(repository, &asserted) {
                    others.insert(repository.key.clone());
                }
                // What is wrong with it is wrong in the same words for each repository.
                found.retain(|fault| fault.severity == Severity::Error && !faults.contains(fault));
                faults.extend(found);
            }
            wanted.push(Wanted { key, span, setting, others });
        }
        wanted
    }
}

/// Keys that cannot stand in `have` or beside it.
fn not_assertable(have: &Settings, written: &assert::Assertion) -> Vec<Diagnostic> {
    let only = written.only.iter().flatten().take(1).map(|only| {
        Diagnostic::new(&codes::KEYS_EXCLUDE_EACH_OTHER, only.span, "`only` does not go with `have`")
            .help("`can` and `only`, or `have`")
    });
    let of_one = OF_ONE_REPOSITORY.iter().filter_map(|key| {
        let message = format!("`{}` is no setting that repositories share", key.name);
        Some(Diagnostic::new(&codes::NOT_ASSERTABLE, (key.place)(have)?, message).help("leave it out"))
    });
    only.chain(of_one).collect()
}
