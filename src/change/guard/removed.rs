//! Entries of `removed` that contradict the spec or the committed output.

use super::key;
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::{Platform, Repository};
use crate::source::Spanned;
use crate::tree::Modules;

/// A repository cannot be in the spec and be removed.
pub(super) fn still_written(platforms: &[&Platform]) -> Vec<Diagnostic> {
    let both = platforms.iter().flat_map(|platform| {
        let removed = platform.removed.iter();
        removed.filter_map(|(key, removal)| Some((key, removal, platform.repository(key)?)))
    });
    let fault = |(key, removal, repository): (&String, &Spanned<_>, &Repository)| {
        Diagnostic::new(
            &codes::REMOVED_AND_THERE,
            removal.span,
            format!("repository `{key}` is listed under both `removed` and `repositories`"),
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
        for (name, removal) in &platform.removed {
            let is_known = modules().any(|module| {
                module.removed.contains(name)
                    || module.resources.contains_key(name)
                    || module.resources.values().any(|values| key(values) == Some(name))
            });
            if !is_known {
                let message = format!("`removed` lists `{name}`, which the committed output does not have");
                let finding = Diagnostic::new(&codes::REMOVED_UNKNOWN, removal.span, message);
                findings.push(finding.help("correct the name, or delete this entry").at(format!("removed.{name}")));
            }
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
