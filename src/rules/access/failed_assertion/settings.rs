//! Repositories whose settings are not what is asserted.

use std::collections::BTreeMap;

use super::only::SHOWN;
use super::{Finding, RULE};
use crate::language::repository::{Encryption, TagMutability};
use crate::lifecycle::Policy;
use crate::platform::claims::assertion::{Assertion, Setting, Wanted};
use crate::platform::{Platform, Repository};
use crate::prose::few;
use crate::value::OrVariable;

/// Repositories whose setting is another, those with the same one together.
pub(super) fn broken(platform: &Platform, assertion: &Assertion, wanted: &Wanted) -> Vec<Finding> {
    let repositories = platform.repositories.iter().filter(|one| assertion.repositories.contains(&one.key));
    let mut others: BTreeMap<String, Vec<&Repository>> = BTreeMap::new();
    for repository in repositories {
        if let Some(instead) = instead(platform, &wanted.setting, repository) {
            others.entry(instead).or_default().push(repository);
        }
    }
    let found = |(instead, repositories): (String, Vec<&Repository>)| {
        let names = few(repositories.iter().map(|repository| repository.key.as_str()), SHOWN);
        let message = format!("\"{}\" does not hold: `{}` of {names} {instead}", assertion.sentence, wanted.key);
        let found = RULE.finding(wanted.span, message).and(repositories[0].span, "this repository");
        found
            .help(format!("change `{}` there, or what is asserted", wanted.key))
            .at(format!("assert.{}", assertion.sentence))
    };
    others.into_iter().map(found).collect()
}

/// What a repository has instead of a setting, if it has another.
fn instead(platform: &Platform, wanted: &Setting, repository: &Repository) -> Option<String> {
    let unless = |same: bool, instead: String| (!same).then_some(instead);
    match wanted {
        Setting::Services(services) => {
            let theirs: Vec<&str> = repository.services.iter().map(String::as_str).collect();
            let same = theirs.len() == services.len() && theirs.iter().all(|service| services.contains(*service));
            unless(same, format!("is {}", theirs.join(", ")))
        }
        Setting::TagMutability(mutability) => {
            let theirs = &repository.mutability;
            let same = theirs.immutable == (*mutability == TagMutability::Immutable);
            let except = match theirs.except.is_empty() {
                true => String::new(),
                false => format!(", except for tags like {}", theirs.except.join(", ")),
            };
            let word = if theirs.immutable { "immutable" } else { "mutable" };
            unless(same && theirs.except.is_empty(), format!("is {word}{except}"))
        }
        Setting::Encryption(encryption) => {
            let same = match (encryption, &repository.encryption.value) {
                (Encryption::KmsKey(wanted), Encryption::KmsKey(theirs)) => is_same(wanted, theirs),
                (wanted, theirs) => wanted == theirs,
            };
            let is = match &repository.encryption.value {
                Encryption::Aes256 => "is aes256".to_owned(),
                Encryption::Kms => "is kms".to_owned(),
                Encryption::KmsDsse => "is kms_dsse".to_owned(),
                Encryption::KmsCreate => "has the key that is made here".to_owned(),
                Encryption::KmsKey(key) => format!("has the key {}", shown(key, |key| key.as_str().to_owned())),
            };
            unless(same, is)
        }
        Setting::ScanOnPush(scan) => {
            let theirs = &repository.scan_on_push;
            unless(is_same(scan, theirs), format!("is {}", shown(theirs, bool::to_string)))
        }
        Setting::Lifecycle(policies) => {
            let theirs = repository.lifecycle.as_ref().map(|lifecycle| without_words(&lifecycle.policy));
            let same = theirs == policies.get(&repository.key).map(without_words);
            let is = if theirs.is_some() { "makes another policy" } else { "is missing: all images stay" };
            unless(same, is.into())
        }
        Setting::PolicyStatements(statements) => {
            let theirs: Vec<_> = repository.policy_statements.iter().map(|statement| statement.to_json()).collect();
            unless(*statements == theirs, format!("has {}", if theirs.is_empty() { "none" } else { "others" }))
        }
        // The module has no input for `prevent_destroy`.
        Setting::DeletionProtection(true) if repository.protected && platform.root.ecr_module.is_some() => {
            Some("is not in the output: the registry module cannot carry it".into())
        }
        Setting::DeletionProtection(protected) => {
            unless(*protected == repository.protected, format!("is {}", repository.protected))
        }
    }
}

/// The same value, wherever it is written.
fn is_same<T: PartialEq>(one: &OrVariable<T>, other: &OrVariable<T>) -> bool {
    match (one, other) {
        (OrVariable::Literal(one), OrVariable::Literal(other)) => one == other,
        (OrVariable::Variable(one), OrVariable::Variable(other)) => {
            one.name.value == other.name.value && one.default == other.default
        }
        (OrVariable::Reference(one), OrVariable::Reference(other)) => one.value == other.value,
        _ => false,
    }
}

fn shown<T>(given: &OrVariable<T>, literal: impl Fn(&T) -> String) -> String {
    match given {
        OrVariable::Literal(value) => literal(value),
        OrVariable::Variable(variable) => format!("what the variable `{}` says", variable.name.as_str()),
        OrVariable::Reference(reference) => format!("what `{}` says", reference.as_str()),
    }
}

/// Descriptions do nothing.
fn without_words(policy: &Policy) -> Policy {
    let mut policy = policy.clone();
    policy.rules.iter_mut().for_each(|rule| rule.description = None);
    policy
}
