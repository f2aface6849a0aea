//! Rules about pull through caches.

mod cache_without_policy;
mod immutable_cache;
mod import_elsewhere;
mod import_without_cache;
mod pull_without_import;
mod secret_elsewhere;
mod upstream_elsewhere;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &cache_without_policy::RULE,
    &immutable_cache::RULE,
    &import_elsewhere::RULE,
    &import_without_cache::RULE,
    &pull_without_import::RULE,
    &secret_elsewhere::RULE,
    &upstream_elsewhere::RULE,
];
