//! Registry-wide settings, one set per account and region.

pub mod check;
pub mod scan_filter;
pub mod scanning;

pub use scanning::Scanning;

use super::pull_through_cache::{self, Cache};
use super::{Repository, Scope, Template};
use crate::diagnostic::Diagnostic;
use crate::language::registry::{Registry as Written, Scanner};
use crate::source::Span;
use crate::value::AccountId;

/// The registry-wide settings.
#[derive(Clone, Debug)]
pub struct Registry {
    /// Which images ECR scans.
    pub scanning: Scanning,
    /// Where the spec turns on Amazon Inspector, if it does.
    pub enable_inspector: Option<Span>,
    /// Accounts whose registries may replicate images into this one.
    pub accept_replication_from: Vec<AccountId>,
    /// The pull through cache rules, sorted by prefix.
    pub caches: Vec<Cache>,
    /// Where it is written.
    pub span: Span,
}

/// Resolves every setting. The scanning configuration follows from the wishes of the repositories and the templates.
pub fn resolve(
    written: &Written,
    repositories: &[Repository],
    templates: &[Template],
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Registry {
    let accounts = written.accept_replication_from.iter().flatten().map(|account| account.value.clone());
    let caches = pull_through_cache::resolve(written, repositories, templates, scope, faults);
    let scanner = written.scanner.as_ref().map_or(Scanner::Basic, |scanner| scanner.value);
    let enabled = written.enable_inspector.as_ref().filter(|enable| enable.value);
    let created = templates.iter().map(|template| &template.created);
    let scanned: Vec<&Repository> = repositories.iter().chain(created).collect();
    Registry {
        scanning: scanning::resolve(scanner, &scanned),
        enable_inspector: enabled.map(|enable| enable.span),
        accept_replication_from: accounts.collect(),
        caches,
        span: written.span,
    }
}
