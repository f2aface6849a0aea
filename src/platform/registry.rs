//! Registry-wide settings, one set per account and region.

pub mod check;
pub mod scan_filter;
pub mod scanning;

pub use scanning::Scanning;

use std::collections::BTreeMap;

use super::pull_through_cache::{self, Cache};
use super::{Platform, Repository, Scope, Template};
use crate::diagnostic::Diagnostic;
use crate::language::load::Loaded;
use crate::language::registry::{Registry as Written, Scanner};
use crate::source::{Span, Spanned};
use crate::value::AccountId;

/// The registry-wide settings.
#[derive(Clone, Debug)]
pub struct Registry {
    /// Which images ECR scans.
    pub scanning: Scanning,
    /// Where the spec turns on Amazon Inspector, if it does.
    pub enable_inspector: Option<Span>,
    /// Whether layers can be mounted across repositories, if the spec sets it.
    pub blob_mounting: Option<Spanned<bool>>,
    /// Accounts whose registries may replicate images into this one.
    pub accept_replication_from: Vec<AccountId>,
    /// The pull through cache rules, sorted by prefix.
    pub caches: Vec<Cache>,
    /// The repositories of other environments of the spec in this registry.
    pub neighbors: Vec<Repository>,
    /// The environments of the spec that define registries, by account and region.
    pub defined: BTreeMap<(String, String), String>,
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
    let scanner = scanner_of(written);
    let enabled = written.enable_inspector.as_ref().filter(|enable| enable.value);
    let created = templates.iter().map(|template| &template.created);
    let scanned: Vec<&Repository> = repositories.iter().chain(created).collect();
    Registry {
        scanning: scanning::resolve(scanner, &scanned),
        enable_inspector: enabled.map(|enable| enable.span),
        blob_mounting: written.blob_mounting.clone(),
        accept_replication_from: accounts.collect(),
        caches,
        neighbors: Vec::new(),
        defined: BTreeMap::new(),
        span: written.span,
    }
}

fn scanner_of(written: &Written) -> Scanner {
    written.scanner.as_ref().map_or(Scanner::Basic, |scanner| scanner.value)
}

/// What decides how the images of a registry are scanned: `registry` of this environment, or of another one of the spec with
/// the same account and region.
#[derive(Clone, Copy, Debug)]
pub struct Decides {
    /// What scans them.
    pub scanner: Scanner,
    /// Where `registry` is written.
    pub span: Span,
}

impl Decides {
    /// `registry` of one of these environments that decides about the registry of the environment.
    pub fn about(environment: &Loaded, environments: &[Loaded]) -> Option<Decides> {
        let own = environment.spec.registry.as_ref();
        let is_here = |other: &&Loaded| registry_of(other).is_some() && registry_of(other) == registry_of(environment);
        let mut others = environments.iter().filter(is_here).filter_map(|other| other.spec.registry.as_ref());
        let decides = own.or_else(|| others.next())?;
        Some(Decides { scanner: scanner_of(decides), span: decides.span })
    }
}

/// `registry` of another environment that would decide about the registry of this one if both had the same account, of which one
/// is not known.
pub fn may_decide(environment: &Loaded, environments: &[Loaded]) -> Option<Span> {
    let region = |loaded: &Loaded| loaded.spec.region.as_ref().map(|region| region.value.as_str().to_owned());
    let has_account = |loaded: &Loaded| loaded.spec.account.is_some();
    let may_be_here = |other: &&Loaded| {
        region(other).is_some()
            && region(other) == region(environment)
            && !(has_account(other) && has_account(environment))
    };
    environments.iter().filter(may_be_here).find_map(|other| other.spec.registry.as_ref()).map(|registry| registry.span)
}

/// The account and the region of a registry. Without an account, two environments could have different ones.
fn registry_of(environment: &Loaded) -> Option<(&str, &str)> {
    let spec = &environment.spec;
    Some((spec.account.as_ref()?.value.as_str(), spec.region.as_ref()?.value.as_str()))
}

/// Adds to each `registry` what it says about the repositories of the other environments of a spec, and which registries these
/// define.
pub fn add_neighbors(environments: &mut [Platform]) {
    let defined = defined_by(environments);
    for at in 0..environments.len() {
        if let Some(registry) = &mut environments[at].registry {
            registry.defined.clone_from(&defined);
        }
        let owner = &environments[at];
        let Some(registry) = &owner.registry else { continue };
        let others = environments.iter().filter(|other| other.registry.is_none() && is_same_registry(owner, other));
        let neighbors: Vec<Repository> = others.flat_map(scanned).cloned().collect();
        if neighbors.is_empty() {
            continue;
        }
        let scanned: Vec<&Repository> = scanned(owner).chain(&neighbors).collect();
        let scanning = scanning::resolve(registry.scanning.scanner, &scanned);
        environments[at].registry = Some(Registry { scanning, neighbors, ..registry.clone() });
    }
}

fn defined_by(environments: &[Platform]) -> BTreeMap<(String, String), String> {
    let owners = environments.iter().filter(|environment| environment.registry.is_some());
    let named = owners.filter_map(|owner| {
        let account = owner.scope.account.clone()?;
        Some(((account, owner.region.clone()), owner.scope.environment.to_string()))
    });
    named.collect()
}

/// The repositories that the filters of a registry are computed from.
fn scanned(platform: &Platform) -> impl Iterator<Item = &Repository> {
    platform.repositories.iter().chain(platform.templates.iter().map(|template| &template.created))
}

/// Whether the repositories of both are certainly in one registry.
pub fn is_same_registry(one: &Platform, other: &Platform) -> bool {
    one.scope.account.is_some() && one.scope.account == other.scope.account && one.region == other.region
}

/// Whether the repositories of both may be in one registry. An account that is not known could be any.
pub fn may_be_same_registry(one: &Platform, other: &Platform) -> bool {
    let (account, theirs) = (&one.scope.account, &other.scope.account);
    one.region == other.region && (account.is_none() || theirs.is_none() || account == theirs)
}
