//! Checks of the guard rails of repositories.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::Spec;
use crate::language::repository::Settings;
use crate::language::repository::guard_rails::Unless;
use crate::platform::{Scope, access};

/// The most exceptions of a denial. A repository policy has at most 10,240 characters (ECR API reference, SetRepositoryPolicy), and an
/// exception has 15 or more: an account ID in quotes, and a comma.
pub const MOST_EXCEPTIONS: usize = 680;

/// The errors of access entries under `unless` that do not exist, and of more entries than a policy can name.
pub fn check(spec: &Spec, scope: &Scope) -> Vec<Diagnostic> {
    if scope.unreadable.access {
        return Vec::new();
    }
    let own = spec.repositories.iter().flat_map(|map| &map.entries);
    let own = own.map(|(key, settings)| (format!("repositories.{}.deny", key.as_str()), settings));
    let defaults = spec.repository_defaults.iter().map(|settings| ("repository_defaults.deny".to_owned(), settings));
    own.chain(defaults).flat_map(|(path, settings)| faults(spec, settings, &path)).collect()
}

fn faults(spec: &Spec, settings: &Settings, path: &str) -> Vec<Diagnostic> {
    let Some(deny) = &settings.deny else { return Vec::new() };
    let lists = [&deny.pull, &deny.push, &deny.delete].into_iter().flatten();
    let too_long = lists.filter_map(|Unless { unless, .. }| unless.get(MOST_EXCEPTIONS)).map(|name| {
        let message = format!("too many exceptions: a repository policy has no room for more than {MOST_EXCEPTIONS}");
        let fault = Diagnostic::new(&codes::TOO_LARGE, name.span, message).label("limit exceeded here");
        fault.help("name fewer access entries").at(path)
    });
    let too_long: Vec<Diagnostic> = too_long.collect();
    if !too_long.is_empty() {
        return too_long;
    }
    let entries = spec.access.as_ref();
    let is_known = |name: &str| entries.is_some_and(|map| map.mentions(name));
    let named = [&deny.pull, &deny.push, &deny.delete].into_iter().flatten().flat_map(|Unless { unless, .. }| unless);
    let unknown = named.filter(|name| !is_known(name.as_str()));
    unknown.map(|name| access::unknown(name, entries.iter().flat_map(|map| map.names()).collect()).at(path)).collect()
}
