//! Registry-wide settings, which AWS stores once per account and region.

use super::pull_through_cache::Cache;
use crate::decode::{Map, record};
use crate::source::Spanned;
use crate::value::{AccountId, RepositoryPrefix};

record! {
    /// Registry-wide settings. AWS stores one set per account and region and replaces it as a whole, so only one spec may
    /// define them.
    pub struct Registry {
        /// IDs of the AWS accounts whose registries can replicate images into this registry. Replication creates
        /// repositories that do not exist yet. Default: no accounts. Example: `accept_replication_from: ["123456789012"]`.
        optional accept_replication_from: Vec<Spanned<AccountId>>,
        /// Pull through cache rules by prefix: `docker-hub` is for images below `docker-hub/`, and `ROOT` for all others. An access
        /// entry names the cached repositories by the prefix, or with `all`, and needs `can: [pull, import]`. Default: no rules.
        /// Example: `pull_through_cache: { quay: { upstream: quay } }`.
        optional pull_through_cache: Map<RepositoryPrefix, Cache>,
    }
}
