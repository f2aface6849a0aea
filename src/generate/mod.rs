//! The files we produce: one visible list, each row a function from a platform to its files.

pub mod access;
pub mod encryption_key;
pub mod expr;
pub mod file;
pub mod gitattributes;
pub mod lifecycle_policy;
pub mod locals;
pub mod markdown;
pub mod monitoring;
pub mod oidc_providers;
pub mod outputs;
pub mod permission_set;
pub mod place;
pub mod pod_identity;
pub mod providers;
pub mod readme;
pub mod registry;
pub mod removed;
pub mod repository;
pub mod variables;
pub mod versions;
pub mod workspace;

pub use file::{Content, Generated};

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::platform::Platform;

/// Files of one kind, made one at a time: a platform may have thousands.
pub type Files<'p> = Box<dyn Iterator<Item = Generated> + 'p>;

/// The files of the root module, kind by kind; a file that speaks of all repositories before the repositories, for it
/// takes long to print, and that goes on while they are made.
const ROOT: &[fn(&Platform) -> Files<'_>] = &[
    versions::files,
    providers::files,
    variables::files,
    locals::files,
    outputs::files,
    readme::files,
    repository::files,
    encryption_key::files,
    registry::files,
    access::files,
    oidc_providers::files,
    monitoring::files,
    removed::files,
    gitattributes::files,
];

/// Hands every file of a platform to `take`, one at a time. What AWS would refuse and only the files can tell comes back.
pub fn generate(platform: &Platform, mut take: impl FnMut(Generated)) -> Vec<Diagnostic> {
    let mut types = BTreeSet::new();
    for file in ROOT.iter().flat_map(|files| files(platform)) {
        types.append(&mut file.resource_types());
        take(file);
    }
    workspace::files(platform, &types).into_iter().for_each(take);
    workspace::faults(platform, &types)
}

/// The resource types of a platform's root module, data sources as `data.TYPE`: what the workspace's roles manage.
pub fn resource_types(platform: &Platform) -> BTreeSet<String> {
    ROOT.iter().flat_map(|files| files(platform)).flat_map(|file| file.resource_types()).collect()
}

fn one<'p>(file: Generated) -> Files<'p> {
    Box::new(std::iter::once(file))
}

fn none<'p>() -> Files<'p> {
    Box::new(std::iter::empty())
}
