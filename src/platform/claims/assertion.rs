//! Resolved assertions about the policies and repositories of a spec.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity, attempt, codes};
use crate::language::Spec;
use crate::language::assert;
use crate::language::repository::Settings;
use crate::platform::repositories::repository::Repository;
use crate::platform::repositories::settings::{Context, OF_ONE_REPOSITORY, SETTINGS, Setting};
use crate::platform::repositories::template::TemplateKeys;
use crate::platform::{Classes, Scope, access, repositories};
use crate::principals::{Asserted, Repositories};
use crate::source::{Span, Spanned};
use crate::value::Sentence;

/// An assertion about some repositories.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// The sentence that names it.
    pub sentence: String,
    /// The repositories' keys.
    pub repositories: BTreeSet<String>,
    /// The claim about them.
    pub claim: Claim,
}

/// The claim of an assertion.
#[derive(Clone, Debug)]
pub enum Claim {
    /// Only these access entries, or `plan` and `apply` of the workspace, can do any of this.
    Only(Vec<Spanned<Asserted>>, BTreeSet<String>),
    /// Each repository has exactly these settings.
    Have(Vec<Wanted>),
}

/// A setting that is asserted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The key that it is written under.
    pub key: &'static str,
    /// Its place.
    pub span: Span,
    /// The setting.
    pub setting: &'static Setting,
    /// The keys of the repositories that have a different value.
    pub others: BTreeSet<String>,
}

/// The parts of the platform that assertions refer to.
pub struct Known<'a> {
    /// The spec.
    pub spec: &'a Spec,
    /// Its repositories without errors, and what ECR creates.
    pub repositories: Vec<&'a Repository>,
    /// The prefixes of its pull through cache rules.
    pub cached: Vec<&'a str>,
    /// Its classes of image tags.
    pub classes: &'a Classes,
    /// The values that names are built from.
    pub scope: &'a Scope,
}

/// The most repositories that all assertions are about, each counted once per assertion.
const MOST: usize = 1_000_000;

/// Resolves all assertions; those with errors are left out.
pub fn resolve(known: &Known, faults: &mut Vec<Diagnostic>) -> Vec<Assertion> {
    let mut assertions = Vec::new();
    let mut together = 0;
    for (sentence, written) in known.spec.assert.iter().flat_map(|map| &map.entries) {
        together += match written.repositories.as_ref().map(|written| &written.value) {
            Some(Repositories::These(keys)) => keys.len(),
            _ => known.repositories.len(),
        };
        if together > MOST {
            let message =
                format!("the assertions are too many: together, they are about more than {MOST} repositories");
            let fault = Diagnostic::new(&codes::TOO_LARGE, sentence.span, message).label("limit exceeded here");
            faults.push(fault.help("split the platform into several specs").at("assert"));
            break;
        }
        assertions.extend(attempt(faults, |faults| known.assertion(sentence, written, faults)).flatten());
    }
    assertions
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
            // What a pull through cache rule creates has no settings in the spec.
            let cached = self.cached.iter().copied().filter(|_| written.can.is_some());
            let own = self.repositories.iter().map(|repository| repository.key.as_str());
            return own.chain(cached).map(str::to_owned).collect();
        };
        let unknown = keys.iter().filter_map(|key| repositories::unknown(key, key.span, self.spec, self.scope));
        faults.extend(unknown.map(|fault| fault.at(path)));
        keys.iter().map(|key| key.as_str().to_owned()).collect()
    }

    fn only(&self, written: &assert::Assertion, path: &str, faults: &mut Vec<Diagnostic>) -> BTreeSet<String> {
        let access = self.spec.access.as_ref();
        let unreadable = self.scope.unreadable;
        let has_workspace = self.spec.workspace.is_some() || unreadable.workspace;
        let phases: &[&str] = if has_workspace { &["plan", "apply"] } else { &[] };
        let has_registry = self.spec.registry.is_some() || unreadable.registry;
        let registry: &[&str] = if has_registry { &["registry"] } else { &[] };
        let others = [phases, registry].concat();
        let is_known =
            |name: &str| access.is_some_and(|map| map.mentions(name)) || others.contains(&name) || unreadable.access;
        let named = || written.only.iter().flatten();
        for name in named().filter(|name| !is_known(name.as_str())) {
            let names: Vec<&str> = access.iter().flat_map(|map| map.names()).chain(others.iter().copied()).collect();
            faults.push(access::unknown(name, names).at(path));
        }
        named().map(|name| name.as_str().to_owned()).collect()
    }

    /// Compares every asserted setting with every repository.
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
            // What ECR creates has no other settings than those of a template.
            let has = |one: &&&Repository| !one.is_created() || TemplateKeys::KEYS.contains(&key);
            let covered = self.repositories.iter().filter(|one| repositories.contains(&one.key));
            for repository in covered.filter(has) {
                let mut found = Vec::new();
                let asserted = setting.overridden(repository, have, context, &mut found);
                if !(setting.is_same)(repository, &asserted) {
                    others.insert(repository.key.clone());
                }
                // An error in the setting has the same message for each repository.
                found.retain(|fault| fault.severity == Severity::Error && !faults.contains(fault));
                faults.extend(found);
            }
            wanted.push(Wanted { key, span, setting, others });
        }
        wanted
    }
}

/// The errors of keys that cannot be used in `have` or together with it.
fn not_assertable(have: &Settings, written: &assert::Assertion) -> Vec<Diagnostic> {
    let only = written.only.iter().flatten().take(1).map(|only| {
        Diagnostic::new(&codes::KEYS_EXCLUDE_EACH_OTHER, only.span, "`only` cannot be used with `have`")
            .help("write either `can` with `only`, or `have`")
    });
    let of_one = OF_ONE_REPOSITORY.iter().filter_map(|key| {
        let message = format!("`{}` cannot be asserted: it differs from repository to repository", key.name);
        Some(Diagnostic::new(&codes::NOT_ASSERTABLE, (key.place)(have)?, message).on_key().help(format!(
            "assert settings that repositories can share, such as `encryption`, instead of `{}`",
            key.name
        )))
    });
    only.chain(of_one).collect()
}
