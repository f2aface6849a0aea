//! The repositories of a platform.

pub mod encryption_key;
pub mod guard_rails;
pub mod lifecycle_policy;
pub mod prefix;
pub mod replication;
pub mod repository;
pub mod retention;
mod retention_fault;
pub mod set;
pub mod settings;
pub mod template;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, codes};
use crate::language::repository::Settings;
use crate::language::{Names, Spec};
use crate::parallel;
use crate::platform::naming::template::expand;
use crate::platform::repositories::repository::{Layers, Repository};
use crate::platform::{Classes, Scope};
use crate::source::{Span, Spanned};
use crate::value::RepositoryKey;

/// Resolves the repositories: those without errors, sorted by key. Two repositories with the same name are an error.
pub fn resolve(
    spec: &Spec,
    names: &Names,
    classes: &Classes,
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Repository> {
    let defaults = spec.repository_defaults.as_ref();
    let name = names.repository.as_ref();
    faults.extend(not_for_all(spec));
    let mut written: Vec<_> = spec.repositories.iter().flat_map(|map| &map.entries).collect();
    written.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
    let mut repositories = Vec::with_capacity(written.len());
    let resolve = |written: &[&(Spanned<RepositoryKey>, Settings)]| {
        let mut faults = Vec::new();
        let repositories = written.iter().filter_map(|(key, own)| {
            Repository::resolve(key, Layers { own: Some(own), defaults, name }, classes, scope, &mut faults)
        });
        (repositories.collect::<Vec<_>>(), faults)
    };
    for (part, found) in parallel::chunks(&written, resolve) {
        repositories.extend(part);
        faults.extend(found);
    }
    let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
    for repository in &repositories {
        if let Some(first) = taken.insert(&repository.name, repository.span) {
            let message = format!("two repositories have the same name, `{}`", repository.name);
            faults.push(
                Diagnostic::new(&codes::REPOSITORY_NAME_TAKEN, repository.span, message)
                    .and(first, "the first repository")
                    .help("use `{repository}` in `names.repository`, or write different names under `name`")
                    .at(format!("repositories.{}", repository.key)),
            );
        }
    }
    faults.extend(bad_earlier_keys(&repositories));
    repositories
}

/// The error of a key that no repository has; none if the repositories, templates or caches could not be read.
pub fn unknown(key: &RepositoryKey, span: Span, spec: &Spec, scope: &Scope) -> Option<Diagnostic> {
    let (repositories, templates) = (spec.repositories.as_ref(), spec.repository_templates.as_ref());
    let caches = spec.registry.as_ref().and_then(|registry| registry.pull_through_cache.as_ref());
    let is_known = repositories.is_some_and(|map| map.mentions(key.as_str()))
        || templates.is_some_and(|map| map.mentions(key.as_str()))
        || caches.is_some_and(|map| map.mentions(key.as_str()));
    let unreadable = &scope.unreadable;
    let has_lost_caches = caches.is_none() && unreadable.registry;
    if unreadable.repositories || unreadable.templates || has_lost_caches || is_known {
        return None;
    }
    let names = repositories.iter().flat_map(|map| map.names());
    let names: Vec<&str> = names
        .chain(templates.iter().flat_map(|map| map.names()))
        .chain(caches.iter().flat_map(|map| map.names()))
        .collect();
    let message = format!("repository `{}` does not exist", key.as_str());
    let fault = Diagnostic::new(&codes::UNKNOWN_REPOSITORY, span, message);
    if key.as_str() == "all" {
        return Some(fault.help("write `repositories: all`, without brackets, for all repositories of this spec"));
    }
    Some(fault.did_you_mean(span, key.as_str(), names, "repositories"))
}

/// The errors of `was`: state can only move from a key that is no longer used, and to only one repository.
fn bad_earlier_keys(repositories: &[Repository]) -> Vec<Diagnostic> {
    let present: BTreeMap<&str, Span> = repositories.iter().map(|r| (r.key.as_str(), r.span)).collect();
    let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
    let mut faults = Vec::new();
    for (repository, was) in repositories.iter().filter_map(|r| Some((r, r.was.as_ref()?))) {
        let was_key = was.as_str();
        let (message, other, label, help) = match (present.get(was.as_str()), taken.insert(was.as_str(), was.span)) {
            (Some(span), _) => (
                format!("`was: {was_key}` is wrong: repository `{was_key}` still exists in this spec"),
                *span,
                "still exists here",
                format!("delete `was`, or delete `{was_key}` from `repositories` if it was renamed"),
            ),
            (None, Some(span)) => (
                format!("two repositories have `was: {was_key}`, but only one of them can be the renamed one"),
                span,
                "also written here",
                "delete `was` from the repository that is new".to_owned(),
            ),
            (None, None) => continue,
        };
        let fault = Diagnostic::new(&codes::BAD_EARLIER_KEY, was.span, message).and(other, label);
        faults.push(fault.help(help).at(format!("repositories.{}", repository.key)));
    }
    faults
}

/// The error of a default that only a single repository can have.
fn not_for_all(spec: &Spec) -> Option<Diagnostic> {
    let defaults = spec.repository_defaults.as_ref()?;
    let name = defaults.name.as_ref().map(|name| {
        (
            "name",
            name.span,
            "to name all repositories by a pattern, set `names.repository`, for example `\"{platform}/{repository}\"`",
        )
    });
    let was = defaults.was.as_ref().map(|was| ("was", was.span, "write `was` under the repository that was renamed"));
    // As a default, it would confirm each replacement of each repository.
    let replace = defaults.replace.as_ref();
    let replace = replace.map(|reason| ("replace", reason.span, "write `replace` under the repository to replace"));
    let (key, span, help) = name.or(was).or(replace)?;
    let message = format!("`{key}` applies to a single repository and cannot be a default");
    Some(Diagnostic::new(&codes::NOT_A_DEFAULT, span, message).on_key().help(help).at("repository_defaults"))
}

/// The names in AWS of repositories that were removed, or that had another key, by that key: from `names.repository`. A
/// `name` of their own is no longer in the spec.
pub fn former_names<V>(
    removed: &BTreeMap<String, V>,
    repositories: &[Repository],
    names: &Names,
    scope: &Scope,
) -> BTreeMap<String, String> {
    let template = names.repository.as_ref().map_or("{repository}", |template| template.as_str());
    let name = |key: &str| expand(template, Span::default(), scope, &[("repository", key)]).ok();
    let removed = removed.keys().filter(|key| RepositoryKey::parse(key).is_some()).map(String::as_str);
    // With a `name`, the spec keeps the name in AWS that the earlier key had.
    let is_named_by_key = |repository: &&Repository| name(&repository.key).is_some_and(|name| name == repository.name);
    let renamed = repositories.iter().filter(is_named_by_key).filter_map(|repository| repository.was.as_ref());
    let renamed = renamed.map(|was| was.as_str());
    removed.chain(renamed).filter_map(|key| Some((key.to_owned(), name(key)?))).collect()
}
