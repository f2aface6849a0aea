//! Registry-wide settings, one set per account and region.

use crate::language::registry::Registry as Written;
use crate::source::Span;
use crate::value::AccountId;

/// The registry-wide settings.
#[derive(Clone, Debug)]
pub struct Registry {
    /// Accounts whose registries may replicate images into this one.
    pub accept_replication_from: Vec<AccountId>,
    /// Where it is written.
    pub span: Span,
}

/// Resolves every setting.
pub fn resolve(written: &Written) -> Registry {
    let accounts = written.accept_replication_from.iter().flatten().map(|account| account.value.clone());
    Registry { accept_replication_from: accounts.collect(), span: written.span }
}
