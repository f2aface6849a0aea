//! Resolves a spec: applies defaults, computes names and resolves references.
//!
//! The names in a [`Platform`] are valid, and nothing depends on whether a value was written or is a default. Resolving
//! returns every valid part and the errors of the others.

pub mod access;
pub mod claims;
pub mod ecrgen_version;
pub mod event_filter;
pub mod image_tags;
pub mod mixed;
pub mod monitoring;
pub mod naming;
pub mod overreach;
pub mod pipelines;
pub mod pull_through_cache;
pub mod registry;
pub mod replication;
pub mod repositories;
mod resolve;
pub mod resource_tags;
pub mod root_module;
pub mod uniqueness;
pub mod unscanned;

use std::collections::BTreeMap;

pub use crate::language::Removal;
pub use crate::language::key_places::KeyPlaces;
pub use crate::language::repository::given::Given;
pub use crate::language::repository::guard_rails::{Deny, OnlyFrom, Unless};
pub use crate::language::repository::policy_statement::PolicyStatement;
pub use crate::language::repository::{Encryption, TagMutability};
pub use crate::language::waiver::Waiver;
pub use access::iam::Iam;
pub use access::service_role::ServiceRole;
pub use access::{Access, Role};
pub use image_tags::classes::Classes;
pub use monitoring::Monitoring;
pub use naming::label::Label;
pub use naming::scope::Scope;
pub use pipelines::Pipeline;
pub use pull_through_cache::Cache;
pub use registry::Registry;
pub use repositories::encryption_key::EncryptionKey;
pub use repositories::prefix::ROOT;
pub use repositories::repository::Repository;
pub use repositories::template::{Occasion, Template};
pub use resolve::resolve;
pub use root_module::RootModule;
pub use root_module::variables::Variable;
pub use root_module::workspace::Workspace;

use crate::diagnostic::Gaps;
use crate::language::registry::Scanner;
use crate::principals::{OidcProvider, Setting};
use crate::simulation::Prices;
use crate::source::{Span, Spanned};
use crate::value::{AccountId, OutputPath, RepositoryArn};

/// The version of ecrgen.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A platform in one environment.
#[derive(Clone, Debug)]
pub struct Platform {
    /// The values that names are built from.
    pub scope: Scope,
    /// Where the platform's name is written.
    pub span: Span,
    /// Where the keys of the spec are.
    pub keys: KeyPlaces,
    /// Where its environment is written.
    pub environment_span: Span,
    /// The home region.
    pub region: String,
    /// Where the region is written.
    pub region_span: Span,
    /// Where the account is written, or the platform's name.
    pub account_span: Span,
    /// The account that the platform moves from.
    pub account_was: Option<Spanned<AccountId>>,
    /// AWS tags of all resources that can have tags.
    pub resource_tags: BTreeMap<String, String>,
    /// Where the tags are written.
    pub tags_span: Span,
    /// The classes of image tags.
    pub classes: Classes,
    /// Repositories, sorted by key.
    pub repositories: Vec<Repository>,
    /// The templates of repositories that ECR creates, sorted by prefix.
    pub templates: Vec<Template>,
    /// The role that ECR creates repositories with, if a template needs one.
    pub template_role: Option<ServiceRole>,
    /// The role that ECR pulls from other accounts with, if a pull through cache rule needs one.
    pub cache_role: Option<ServiceRole>,
    /// The KMS key created for the repositories, if any.
    pub encryption_key: Option<EncryptionKey>,
    /// The KMS keys created for replicas, by region.
    pub replica_keys: BTreeMap<String, EncryptionKey>,
    /// The registry-wide settings, if this spec defines them.
    pub registry: Option<Registry>,
    /// What scans the images, if `registry` of this environment or of another one of the spec says so.
    pub scanner: Option<Scanner>,
    /// What to do with repositories that were removed from the spec.
    pub removed: BTreeMap<String, Spanned<Removal>>,
    /// The names in AWS of repositories that were removed, or that had another key (`was`).
    pub former_names: BTreeMap<String, String>,
    /// The IAM OIDC providers that the spec lists.
    pub oidc_providers: BTreeMap<String, Spanned<OidcProvider>>,
    /// Settings shared by all roles and policies of the output.
    pub iam: Iam,
    /// The access entries.
    pub access: Vec<Access>,
    /// Monitoring settings.
    pub monitoring: Monitoring,
    /// The pipelines.
    pub pipelines: Vec<Pipeline>,
    /// The HCP Terraform workspace.
    pub workspace: Option<Workspace>,
    /// The root module.
    pub root: RootModule,
    /// The variables of the root module.
    pub variables: BTreeMap<String, Variable>,
    /// Outputs that the spec adds or renames.
    pub outputs: Vec<(String, Spanned<OutputPath>)>,
    /// The expectations about retention.
    pub expectations: Vec<claims::expectation::Expectation>,
    /// The assertions about policies and repositories. Empty if there are errors, because nothing is proven then.
    pub assertions: Vec<claims::assertion::Assertion>,
    /// The prices that simulations use.
    pub prices: Prices,
    /// The waivers, by rule.
    pub waivers: Vec<(Spanned<crate::value::RuleCode>, Waiver)>,
    /// The parts that are missing because they have errors.
    pub gaps: Gaps,
}

impl Platform {
    /// The settings that the policies of principals depend on.
    pub fn setting(&self) -> Setting<'_> {
        Setting {
            region: &self.region,
            account: self.scope.account.as_deref(),
            oidc_providers: &self.oidc_providers,
            has_workspace: self.workspace.is_some(),
        }
    }

    /// The place of the first of these keys that the spec has, or of the platform's name.
    pub fn place_of(&self, paths: &[&str]) -> Span {
        self.keys.first(paths).unwrap_or(self.span)
    }

    /// Whether the spec states what happens to something that leaves the output. `applied` is only for what left it earlier.
    pub fn removes(&self, name: &str) -> bool {
        self.removed.get(name).is_some_and(|removal| removal.value != Removal::Applied)
    }

    /// The place of the name of an entry of `removed`.
    pub fn place_of_removed(&self, name: &str) -> Span {
        self.place_of(&[&format!("removed.{name}"), "removed"])
    }

    /// The roles that ECR assumes.
    pub fn service_roles(&self) -> impl Iterator<Item = &ServiceRole> {
        self.template_role.iter().chain(&self.cache_role)
    }

    /// The pull through cache rules.
    pub fn caches(&self) -> &[Cache] {
        self.registry.as_ref().map_or(&[], |registry| &registry.caches)
    }

    /// The repositories of the spec, and what ECR creates from each template and by each pull through cache rule.
    pub fn all_repositories(&self) -> impl Iterator<Item = &Repository> {
        self.repositories.iter().chain(self.all_created())
    }

    /// What ECR creates below each prefix.
    pub fn all_created(&self) -> impl Iterator<Item = &Repository> {
        let cached = self.caches().iter().filter_map(|cache| cache.created.as_ref());
        self.templates.iter().map(|template| &template.created).chain(cached)
    }

    /// What ECR creates below this prefix.
    pub fn created_below(&self, prefix: &str) -> Option<&Repository> {
        self.all_created().find(|created| created.key == prefix)
    }

    /// The template with this prefix.
    pub fn template(&self, prefix: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.prefix() == prefix)
    }

    /// The repository with this key, or what ECR creates below this prefix.
    pub fn repository_or_created(&self, key: &str) -> Option<&Repository> {
        self.repository(key).or_else(|| self.created_below(key))
    }

    /// What ECR creates with this name, or below this prefix. The longest prefix decides (ECR user guide, "Templates to control repositories created
    /// during a pull through cache, create on push, or replication action").
    pub fn created(&self, name: &str) -> Option<&Repository> {
        let created = self.all_created();
        let covers = |one: &&Repository| {
            one.key == name || one.name.strip_suffix('*').is_some_and(|start| name.starts_with(start))
        };
        let covering = created.filter(covers);
        covering.max_by_key(|one| one.name.len())
    }

    /// Whether a repository is certainly in the registry of the platform.
    pub fn has_registry_of(&self, arn: &RepositoryArn) -> bool {
        self.scope.account.as_deref() == Some(arn.account()) && self.region == arn.region()
    }

    /// The repository with this key.
    pub fn repository(&self, key: &str) -> Option<&Repository> {
        let found = self.repositories.binary_search_by(|repository| repository.key.as_str().cmp(key));
        found.ok().map(|at| &self.repositories[at])
    }

    /// The repository that had this key before, as its `was` states.
    pub fn renamed_from(&self, key: &str) -> Option<&Repository> {
        let was = |repository: &&Repository| repository.was.as_ref().is_some_and(|was| was.as_str() == key);
        self.repositories.iter().find(was)
    }
}
