//! A repository: gone, at another address, or replaced.

use super::{Change, OWN_KEY_ADDRESS, address, record, successor};
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::{Platform, Removal, Repository};
use crate::tree::Values;

impl Change<'_> {
    /// What would happen to a repository of the committed output.
    pub(super) fn repository(&self, platform: &Platform, key: &str, at: &str, values: &Values) -> Vec<Diagnostic> {
        let Some(repository) = successor(platform, key) else {
            return match platform.removed.get(key) {
                Some(removal) if removal.value == Removal::Retain => {
                    lost_key(platform, key, values).into_iter().collect()
                }
                Some(_) => Vec::new(),
                None => vec![lost(platform, key, values)],
            };
        };
        readdressed(platform, repository, at).into_iter().chain(replaced(platform, repository, values)).collect()
    }
}

/// The spec no longer has it.
fn lost(platform: &Platform, key: &str, values: &Values) -> Diagnostic {
    let name = values.get("name").map_or(key, String::as_str);
    let span = platform.repositories.first().map_or(platform.span, |repository| repository.span);
    let message = format!(
        "repository `{key}` ({name} in AWS) was removed from the spec; applying this would delete it and its images"
    );
    let help = format!(
        "write `removed: {{ {key}: retain }}` to keep it in AWS, or `delete` to let Terraform delete it; if it has a new \
         key, write `was: {key}` there"
    );
    Diagnostic::new(&codes::REPOSITORY_LOST, span, message).help(help).at("repositories")
}

/// Terraform would look for it at another address.
fn readdressed(platform: &Platform, repository: &Repository, at: &str) -> Option<Diagnostic> {
    let new = address::of(platform, repository);
    if new == at || address::earlier(platform, repository).is_some_and(|earlier| earlier == at) {
        return None;
    }
    let was = if at.starts_with("module.") { "module" } else { "plain" };
    let message = format!(
        "repository `{}` moves from {at} to {new}: Terraform would destroy it with its images and create an empty one",
        repository.key
    );
    let help = format!("write `terraform: {{ ecr_module_was: {was} }}`, which moves the state of every repository");
    let span = platform.root.ecr_module.as_ref().map_or(platform.root.span, |version| version.span);
    Some(Diagnostic::new(&codes::ADDRESS_CHANGED, span, message).help(help).at("terraform.ecr_module"))
}

/// AWS cannot change it in place.
fn replaced(platform: &Platform, repository: &Repository, old: &Values) -> Option<Diagnostic> {
    if repository.replace.is_some() {
        return None;
    }
    let new = record::of_repository(platform, repository);
    let (what, before, after) = old.iter().filter(|(what, _)| *what != "key").find_map(|(what, before)| {
        let after = new.get(what)?;
        (before != after).then_some((what, before, after))
    })?;
    let span = if what == "encryption" { repository.encryption.span } else { repository.span };
    let key = &repository.key;
    let message = format!(
        "the {what} of `{key}` changes from {before} to {after}: AWS replaces the repository, and its images are lost"
    );
    let keep = match what.as_str() {
        "name" => format!("write `name: {before}` under `repositories.{key}`"),
        what => format!("restore the {what}"),
    };
    let help = format!("{keep} to keep the images, or `replace: \"the reason\"` to accept the loss");
    let path = format!("repositories.{key}");
    Some(Diagnostic::new(&codes::REPOSITORY_REPLACED, span, message).help(help).at(path))
}

/// AWS keeps it, but the spec lets Terraform delete the key that decrypts its images.
fn lost_key(platform: &Platform, key: &str, values: &Values) -> Option<Diagnostic> {
    let removal = &platform.removed[key];
    let has_own_key = values.get("encryption").is_some_and(|encryption| encryption == record::OWN_KEY);
    let deletes_key = platform.removed.get(OWN_KEY_ADDRESS).is_some_and(|it| it.value == Removal::Delete);
    if !has_own_key || platform.encryption_key.is_some() || !deletes_key {
        return None;
    }
    let message =
        format!("AWS keeps `{key}`, but applying this would delete the KMS key that its images are encrypted with");
    let help = format!("write `{OWN_KEY_ADDRESS}: retain` under `removed`");
    Some(Diagnostic::new(&codes::KEY_LOST, removal.span, message).help(help).at(format!("removed.{key}")))
}
