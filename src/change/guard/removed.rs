//! Entries of `removed` that contradict the spec or the committed output.

use std::collections::{BTreeMap, BTreeSet};

use super::key;
use super::record::{removal, was_repository};
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::{Platform, Removal, Repository};
use crate::policies::resource_types;
use crate::prose::named;
use crate::source::Span;
use crate::tree::{Module, Modules};

/// A repository cannot be in the spec and be removed.
pub(super) fn still_written(platforms: &[&Platform]) -> Vec<Diagnostic> {
    let both = platforms.iter().flat_map(|platform| {
        let removed = &platform.removed;
        let present = |key: &str| platform.repository(key).or_else(|| platform.renamed_from(key));
        removed.keys().filter_map(move |key| Some((key, platform.place_of_removed(key), present(key)?)))
    });
    let fault = |(key, place, repository): (&String, Span, &Repository)| {
        Diagnostic::new(
            &codes::REMOVED_AND_THERE,
            place,
            match repository.key == *key {
                true => format!("repository `{key}` is listed under both `removed` and `repositories`"),
                false => {
                    format!("repository `{key}` is listed under `removed`, and under `was` of `{}`", repository.key)
                }
            },
        )
        .and(repository.span, "the repository")
        .help(format!(
            "to keep managing `{key}`, delete it from `removed`\n\
             to remove it, delete it from `repositories`"
        ))
        .at(format!("removed.{key}"))
    };
    both.map(fault).collect()
}

/// An entry that names nothing of the committed output, now or when it was added, does nothing.
pub(super) fn never_there(platforms: &[&Platform], old: &Modules) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for platform in platforms {
        let modules = || old.values().filter(|module| module.environment == platform.scope.environment);
        let environment = (platforms.len() > 1).then_some(platform.scope.environment.as_str());
        for (name, removal) in &platform.removed {
            let place = platform.place_of_removed(name);
            let is_known = modules().any(|module| module.removed.contains_key(name) || is_in(module, name));
            // An entry with `retain` stays as long as AWS has the resource, and needs no reminder.
            let was_delete = modules().any(|module| removal_of(module, name) == Some("delete"));
            if removal.value == Removal::Delete && was_delete && !modules().any(|module| is_in(module, name)) {
                let message =
                    format!("`{name}` is no longer in the committed output, so `delete` has no further effect");
                let help = format!(
                    "if `{name}` was deleted, delete this entry\n\
                     if AWS still has it, write `retain`, or delete it in AWS"
                );
                let finding = Diagnostic::new(&codes::REMOVED_EARLIER, place, message).help(help);
                findings.push(finding.at(format!("removed.{name}")).in_environment(environment));
            }
            if !is_known {
                let message = format!("`removed` lists `{name}`, which the committed output does not have");
                let finding = Diagnostic::new(&codes::REMOVED_UNKNOWN, place, message);
                let others: BTreeSet<&str> = having(name, old).collect();
                let help = match others.len() {
                    0 => "correct the name, or delete this entry".to_owned(),
                    _ => format!(
                        "list it only where it was, under {}",
                        named(
                            others
                                .iter()
                                .map(|other| format!("environments.{other}.removed"))
                                .collect::<Vec<_>>()
                                .iter()
                                .map(String::as_str),
                            4
                        )
                    ),
                };
                findings.push(finding.help(help).at(format!("removed.{name}")).in_environment(environment));
            }
        }
    }
    findings
}

/// The environments that have, or had, a resource or a repository.
pub(super) fn having<'m>(name: &'m str, old: &'m Modules) -> impl Iterator<Item = &'m str> {
    let having = old.values().filter(move |module| module.removed.contains_key(name) || is_in(module, name));
    having.map(|module| module.environment.as_str())
}

/// Whether a module has the resource with this address, or the repository with this key.
fn is_in(module: &Module, name: &str) -> bool {
    module.resource(name).is_some()
}

/// What the committed output says about something that it no longer has.
fn removal_of<'m>(module: &'m Module, name: &str) -> Option<&'m str> {
    module.removed.get(name).map(removal)
}

/// An entry that said `retain`, and says `delete` now. Until the earlier change is applied, the resource is in the state, and
/// the `removed` block that keeps it in AWS would be missing.
pub(super) fn changed_to_delete(platforms: &[&Platform], old: &Modules) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for platform in platforms {
        let environment = (platforms.len() > 1).then_some(platform.scope.environment.as_str());
        let modules = || old.values().filter(|module| module.environment == platform.scope.environment);
        let deleted = platform.removed.iter().filter(|(_, removal)| removal.value == Removal::Delete);
        for (name, removal) in deleted {
            let was_retained = modules().any(|module| removal_of(module, name) == Some("retain"));
            if !was_retained || modules().any(|module| is_in(module, name)) {
                continue;
            }
            let message = format!(
                "`{name}` changes from `retain` to `delete` under `removed`: if the earlier change is not applied yet, this \
                 deletes `{name}`, and otherwise it does nothing"
            );
            let again = match resource_types::of_address(name) {
                Some(_) => "restore it in the spec, and remove it with `delete` instead".to_owned(),
                None => "restore it under `repositories` with `force_delete: true`, apply that, and then remove it with `delete`".to_owned(),
            };
            let help = format!(
                "write `{name}: retain` again\n\
                 to delete it although the earlier change is not applied, {again}\n\
                 to delete it after that change is applied, delete it in AWS, and write `{name}: applied`"
            );
            let finding = Diagnostic::new(&codes::REMOVAL_CHANGED, removal.span, message).help(help);
            findings.push(finding.at(format!("removed.{name}")).in_environment(environment));
        }
    }
    findings
}

/// A new repository with the name in AWS of one that this change removes. An apply creates before it deletes, and what is
/// retained stays there.
pub(super) fn names_taken(platforms: &[&Platform], old: &Modules) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for platform in platforms {
        let modules = old.values().filter(|module| module.environment == platform.scope.environment);
        let values = modules.flat_map(|module| module.resources.values());
        let leaving = values.filter_map(|values| Some((values.get("name")?.as_str(), key(values)?)));
        let leaving: BTreeMap<&str, &str> = leaving.filter(|(_, key)| platform.removed.contains_key(*key)).collect();
        for repository in &platform.repositories {
            let Some(before) = leaving.get(repository.name.as_str()).filter(|before| ***before != repository.key)
            else {
                continue;
            };
            let (name, key) = (&repository.name, &repository.key);
            let message = format!("repository `{key}` gets the name `{name}`, which AWS still has for `{before}`");
            let help = format!(
                "to keep the repository under another key, write `was: {before}` under `{key}` instead of `removed`; otherwise remove `{before}` first, and add `{key}` in another change"
            );
            let finding = Diagnostic::new(&codes::RETURNING_REPOSITORY, repository.span, message).help(help);
            findings.push(finding.at(format!("repositories.{key}")));
        }
    }
    findings
}

/// A repository that was removed and is in the spec again, perhaps with another key. If AWS kept it, an apply cannot create it.
pub(super) fn returning(platforms: &[&Platform], old: &Modules) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for platform in platforms {
        let modules = || old.values().filter(|module| module.environment == platform.scope.environment);
        let removed = modules().flat_map(|module| module.removed.values()).filter(|entry| was_repository(entry));
        let names: BTreeSet<&str> = removed.filter_map(|entry| Some(entry.get("name")?.as_str())).collect();
        let is_new = |repository: &Repository| {
            let keys = [Some(repository.key.as_str()), repository.was.as_ref().map(|was| was.as_str())];
            !keys.into_iter().flatten().any(|key| modules().any(|module| is_in(module, key)))
        };
        let is_back = |repository: &&Repository| {
            modules().any(|module| module.removed.contains_key(&repository.key))
                || names.contains(repository.name.as_str()) && is_new(repository)
        };
        for repository in platform.repositories.iter().filter(is_back) {
            let (name, at) = (&repository.name, repository.address(&platform.root));
            let message = format!("repository `{}` was removed earlier and is in the spec again", repository.key);
            let help = format!(
                "if AWS kept it, add this block to a `.tf` file of your own in the root module, for example `import.tf`\n\
                 import {{\n  to = {at}\n  id = \"{name}\"\n}}"
            );
            let finding = Diagnostic::new(&codes::RETURNING_REPOSITORY, repository.span, message).help(help);
            findings.push(finding.at(format!("repositories.{}", repository.key)));
        }
    }
    findings
}
