//! What a manifest keeps of the one before it: facts that a spec can leave out, and that the guard still needs.

use super::module::{KEY, REPLACE, removal, was_repository};
use super::{Manifest, Module, Modules, Record, Values};

impl Manifest {
    /// This manifest of a spec, with what an earlier manifest knows and the spec no longer says:
    ///
    /// - the account of a module, and its earlier states,
    /// - the values of what the spec lists under `removed`, and only in the environments that had it,
    /// - entries with `retain` that are no longer listed. Nothing tells whether the change that added an entry is applied, and
    ///   before that, the next apply deletes the resource. [`keeps`] says when they end.
    pub(super) fn remembering(&self, earlier: Option<&Manifest>) -> Manifest {
        let (Record::Modules(new), Some(Record::Modules(old))) = (self.record(), earlier.map(Manifest::record)) else {
            return self.clone();
        };
        self.with_modules(remember(new, old))
    }
}

fn remember(new: &Modules, old: &Modules) -> Modules {
    let mut next = new.clone();
    for module in next.values_mut() {
        let of_environment = || old.values().filter(|old| old.environment == module.environment);
        if of_environment().next().is_none() {
            continue;
        }
        let found = |name: &String| {
            // The output can have another resource at the same address now: one that replaces the first.
            let left = || of_environment().find_map(|old| old.resource(name));
            of_environment().find_map(|old| old.removed.get(name)).or_else(left)
        };
        let removed =
            module.removed.iter().filter_map(|(name, entry)| Some((name.clone(), of_removed(found(name)?, entry))));
        module.removed = removed.collect();
    }
    for (folder, old) in old {
        let successor = next.values_mut().find(|it| it.environment == old.environment && it.target == old.target);
        let is_dropped = |(name, entry): &(&String, &Values)| keeps(new, old, name, entry);
        let dropped: Vec<(String, Values)> =
            old.removed.iter().filter(is_dropped).map(|(name, entry)| (name.clone(), entry.clone())).collect();
        match successor {
            Some(module) => {
                module.account = module.account.take().or_else(|| old.account.clone());
                let states = old.earlier_states.iter().chain([&old.state]).filter(|state| **state != module.state);
                let states: Vec<String> = states.cloned().collect();
                module.earlier_states.extend(states);
                module.removed.extend(dropped);
            }
            // The environment was removed too.
            None if !dropped.is_empty() => {
                let module = Module { resources: Default::default(), scope: Default::default(), ..old.clone() };
                next.entry(folder.clone()).or_insert(Module { removed: dropped.into_iter().collect(), ..module });
            }
            None => {}
        }
    }
    next
}

/// The entry of a resource that left the output, with the values that it had.
fn of_removed(values: &Values, entry: &Values) -> Values {
    let values = values.iter().filter(|(what, _)| ![KEY, REPLACE].contains(&what.as_str()));
    values.chain(entry).map(|(what, value)| (what.clone(), value.clone())).collect()
}

/// Whether to remember an entry that the spec no longer lists: not if it said `delete` or `applied`, and not if the output has
/// the resource again, or a repository with its name.
fn keeps(new: &Modules, old: &Module, name: &str, entry: &Values) -> bool {
    let is_named =
        |values: &Values| was_repository(entry) && values.contains_key(KEY) && values.get("name") == entry.get("name");
    let of_environment = || new.values().filter(|module| module.environment == old.environment);
    let is_back =
        || of_environment().any(|module| module.resource(name).is_some() || module.resources.values().any(is_named));
    let is_listed = || of_environment().any(|module| module.removed.contains_key(name));
    removal(entry) == "retain" && !is_listed() && !is_back()
}
