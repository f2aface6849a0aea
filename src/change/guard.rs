//! What the committed output holds, and a new one would destroy.
//!
//! Renaming a repository, changing its encryption or its region makes AWS replace it, and its images are
//! gone; so are those of a repository that leaves the output. The manifest of the last render says what
//! there is. A change is refused until the spec says that it is meant.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, codes};
use crate::platform::{Encryption, Platform, Removal, Repository};
use crate::policies::resource_types;
use crate::source::{Span, Spanned};
use crate::tree::Facts;
use crate::value::OrVariable;

/// The encryption of a repository whose key is made with it.
const OWN_KEY: &str = "KMS create";

/// What would destroy images if it changed: by `environment/key`, then by what it is.
pub fn facts(platforms: &[&Platform]) -> Facts {
    let mut facts = Facts::new();
    for platform in platforms {
        for repository in &platform.repositories {
            facts.insert(address(platform, &repository.key), facts_of(platform, repository));
        }
    }
    facts
}

fn address(platform: &Platform, key: &str) -> String {
    format!("{}/{key}", platform.scope.environment)
}

/// What AWS replaces the repository for, by what it is: the arguments that [`resource_types`] names.
fn facts_of(platform: &Platform, repository: &Repository) -> BTreeMap<String, String> {
    let encryption = match &repository.encryption.value {
        Encryption::Aes256 => "AES256".to_owned(),
        Encryption::Kms => "KMS".to_owned(),
        Encryption::KmsDsse => "KMS_DSSE".to_owned(),
        Encryption::KmsCreate => OWN_KEY.to_owned(),
        Encryption::KmsKey(OrVariable::Literal(key)) => format!("KMS {}", key.as_str()),
        Encryption::KmsKey(OrVariable::Variable(variable)) => format!("KMS var.{}", variable.name.as_str()),
        Encryption::KmsKey(OrVariable::Reference(reference)) => format!("KMS {}", reference.as_str()),
    };
    let fact = |argument: &&str| match *argument {
        "name" => ("name".to_owned(), repository.name.clone()),
        "encryption_configuration" => ("encryption".to_owned(), encryption.clone()),
        "region" => ("region".to_owned(), platform.region.clone()),
        other => panic!("`{other}` replaces a repository, and the guard does not know its value"),
    };
    resource_types::find("aws_ecr_repository").replaced_by.iter().map(fact).collect()
}

/// Faults of a spec whose output would destroy what the committed one holds.
pub fn check(platforms: &[&Platform], committed: &Facts) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut lost = Vec::new();
    for (address, old) in committed {
        let (environment, key) = address.split_once('/').unwrap_or(("", address));
        let Some(platform) = platforms.iter().find(|platform| platform.scope.environment == environment) else {
            lost.push((address, None));
            continue;
        };
        match platform.repository(key).or_else(|| platform.renamed_from(key)) {
            Some(repository) => faults.extend(changed(platform, repository, old)),
            None => match platform.removed.get(key) {
                Some(removal) => faults.extend(lost_key(platform, key, removal, old)),
                None => lost.push((address, Some((*platform, key)))),
            },
        }
    }
    let anywhere = platforms.first().map(|platform| platform.span).unwrap_or_default();
    if lost.len() == committed.len() && lost.len() > 1 {
        let names: BTreeSet<&str> = lost.iter().map(|(address, _)| address.as_str()).collect();
        let message = format!("this spec loses all {} repositories of the committed output at once", lost.len());
        faults.push(
            Diagnostic::new(&codes::ALL_REPOSITORIES_LOST, anywhere, message)
                .help(format!(
                    "is this the right file? The committed output has: {}",
                    names.into_iter().collect::<Vec<_>>().join(", ")
                ))
                .at("repositories"),
        );
        return faults;
    }
    faults.extend(lost.into_iter().map(|(address, of)| match of {
        Some((platform, key)) => lost_repository(platform, key, &committed[address]),
        None => lost_environment(anywhere, address),
    }));
    faults.extend(platforms.iter().flat_map(|platform| removed_and_there(platform)));
    faults
}

/// A repository that AWS would replace.
fn changed(platform: &Platform, repository: &Repository, old: &BTreeMap<String, String>) -> Option<Diagnostic> {
    if repository.replace.is_some() {
        return None;
    }
    let new = facts_of(platform, repository);
    let (what, before, after) = old.iter().find_map(|(what, before)| {
        let after = new.get(what)?;
        (before != after).then_some((what, before, after))
    })?;
    let span = if what == "encryption" { repository.encryption.span } else { repository.span };
    let message = format!(
        "the {what} of `{}` changes from {before} to {after}: AWS replaces the repository, and its images are lost",
        repository.key
    );
    Some(
        Diagnostic::new(&codes::REPOSITORY_REPLACED, span, message)
            .help(format!("restore it, or write `replace: \"the reason\"` under `repositories.{}`", repository.key))
            .at(format!("repositories.{}", repository.key)),
    )
}

/// A repository that AWS keeps, and whose key the output would no longer have.
fn lost_key(
    platform: &Platform,
    key: &str,
    removal: &Spanned<Removal>,
    old: &BTreeMap<String, String>,
) -> Option<Diagnostic> {
    let is_encrypted = old.get("encryption").is_some_and(|encryption| encryption == OWN_KEY);
    if removal.value == Removal::Delete || !is_encrypted || platform.encryption_key.is_some() {
        return None;
    }
    let message = format!(
        "AWS keeps `{key}`, and the KMS key that its images are encrypted with leaves the output: nobody could read them"
    );
    Some(
        Diagnostic::new(&codes::KEY_LOST, removal.span, message)
            .help("as long as the repository is there, write `encryption: { kms: create }` under `repository_defaults`")
            .at(format!("removed.{key}")),
    )
}

/// A repository that the output would no longer have.
fn lost_repository(platform: &Platform, key: &str, old: &BTreeMap<String, String>) -> Diagnostic {
    let name = old.get("name").map_or(key, String::as_str);
    let span = platform.repositories.first().map_or(platform.span, |repository| repository.span);
    let message = format!(
        "the committed output has the repository `{key}` ({name} in AWS), this spec no longer has it, and its images would be lost"
    );
    Diagnostic::new(&codes::REPOSITORY_LOST, span, message)
        .help(format!("write `removed: {{ {key}: retain }}` to keep it in AWS, `delete` to let Terraform destroy it; if it has a new key, write `was: {key}` there"))
        .at("repositories")
}

/// An environment that the output would no longer have.
fn lost_environment(anywhere: Span, address: &str) -> Diagnostic {
    let (environment, key) = address.split_once('/').unwrap_or(("", address));
    let message = format!(
        "the committed output has the environment `{environment}` with the repository `{key}`, and this spec no longer has it"
    );
    Diagnostic::new(&codes::REPOSITORY_LOST, anywhere, message)
        .help(format!("keep `{environment}` with `removed: {{ {key}: retain }}` (or `delete`) until that is applied"))
        .at("environments")
}

/// A repository cannot be there and be removed.
fn removed_and_there(platform: &Platform) -> Vec<Diagnostic> {
    let there = platform.removed.iter().filter_map(|(key, removal)| Some((key, removal, platform.repository(key)?)));
    let fault = |(key, removal, repository): (&String, &Spanned<_>, &Repository)| {
        Diagnostic::new(&codes::REMOVED_AND_THERE, removal.span, format!("`{key}` is said to be removed, and is there"))
            .and(repository.span, "here")
            .help("leave one of the two out")
            .at(format!("removed.{key}"))
    };
    there.map(fault).collect()
}
