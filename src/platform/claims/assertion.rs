//! What a spec asserts of the policies and repositories it becomes, resolved.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, Severity, codes, did_you_mean};
use crate::language::Spec;
use crate::language::assert;
use crate::language::repository::{Encryption, Settings, TagMutability};
use crate::lifecycle::Policy;
use crate::platform::repositories::lifecycle_policy;
use crate::platform::repositories::repository::Repository;
use crate::platform::repositories::retention;
use crate::platform::repositories::retention::Lifecycle;
use crate::platform::{Classes, Scope, repositories};
use crate::principals::{Can, Repositories};
use crate::source::{Span, Spanned};
use crate::value::OrVariable;

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
    /// Its key.
    pub key: &'static str,
    /// Where it is written.
    pub span: Span,
    /// Its value.
    pub setting: Setting,
}

/// The value of a setting.
#[derive(Clone, Debug)]
pub enum Setting {
    /// `services`.
    Services(BTreeSet<String>),
    /// `tag_mutability`, without exceptions.
    TagMutability(TagMutability),
    /// `encryption`.
    Encryption(Encryption),
    /// `scan_on_push`.
    ScanOnPush(OrVariable<bool>),
    /// `retention` or `lifecycle_policy`, as the policy of each repository.
    Lifecycle(BTreeMap<String, Policy>),
    /// `policy_statements`, as JSON.
    PolicyStatements(Vec<Json>),
    /// `deletion_protection`.
    DeletionProtection(bool),
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
    let mut assertions = Vec::new();
    for (sentence, written) in known.spec.assert.iter().flat_map(|map| &map.entries) {
        let path = format!("assert.{}", sentence.as_str());
        let before = faults.len();
        let repositories = known.repositories(written, &path, faults);
        let claim = match (&written.can, &written.have) {
            (Some(can), _) => Claim::Only(can.clone(), known.only(written, &path, faults)),
            (None, Some(have)) => Claim::Have(known.wanted(have, written, &repositories, &path, faults)),
            (None, None) => continue,
        };
        if faults[before..].iter().all(|fault| fault.severity < Severity::Error) {
            assertions.push(Assertion { sentence: sentence.as_str().to_owned(), repositories, claim });
        }
    }
    assertions
}

impl Known<'_> {
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
            access.is_some_and(|map| map.mentions(name))
                || others.contains(&name)
                || self.scope.broken.contains(&"access")
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

    fn wanted(
        &self,
        have: &Settings,
        written: &assert::Assertion,
        repositories: &BTreeSet<String>,
        path: &str,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<Wanted> {
        let path = format!("{path}.have");
        if let Some(only) = written.only.as_ref().and_then(|only| only.first()) {
            let fault = Diagnostic::new(&codes::KEYS_EXCLUDE_EACH_OTHER, only.span, "`only` does not go with `have`");
            faults.push(fault.help("`can` and `only`, or `have`").at(&path));
        }
        // Every setting is named here, so that a new one cannot be overlooked.
        let Settings {
            services,
            name,
            tag_mutability,
            encryption,
            scan_on_push,
            retention,
            lifecycle_policy: raw,
            policy_statements,
            was,
            replace,
            deletion_protection,
            span,
        } = have;
        let of_one = [
            ("name", name.as_ref().map(|name| name.span)),
            ("was", was.as_ref().map(|was| was.span)),
            ("replace", replace.as_ref().map(|reason| reason.span)),
        ];
        for (key, span) in of_one.into_iter().filter_map(|(key, span)| Some((key, span?))) {
            let fault =
                Diagnostic::new(&codes::NOT_ASSERTABLE, span, format!("`{key}` is no setting that repositories share"));
            faults.push(fault.help("leave it out").at(&path));
        }
        let mut wanted = Vec::new();
        let mut want = |key, span, setting| wanted.push(Wanted { key, span, setting });
        if let Some(services) = services {
            let span = services.first().map_or(*span, |service| service.span);
            let services = services.iter().map(|service| service.as_str().to_owned());
            want("services", span, Setting::Services(services.collect()));
        }
        if let Some(mutability) = tag_mutability {
            want("tag_mutability", mutability.span, Setting::TagMutability(mutability.value));
        }
        if let Some(encryption) = encryption {
            want("encryption", encryption.span, Setting::Encryption(encryption.value.clone()));
        }
        if let Some(scan) = scan_on_push {
            want("scan_on_push", *span, Setting::ScanOnPush(scan.clone()));
        }
        if let Some(statements) = policy_statements {
            let span = statements.first().map_or(*span, |statement| statement.span());
            let statements = statements.iter().map(|statement| statement.to_json());
            want("policy_statements", span, Setting::PolicyStatements(statements.collect()));
        }
        if let Some(protected) = deletion_protection {
            want("deletion_protection", protected.span, Setting::DeletionProtection(protected.value));
        }
        let compile = |services: &[String], faults: &mut Vec<Diagnostic>| match (retention, raw) {
            (Some(rules), _) => retention::compile(rules, services, self.classes, self.scope, &path, faults),
            (None, Some(raw)) => lifecycle_policy::compile(raw, &path, faults),
            (None, None) => None,
        };
        let mut policies = BTreeMap::new();
        let mut place = None;
        for repository in self.repositories.iter().filter(|repository| repositories.contains(&repository.key)) {
            let mut found = Vec::new();
            if let Some(Lifecycle { policy, span, .. }) = compile(&repository.services, &mut found) {
                place = Some(span);
                policies.insert(repository.key.clone(), policy);
            }
            // What is wrong with it is wrong in the same words for each repository.
            found.retain(|fault| fault.severity == Severity::Error && !faults.contains(fault));
            faults.extend(found);
        }
        if let Some(span) = place {
            let key = if retention.is_some() { "retention" } else { "lifecycle_policy" };
            want(key, span, Setting::Lifecycle(policies));
        }
        wanted
    }
}
