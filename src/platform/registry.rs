//! Registry-wide settings, one set per account and region.

use super::pull_through_cache::{self, Cache};
use super::{Repository, Scope, Template};
use crate::diagnostic::Diagnostic;
use crate::language::registry::Registry as Written;
use crate::source::Span;
use crate::value::AccountId;

/// The registry-wide settings.
#[derive(Clone, Debug)]
pub struct Registry {
    /// Accounts whose registries may replicate images into this one.
    pub accept_replication_from: Vec<AccountId>,
    /// The pull through cache rules, sorted by prefix.
    pub caches: Vec<Cache>,
    /// Where it is written.
    pub span: Span,
}

/// Resolves every setting.
pub fn resolve(
    written: &Written,
    repositories: &[Repository],
    templates: &[Template],
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Registry {
    let accounts = written.accept_replication_from.iter().flatten().map(|account| account.value.clone());
    let caches = pull_through_cache::resolve(written, repositories, templates, scope, faults);
    Registry { accept_replication_from: accounts.collect(), caches, span: written.span }
}
