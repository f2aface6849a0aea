//! Checks of the guard rails of repositories.

use crate::diagnostic::Diagnostic;
use crate::language::Spec;
use crate::language::repository::Settings;
use crate::language::repository::guard_rails::Unless;
use crate::platform::{Scope, access};

/// The errors of access entries under `unless` that do not exist.
pub fn check(spec: &Spec, scope: &Scope) -> Vec<Diagnostic> {
    if scope.unreadable.access {
        return Vec::new();
    }
    let own = spec.repositories.iter().flat_map(|map| &map.entries);
    let own = own.map(|(key, settings)| (format!("repositories.{}.deny", key.as_str()), settings));
    let defaults = spec.repository_defaults.iter().map(|settings| ("repository_defaults.deny".to_owned(), settings));
    own.chain(defaults).flat_map(|(path, settings)| unknown(spec, settings, &path)).collect()
}

fn unknown(spec: &Spec, settings: &Settings, path: &str) -> Vec<Diagnostic> {
    let Some(deny) = &settings.deny else { return Vec::new() };
    let entries = spec.access.as_ref();
    let is_known = |name: &str| entries.is_some_and(|map| map.mentions(name));
    let named = [&deny.pull, &deny.push, &deny.delete].into_iter().flatten().flat_map(|Unless { unless, .. }| unless);
    let unknown = named.filter(|name| !is_known(name.as_str()));
    unknown.map(|name| access::unknown(name, entries.iter().flat_map(|map| map.names()).collect()).at(path)).collect()
}
