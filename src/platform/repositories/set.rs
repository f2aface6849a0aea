//! The repositories that the output declares together: those without individual settings.

use std::collections::BTreeSet;

use super::repository::Layers;
use super::settings::SETTINGS;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::{Names, Spec};
use crate::platform::naming::template::expand;
use crate::platform::{Classes, Repository, Scope};
use crate::source::{Span, Spanned};
use crate::value::{Identifier, RepositoryKey};

/// Repositories that differ only in their keys and names.
#[derive(Clone, Debug)]
pub struct RepositorySet {
    /// Where the spec asks for it.
    pub span: Span,
    /// The variable that holds the keys, if they are not in the resource.
    pub variable: Option<Spanned<Identifier>>,
    /// The keys of the repositories of the spec in it: at least one.
    pub keys: BTreeSet<String>,
    /// What is around the key in the name in AWS: `shop/cart` is `shop/` and nothing.
    pub name: Vec<String>,
}

/// The set, if the spec asks for one and has repositories for it.
pub fn resolve(
    spec: &Spec,
    repositories: &[Repository],
    names: &Names,
    classes: &Classes,
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Option<RepositorySet> {
    let terraform = spec.terraform.as_ref()?;
    let written = terraform.for_each.as_ref()?;
    let variable = written.set()?.cloned();
    let mut fault = |message: &str, help: &str| {
        let fault = Diagnostic::new(&codes::IMPOSSIBLE_SET, written.span, message);
        faults.push(fault.help(help).at("terraform.for_each"));
    };
    if terraform.ecr_module.is_some() {
        let message = "`for_each` cannot be used with `ecr_module`: each repository is a `module` block";
        fault(message, "delete `for_each` or `ecr_module`");
        return None;
    }
    let template = names.repository.as_ref().map_or("{repository}", |template| template.as_str());
    if variable.is_some() && !template.contains("{repository}") {
        let message = "`names.repository` does not contain `{repository}`: all repositories that the variable adds would have \
                       the same name";
        fault(message, "write `{repository}` in `names.repository`, for example `\"{platform}/{repository}\"`");
        return None;
    }
    let typical = typical(spec, names, classes, scope)?;
    let keys: BTreeSet<String> = repositories
        .iter()
        .filter(|one| is_typical(one, &typical, template, scope))
        .map(|one| one.key.clone())
        .collect();
    if keys.is_empty() {
        let written: Vec<_> = spec.repositories.iter().flat_map(|map| &map.entries).collect();
        let is_plain = |own| SETTINGS.iter().all(|setting| setting.written(own).is_none());
        // One that has an error could be in the set.
        if repositories.len() < written.len() || scope.unreadable.repositories || written.is_empty() {
        } else if written.iter().any(|(_, own)| is_plain(own)) {
            let message = "no repository can be in the set: the tag patterns of each one contain its own name, because \
                           classes of image tags with `{service}` apply to it";
            fault(message, "write the same `services` in `repository_defaults`, or delete `for_each`");
        } else {
            let message = "no repository can be in the set: every one has individual settings";
            fault(message, "move common settings to `repository_defaults`, or delete `for_each`");
        }
        return None;
    }
    let around = template.split("{repository}").map(|part| expand(part, written.span, scope, &[]).unwrap_or_default());
    Some(RepositorySet { span: written.span, variable, keys, name: around.collect() })
}

/// A repository without individual settings, under a key that no repository has: what depends on the key differs from all.
fn typical(spec: &Spec, names: &Names, classes: &Classes, scope: &Scope) -> Option<Repository> {
    let repositories = spec.repositories.as_ref();
    let mut keys = (0..).map(|number| format!("set-{number}"));
    let key = keys.find(|key| !repositories.is_some_and(|map| map.mentions(key)))?;
    let key = Spanned { value: RepositoryKey::parse(&key)?, span: spec.span };
    let layers = Layers { own: None, defaults: spec.repository_defaults.as_ref(), name: names.repository.as_ref() };
    // What is wrong with the defaults is reported for each repository that has them.
    Repository::resolve(&key, layers, classes, scope, &mut Vec::new())
}

/// Whether a repository has the same settings, and the name that follows from its key. Services have no effect but on
/// the other settings.
fn is_typical(repository: &Repository, typical: &Repository, template: &str, scope: &Scope) -> bool {
    let has_effect = |setting: &&super::settings::Setting| setting.keys[0].name != "services";
    let policy = |repository: &Repository| repository.lifecycle.as_ref().map(|lifecycle| lifecycle.policy.clone());
    let name = expand(template, repository.span, scope, &[("repository", &repository.key)]);
    name.is_ok_and(|name| name == repository.name)
        && SETTINGS.iter().filter(has_effect).all(|setting| (setting.is_same)(repository, typical))
        // With the descriptions of its rules.
        && policy(repository) == policy(typical)
}
