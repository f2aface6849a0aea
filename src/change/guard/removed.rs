//! Entries of `removed` that contradict the spec or the committed output.

use std::collections::BTreeMap;

use super::key;
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::{Platform, Repository};
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
        for name in platform.removed.keys() {
            let place = platform.place_of_removed(name);
            let is_known = modules().any(|module| module.removed.contains(name) || is_in(module, name));
            if is_known && !modules().any(|module| is_in(module, name)) {
                let message = format!("`{name}` is no longer in the committed output");
                let help = "delete this entry once the change that removed it is applied: it has no further effect";
                let finding = Diagnostic::new(&codes::REMOVED_EARLIER, place, message).help(help);
                findings.push(finding.at(format!("removed.{name}")));
            }
            if !is_known {
                let message = format!("`removed` lists `{name}`, which the committed output does not have");
                let finding = Diagnostic::new(&codes::REMOVED_UNKNOWN, place, message);
                findings.push(finding.help("correct the name, or delete this entry").at(format!("removed.{name}")));
            }
        }
    }
    findings
}

/// Whether a module has the resource with this address, or the repository with this key.
fn is_in(module: &Module, name: &str) -> bool {
    module.resources.contains_key(name) || module.resources.values().any(|values| key(values) == Some(name))
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

/// A repository that was removed and is in the spec again. If AWS kept it, an apply cannot create it.
pub(super) fn returning(platforms: &[&Platform], old: &Modules) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for platform in platforms {
        let modules = old.values().filter(|module| module.environment == platform.scope.environment);
        for module in modules {
            for repository in module.removed.iter().filter_map(|name| platform.repository(name)) {
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
    }
    findings
}
