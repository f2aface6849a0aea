//! What a spec says about the registry: the documents that AWS has once an account and region.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::AccountId;

record! {
    /// Documents that AWS has once an account and region, each replaced as a whole: only one spec can own them.
    pub struct Registry {
        /// Accounts whose registries may replicate images into this one.
        optional accept_replication_from: Vec<Spanned<AccountId>>,
    }
}
