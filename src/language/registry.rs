//! Registry-wide settings, which AWS stores once per account and region.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::AccountId;

record! {
    /// Registry-wide settings. AWS stores one set per account and region and replaces it as a whole, so only one spec may
    /// define them.
    pub struct Registry {
        /// IDs of the AWS accounts whose registries can replicate images into this registry. Replication creates
        /// repositories that do not exist yet. Default: no accounts. Example: `accept_replication_from: ["123456789012"]`.
        optional accept_replication_from: Vec<Spanned<AccountId>>,
    }
}
