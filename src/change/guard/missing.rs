//! What a manifest has and a later one of the same platform has not. Nothing is known about the spec of either.

use super::{is_other, key, replica};
use crate::change::record;
use crate::platform::naming::label::respelled;
use crate::policies::resource_types::{self, Loss};
use crate::tree::{Manifest, Module, Modules, Record, Target, Values};

/// The names in AWS of the repositories, and the addresses of the other resources, that a later manifest neither has nor lists
/// under `removed`. Without a later manifest, all of them.
pub fn missing(before: &Manifest, after: Option<&Manifest>) -> (Vec<String>, Vec<String>) {
    let name = |key: &str, values: &Values| values.get("name").map_or(key, String::as_str).to_owned();
    let has = |environment: &str, key: &str, values: &Values| {
        after.is_some_and(|after| has_repository(after, environment, key, values))
    };
    let modules = match before.record() {
        Record::Repositories(facts) => {
            let named = facts.iter().map(|(name, values)| (name.split_once('/').unwrap_or(("", name)), values));
            let lost = named.filter(|((environment, key), values)| !has(environment, key, values));
            return (lost.map(|((_, key), values)| name(key, values)).collect(), Vec::new());
        }
        Record::Modules(modules) => modules,
    };
    let all = || modules.values().flat_map(resources);
    let repositories = all().filter_map(|(module, _, values)| Some((module, key(values)?, values)));
    let lost = repositories.filter(|(module, key, values)| !has(&module.environment, key, values));
    let others = all().filter(|(module, address, values)| key(values).is_none() && hurts(module, address));
    let is_lost = |module: &Module, address: &str, values: &Values| {
        !after.is_some_and(|after| has_resource(after, module, address) || has_replica(after, module, values))
    };
    let others = others.filter(|(module, address, values)| is_lost(module, address, values));
    (
        lost.map(|(_, key, values)| name(key, values)).collect(),
        others.map(|(_, address, _)| address.to_owned()).collect(),
    )
}

/// What an earlier manifest lists under `removed` with `retain`, and a later one of the same platform forgot. Without a later
/// manifest, all of it.
pub fn forgotten(before: &Manifest, after: Option<&Manifest>) -> Vec<String> {
    let Record::Modules(modules) = before.record() else { return Vec::new() };
    let is_known = |module: &Module, name: &str| match after.map(Manifest::record) {
        Some(Record::Modules(after)) => of_environment(after, &module.environment)
            .any(|after| after.removed.contains_key(name) || after.resource(name).is_some()),
        _ => false,
    };
    let of_module =
        |module: &Module| module.retained().filter(|name| !is_known(module, name)).cloned().collect::<Vec<_>>();
    modules.values().flat_map(of_module).collect()
}

fn resources(module: &Module) -> impl Iterator<Item = (&Module, &str, &Values)> {
    module.resources.iter().map(move |(address, values)| (module, address.as_str(), values))
}

fn of_environment<'m>(modules: &'m Modules, environment: &'m str) -> impl Iterator<Item = &'m Module> {
    modules.values().filter(move |module| module.environment == environment)
}

/// Whether a manifest has a repository with the same identity in AWS, or states that it was removed or replaced.
fn has_repository(after: &Manifest, environment: &str, key: &str, before: &Values) -> bool {
    let is_same = |after: &Values| {
        let is_stated =
            after.contains_key(record::REPLACE) && after.get(record::REPLACE) != before.get(record::REPLACE);
        let changed = |what: &&str| match (before.get(*what), after.get(*what)) {
            (Some(before), Some(after)) => is_other(before, after),
            _ => false,
        };
        let replaced = ["name", "region", "encryption"].iter().any(changed);
        let is_it = before.get("name") == after.get("name") || super::key(after) == Some(key);
        is_it && (!replaced || is_stated)
    };
    match after.record() {
        Record::Repositories(facts) => facts.values().any(is_same),
        Record::Modules(modules) => of_environment(modules, environment)
            .any(|module| module.removed.contains_key(key) || module.resources.values().any(is_same)),
    }
}

/// Whether a manifest has a resource at the same address, or states that it was removed.
fn has_resource(after: &Manifest, module: &Module, address: &str) -> bool {
    let Record::Modules(modules) = after.record() else { return false };
    let now = respelled(address).unwrap_or_else(|| address.to_owned());
    of_environment(modules, &module.environment).any(|after| {
        let is_there = after.resources.contains_key(address) || after.resources.contains_key(&now);
        is_there || after.removed.contains_key(address)
    })
}

/// Whether a manifest has the same replica in AWS at another address: its repository can have another key.
fn has_replica(after: &Manifest, module: &Module, before: &Values) -> bool {
    let Record::Modules(modules) = after.record() else { return false };
    let is_it = |after: &Values| {
        let same = |what: &str| before.get(what) == after.get(what);
        replica::of(after).is_some() && same("name") && same("region") && same("encryption")
    };
    replica::of(before).is_some()
        && of_environment(modules, &module.environment).any(|after| after.resources.values().any(is_it))
}

/// Whether the loss of a resource hurts. A type that this version does not know is taken to be one that hurts.
fn hurts(module: &Module, address: &str) -> bool {
    let found = resource_types::of_address(address);
    found.is_none_or(|(row, label)| matches!(row.loss_of(label, module.target == Target::Root), Loss::Hurts(_)))
}
