//! When the bootstrap module must be applied: it gives the workspace's runs their permissions.

use std::collections::BTreeMap;

use super::{Change, OWN_KEY_ADDRESS, is_deletable, key, module};
use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Platform;
use crate::policies::arns;
use crate::policies::scope::{
    BOUNDARY_ALLOWS, KEY_POLICY, REPLICAS_IN, REPOSITORIES_NAMED, VARIABLE, WORKING_DIRECTORY, covers,
};
use crate::prose::{few, listed};
use crate::tree::{Module, Modules, RelPath, Target, Values};

/// What the bootstrap module prepares after a change and not before, and the other way around.
#[derive(Default)]
struct Difference {
    /// What the runs can manage.
    gained: Vec<String>,
    /// What the boundary of the roles allows.
    bounded: Vec<String>,
    /// What the workspace knows.
    known: Vec<String>,
    /// What the runs can no longer manage.
    lost: Vec<String>,
}

impl Change<'_> {
    /// Whether the bootstrap module must be applied before or after the root module.
    pub(super) fn bootstrap(&self, old: &Modules) -> Vec<Diagnostic> {
        let difference = |platform: &Platform| {
            let environment = &platform.scope.environment;
            let (_, root) = module(old, environment, Target::Root)?;
            let (_, before) = module(old, environment, Target::Bootstrap)?;
            let (folder, after) = module(self.new, environment, Target::Bootstrap)?;
            let is_known = !before.scope.is_empty();
            let from = Before { root, bootstrap: before };
            is_known.then(|| (folder, Difference::between(platform, &from, after)))
        };
        let findings = self.platforms.iter().filter_map(|platform| Some((platform, difference(platform)?)));
        findings.flat_map(|(platform, (folder, difference))| difference.findings(platform, folder)).collect()
    }
}

/// What the runs can manage, as messages call it: the manifest has the name of a resource type, or an ARN.
fn in_words(what: &str) -> String {
    if let Some(workspace) = what.strip_prefix("the workspace ") {
        return format!("the workspace `{workspace}`, which the roles must trust");
    }
    if let Some(pattern) = what.strip_prefix(REPOSITORIES_NAMED) {
        let what = if pattern.contains('*') { REPOSITORIES_NAMED } else { "repository " };
        return format!("{what}`{pattern}`");
    }
    if what.contains(' ') {
        return what.to_owned();
    }
    match what.splitn(6, ':').collect::<Vec<_>>().as_slice() {
        [_, _, service, _, _, resource] => format!("the resources `{resource}` of {}", service.to_uppercase()),
        _ => format!("Terraform resources of type `{what}`"),
    }
}

/// The committed modules of a platform.
struct Before<'m> {
    root: &'m Module,
    bootstrap: &'m Module,
}

impl Difference {
    fn between(platform: &Platform, Before { root, bootstrap: before }: &Before, after: &Module) -> Difference {
        let names = root.resources.values().filter(|values| key(values).is_some());
        let names = names.filter_map(|values| Some((values.get("name")?.as_str(), values)));
        let old: BTreeMap<&str, &Values> = names.collect();
        let new = arns::managed_names(platform);
        let will_cover = |name: &str| platform.workspace.as_ref().is_some_and(|workspace| workspace.covers(name));
        let mut gained = Vec::new();
        for repository in &platform.repositories {
            let name = repository.name.as_str();
            match old.get(name) {
                None if covers(&before.scope, name) && repository.force_delete.is_none() => {}
                None if covers(&before.scope, name) => gained.push(format!("deleting repository `{name}`")),
                None => gained.push(format!("repository `{name}`")),
                Some(values) if repository.force_delete.is_some() && !is_deletable(values) => {
                    gained.push(format!("deleting repository `{name}`"));
                }
                Some(_) => {}
            }
        }
        let gone = old.keys().filter(|name| !new.contains(**name) && !will_cover(name));
        let gone = gone.map(|name| format!("repository `{name}`"));
        // What is in words is replaced by others, such as the boundary, or no run that removes it needs it.
        let is_in_words = |what: &String| what.contains(' ') && !what.starts_with(REPLICAS_IN);
        let revoked = before.scope.difference(&after.scope).filter(|what| !is_in_words(what));
        let lost = gone.chain(revoked.map(|what| in_words(what)));
        // Before, the bootstrap module gave the permissions that the policy of the key now gives.
        let is_new = |what: &str| after.scope.contains(what) && !before.scope.contains(what);
        let key_policy =
            (is_new(KEY_POLICY) && root.resources.contains_key(OWN_KEY_ADDRESS)).then(|| KEY_POLICY.to_owned());
        let mut difference = Difference { gained, lost: lost.chain(key_policy).collect(), ..Difference::default() };
        // Earlier manifests do not have these.
        let has_settings = before.scope.iter().any(|what| what.starts_with(WORKING_DIRECTORY));
        for what in after.scope.difference(&before.scope).filter(|what| *what != KEY_POLICY) {
            let (list, what) = if let Some(what) = what.strip_prefix(BOUNDARY_ALLOWS) {
                (&mut difference.bounded, format!("`{what}`"))
            } else if let Some(folder) = what.strip_prefix(WORKING_DIRECTORY) {
                (&mut difference.known, format!("{WORKING_DIRECTORY}`{folder}`"))
            } else if let Some(name) = what.strip_prefix(VARIABLE) {
                (&mut difference.known, format!("{VARIABLE}`{}`", name.split(' ').next().unwrap_or_default()))
            } else {
                // A new repository can also be listed by its name among the patterns.
                let what = in_words(what);
                if !difference.gained.contains(&what) {
                    difference.gained.push(what);
                }
                continue;
            };
            if has_settings {
                list.push(what);
            }
        }
        difference
    }

    /// Why the bootstrap module must be applied before the change, if it must.
    fn reasons(&self) -> Option<String> {
        let reason = |what: &str, names: &[String]| {
            (!names.is_empty()).then(|| format!("{what} {}", few(names.iter().map(String::as_str), 5)))
        };
        let reasons = [
            reason("the runs of the workspace need more permissions, for", &self.gained),
            reason("the boundary of the roles must allow", &self.bounded),
            reason("the workspace must know", &self.known),
        ];
        let reasons: Vec<String> = reasons.into_iter().flatten().collect();
        (!reasons.is_empty()).then(|| listed(reasons.into_iter(), 3))
    }

    fn findings(&self, platform: &Platform, folder: &RelPath) -> Vec<Diagnostic> {
        let span = platform.workspace.as_ref().map_or(platform.span, |workspace| workspace.span);
        let mut findings = Vec::new();
        let reasons = self.reasons();
        if let Some(reasons) = reasons.as_ref().filter(|_| self.lost.is_empty()) {
            let message = format!("apply `{folder}` before this change: {reasons}");
            let help = format!("an administrator runs `terraform apply` in `{folder}`, then this change is merged");
            findings.push(Diagnostic::new(&codes::BOOTSTRAP_FIRST, span, message).help(help).at("workspace"));
        }
        if !self.lost.is_empty() {
            let message = format!(
                "apply `{folder}` after this change, not before: it revokes the permissions for {}, which this run needs",
                few(self.lost.iter().map(String::as_str), 5)
            );
            let help = match reasons.is_none() {
                true => format!("apply `{folder}` after the run for this change has finished"),
                false => format!(
                    "split the change in two: first add what is new, with `{folder}` applied before it; then remove the rest, \
                     with `{folder}` applied after it"
                ),
            };
            findings.push(Diagnostic::new(&codes::BOOTSTRAP_LAST, span, message).help(help).at("workspace"));
        }
        findings
    }
}
