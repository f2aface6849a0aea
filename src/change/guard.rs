//! What the next apply would delete, replace, move, or leave behind is refused until the spec allows it.

mod address;
mod bootstrap;
mod cause;
mod claimed;
mod dropped;
mod environment;
mod missing;
mod module;
mod removed;
mod replica;
mod repository;
mod resource;
mod set;
mod taken;
mod unlisted;

pub use claimed::Claims;
pub use missing::{forgotten, missing};
pub use taken::States;
pub use unlisted::unlisted;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::record;
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::naming::label::Spelling;
use crate::platform::root_module::form::Form;
use crate::platform::{Label, Platform};
use crate::prose::{NAMED, count, named};
use crate::tree::{Manifest, Module, Modules, Record, RelPath, Target, Values};

/// The KMS key that encrypts repositories with `encryption: { kms: create }`.
const OWN_KEY_ADDRESS: &str = "aws_kms_key.ecr";

/// The committed output and the new one, for a spec.
struct Change<'c> {
    platforms: &'c [&'c Platform],
    new: &'c Modules,
}

/// Findings about a spec whose output would destroy what the committed one holds.
pub fn check(platforms: &[&Platform], new: &Modules, committed: Option<&Manifest>) -> Vec<Diagnostic> {
    let change = Change { platforms, new };
    let mut findings = removed::still_written(platforms);
    let Some(committed) = committed else { return findings };
    let old = match committed.record() {
        Record::Modules(modules) => Cow::Borrowed(modules),
        Record::Repositories(facts) => Cow::Owned(change.of_format_1(facts)),
    };
    if let Some(lost) = change.all_repositories_lost(&old) {
        findings.push(lost);
        return findings;
    }
    for (folder, module) in old.iter() {
        // A removed environment is in the message.
        let several = platforms.len() > 1 && change.platform(&module.environment).is_some();
        let environment = several.then_some(module.environment.as_str());
        let found = change.module(folder, module, &old).into_iter();
        findings.extend(found.map(|finding| finding.in_environment(environment)));
    }
    if matches!(committed.record(), Record::Modules(_)) {
        findings.extend(removed::never_there(platforms, &old));
        findings.extend(removed::changed_to_delete(platforms, &old));
        findings.extend(removed::returning(platforms, &old));
        findings.extend(replica::returning(platforms, &old));
        findings.extend(change.dropped(&old));
        findings.extend(set::variables_dropped(platforms, &old));
        findings.extend(removed::names_taken(platforms, &old));
        findings.extend(change.bootstrap(&old));
    }
    findings
}

impl<'c> Change<'c> {
    fn platform(&self, environment: &str) -> Option<&'c Platform> {
        self.platforms.iter().copied().find(|platform| platform.scope.environment == environment)
    }

    /// Where the spec must list a name under `removed`: at the top, or in the environment if not all environments had it.
    fn place_of_removal(&self, platform: &Platform, name: &str, old: &Modules) -> String {
        let environments: BTreeSet<&str> = removed::having(name, old).collect();
        let have_all = self.platforms.iter().all(|it| environments.contains(it.scope.environment.as_str()));
        // An entry for all environments would contradict one that still has the repository.
        let is_lost_everywhere = self.platforms.iter().all(|it| it.repository(name).is_none());
        if have_all && is_lost_everywhere {
            "removed".into()
        } else {
            format!("environments.{}.removed", platform.scope.environment)
        }
    }

    /// The new module that takes the place of an old one.
    fn successor(&self, old: &Module) -> Option<&'c Module> {
        module(self.new, &old.environment, old.target).map(|(_, module)| module)
    }

    /// What a manifest of format 1 knows, in the terms of format 2. It has no states and does not tell whether repositories
    /// were `module` blocks, so both are taken to be what they would be now. Labels were spelled the earlier way.
    fn of_format_1(&self, facts: &crate::tree::Facts) -> Modules {
        let mut modules = Modules::new();
        for (name, values) in facts {
            let (environment, key) = name.split_once('/').unwrap_or(("", name));
            let platform = self.platform(environment);
            let folder = platform.map(|platform| platform.root.directory.clone());
            let folder = folder.or_else(|| RelPath::parse(environment).ok());
            let Some(folder) = folder else { continue };
            let now = self.new.get(&folder);
            let module = modules.entry(folder).or_insert_with(|| Module {
                environment: environment.to_owned(),
                target: Target::Root,
                state: now.map(|module| module.state.clone()).unwrap_or_default(),
                earlier_states: BTreeSet::new(),
                account: None,
                resources: Default::default(),
                scope: Default::default(),
                removed: Default::default(),
            });
            let label = Label::of(key);
            let in_module = platform.is_some_and(|platform| platform.root.earlier_form(key).is_module());
            let form = Form::of(label.spelled(Spelling::Escaped).to_owned(), in_module);
            let address = form.address("aws_ecr_repository");
            if values.get("encryption").is_some_and(|encryption| encryption == record::OWN_KEY) {
                module.resources.insert(OWN_KEY_ADDRESS.to_owned(), Values::new());
            }
            let mut values = values.clone();
            values.insert(record::KEY.to_owned(), key.to_owned());
            module.resources.insert(address, values);
        }
        modules
    }

    /// All repositories gone at once is most often a mistake of another kind, and one finding says so.
    fn all_repositories_lost(&self, old: &Modules) -> Option<Diagnostic> {
        let repositories =
            old.values().flat_map(|module| module.resources.values().map(move |values| (module, values)));
        let repositories: Vec<(&Module, &str)> =
            repositories.filter_map(|(module, values)| Some((module, key(values)?))).collect();
        let is_lost = |(module, key): &(&Module, &str)| match self.platform(&module.environment) {
            Some(platform) => successor(platform, key).is_none() && !platform.removes(key),
            None => true,
        };
        if repositories.len() < 2 || !repositories.iter().all(is_lost) {
            return None;
        }
        let names: BTreeSet<String> =
            repositories.iter().map(|(module, key)| format!("{}/{key}", module.environment)).collect();
        let keys: BTreeSet<&str> = repositories.iter().map(|(_, key)| *key).collect();
        let message = format!(
            "all {} repositories of the committed output are missing from this spec: applying this would delete them and \
             their images",
            names.len()
        );
        let known: BTreeSet<&str> = repositories.iter().map(|(module, _)| module.environment.as_str()).collect();
        if !known.iter().any(|environment| self.platform(environment).is_some()) {
            let names = named(known.into_iter(), NAMED);
            let help = format!(
                "restore the name of the environment, {names}: names, paths and states contain it, so another name is \
                 another platform"
            );
            let span = self.platforms.first().map(|platform| platform.place_of(&["environments", "environment"]));
            let span = span.unwrap_or_default();
            return Some(Diagnostic::new(&codes::ALL_REPOSITORIES_LOST, span, message).help(help).at("environment"));
        }
        let span = self.platforms.first().map(|platform| platform.place_of(&["repositories", "removed"]));
        let span = span.unwrap_or_default();
        let retained: Vec<String> = keys.iter().take(NAMED).map(|key| format!("{key}: retain")).collect();
        let others = match keys.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(", with `KEY: retain` for each of the {} as well", count(more, "other key")),
        };
        let help = format!(
            "check that this is the right spec and the right output folder\n\
             if both are right, write `removed: {{ {} }}`{others}\n\
             to delete them and their images, keep them in the spec and apply `force_delete: true` first",
            retained.join(", ")
        );
        Some(Diagnostic::new(&codes::ALL_REPOSITORIES_LOST, span, message).help(help).at("repositories"))
    }
}

/// The module of an environment with this target, and its folder.
fn module<'m>(modules: &'m Modules, environment: &str, target: Target) -> Option<(&'m RelPath, &'m Module)> {
    modules.iter().find(|(_, module)| module.environment == environment && module.target == target)
}

/// Whether the value of an argument changes. Earlier versions did not record the default of a variable.
fn is_other(before: &str, after: &str) -> bool {
    let default = after.strip_prefix(before).filter(|rest| rest.is_empty() || rest.starts_with(record::BY_DEFAULT));
    default.is_none()
}

/// The key of a repository in the spec.
fn key(values: &Values) -> Option<&str> {
    values.get(record::KEY).map(String::as_str)
}

/// Whether the output let Terraform delete a repository with its images.
fn is_deletable(values: &Values) -> bool {
    values.get(record::FORCE_DELETE).is_some_and(|force| force == "true")
}

/// The repository that has a key now, or had it earlier.
fn successor<'p>(platform: &'p Platform, key: &str) -> Option<&'p crate::platform::Repository> {
    platform.repository(key).or_else(|| platform.renamed_from(key))
}
