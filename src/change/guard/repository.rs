//! A repository: gone, at another address, or replaced.

use super::{Change, OWN_KEY_ADDRESS, address, is_deletable, is_other, key, record, successor};
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::{Platform, Removal, Repository};
use crate::source::Span;
use crate::tree::{Module, Values};

impl Change<'_> {
    /// What would happen to a repository of the committed output. `removal` finds where the spec must list it to remove it,
    /// which takes a search in all modules.
    pub(super) fn repository(
        &self,
        platform: &Platform,
        new: Option<&Module>,
        at: &str,
        values: &Values,
        removal: &dyn Fn() -> String,
    ) -> Vec<Diagnostic> {
        let key = key(values).expect("a repository has a key");
        let Some(repository) = successor(platform, key) else {
            return match platform.removed.get(key) {
                Some(removal) if removal.value == Removal::Retain => {
                    lost_key(platform, key, values).into_iter().chain(address::of_retained(platform, key, at)).collect()
                }
                Some(removal) if removal.value == Removal::Delete => {
                    undeletable(removal.span, key, values).into_iter().collect()
                }
                _ => vec![lost(platform, key, values, &removal())],
            };
        };
        let new = new.and_then(|new| new.resources.get(&repository.address(&platform.root)));
        let subject = format!("`{}`", repository.key);
        let place = repository.encryption.span;
        let replaced = new.and_then(|new| replaced(repository, &subject, place, values, new));
        address::of_repository(platform, repository, at).into_iter().chain(replaced).collect()
    }
}

/// The spec no longer has it.
fn lost(platform: &Platform, key: &str, values: &Values, removal: &str) -> Diagnostic {
    let name = values.get("name").map_or(key, String::as_str);
    let span = platform.place_of(&["repositories"]);
    let called = if name == key { String::new() } else { format!(" ({name} in AWS)") };
    let message =
        format!("repository `{key}`{called} was removed from the spec: applying this would delete it and its images");
    let (environment, place) = match removal {
        "removed" => (String::new(), String::new()),
        of_environment => {
            let environment = of_environment.trim_end_matches("removed");
            (environment.to_owned(), format!(" under `{}`", environment.trim_end_matches('.')))
        }
    };
    let help = format!(
        "to keep it in AWS, write `removed: {{ {key}: retain }}`{place}\n\
         to delete it and its images, first apply `force_delete: true` under `{environment}repositories.{key}`, then write `removed: \
         {{ {key}: delete }}`{place}\n\
         if it has a new key, write `was: {key}` and `name: {}` under that key",
        template(platform, name)
    );
    Diagnostic::new(&codes::REPOSITORY_LOST, span, message).help(help).at("repositories")
}

/// A name as the spec writes it for every environment: quoted, with a placeholder for the environment.
fn template(platform: &Platform, name: &str) -> String {
    let environment = platform.scope.environment.as_str();
    let is_part = name.split(['/', '-', '_', '.']).any(|part| part == environment);
    if is_part { format!("\"{}\"", name.replace(environment, "{environment}")) } else { name.to_owned() }
}

/// ECR deletes a repository that holds images only by force, and Terraform uses force only if its state says so, from an
/// earlier apply (terraform-provider-aws, aws_ecr_repository, `force_delete`).
fn undeletable(span: Span, key: &str, old: &Values) -> Option<Diagnostic> {
    if is_deletable(old) {
        return None;
    }
    let message = format!("repository `{key}` cannot be deleted yet: as long as it holds images, the apply would fail");
    let help =
        format!("first keep `{key}` in `repositories` with `force_delete: true`, and apply that; then remove it");
    Some(Diagnostic::new(&codes::NOT_DELETABLE, span, message).help(help).at(format!("removed.{key}")))
}

/// AWS cannot change a repository or a replica of it in place. `subject` is its name in messages, and `encryption` the place
/// that decides about its encryption.
pub(super) fn replaced(
    repository: &Repository,
    subject: &str,
    encryption: Span,
    old: &Values,
    new: &Values,
) -> Option<Diagnostic> {
    let others =
        [record::KEY, record::REPLICA_OF, record::PROVIDER, record::FORCE_DELETE, record::REPLACE, record::KEYS];
    let mut replacing = old.iter().filter(|(what, _)| !others.contains(&what.as_str()));
    let (what, before, after) = replacing.find_map(|(what, before)| {
        let after = new.get(what)?;
        is_other(before, after).then_some((what, before, after))
    })?;
    let is_used_up = old.contains_key(record::REPLACE) && old.get(record::REPLACE) == new.get(record::REPLACE);
    if let Some(reason) = repository.replace.as_ref().filter(|_| !is_used_up) {
        return irreplaceable(repository, reason.span, old);
    }
    let span = if what == "encryption" { encryption } else { repository.span };
    let path = format!("repositories.{}", repository.key);
    let message = format!(
        "changing the {what} of {subject} from {} to {} makes AWS replace the repository: all its images would be lost",
        in_words(before),
        in_words(after)
    );
    let keep = match what.as_str() {
        "name" => format!("to keep the images, write `name: {before}` under `{path}`"),
        _ => format!("to keep the images, change the {what} back"),
    };
    let reason = if is_used_up { "another reason than for the earlier change" } else { "the reason" };
    let accept = format!(
        "to replace the repository and lose its images, first apply `force_delete: true`, then write `replace: \"{reason}\"`, both under `{path}`"
    );
    let help = format!("{keep}\n{accept}");
    Some(Diagnostic::new(&codes::REPOSITORY_REPLACED, span, message).help(help).at(path))
}

/// A replacement deletes the old repository first, so that must be possible, and the new block must not forbid it.
fn irreplaceable(repository: &Repository, span: Span, old: &Values) -> Option<Diagnostic> {
    if is_deletable(old) && repository.force_delete.is_some() {
        return None;
    }
    let key = &repository.key;
    let message =
        format!("repository `{key}` cannot be replaced yet: as long as it holds images, the apply would fail");
    let help = match is_deletable(old) {
        true => format!("keep `force_delete: true` under `repositories.{key}` until the replacement is applied"),
        false => {
            format!("first write only `force_delete: true` under `repositories.{key}`, and apply that; then replace it")
        }
    };
    let path = format!("repositories.{key}");
    Some(Diagnostic::new(&codes::NOT_DELETABLE, span, message).help(help).at(path))
}

/// A value of a manifest, as messages call it.
fn in_words(value: &str) -> &str {
    if value == record::OWN_KEY { "a KMS key created by ecrgen" } else { value }
}

/// AWS keeps it, but the spec lets Terraform delete the key that decrypts its images.
fn lost_key(platform: &Platform, key: &str, values: &Values) -> Option<Diagnostic> {
    let has_own_key = values.get("encryption").is_some_and(|encryption| encryption == record::OWN_KEY);
    let deletes_key = platform.removed.get(OWN_KEY_ADDRESS).is_some_and(|it| it.value == Removal::Delete);
    if !has_own_key || platform.encryption_key.is_some() || !deletes_key {
        return None;
    }
    let message = format!(
        "repository `{key}` stays in AWS, but the KMS key that encrypts its images would be deleted: they could no longer be pulled"
    );
    let help = format!("write `{OWN_KEY_ADDRESS}: retain` under `removed`");
    Some(
        Diagnostic::new(&codes::KEY_LOST, platform.place_of_removed(key), message)
            .help(help)
            .at(format!("removed.{key}")),
    )
}
