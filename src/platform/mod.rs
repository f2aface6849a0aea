//! What a spec means: defaults applied, names computed, references resolved.
//!
//! In a [`Platform`] names are good names, and nothing asks "was it written or defaulted?". Resolving
//! returns all that is good and the faults of the rest.

pub mod access;
pub mod claims;
pub mod ecrgen_version;
pub mod image_tags;
pub mod monitoring;
pub mod naming;
pub mod registry;
pub mod repositories;
mod resolve;
pub mod resource_tags;
pub mod root_module;
pub mod uniqueness;

use std::collections::BTreeMap;

pub use crate::language::Removal;
pub use crate::language::repository::policy_statement::PolicyStatement;
pub use crate::language::repository::{Encryption, TagMutability};
pub use crate::language::waiver::Waiver;
pub use access::iam::Iam;
pub use access::{Access, Role};
pub use image_tags::classes::Classes;
pub use monitoring::Monitoring;
pub use naming::label::Label;
pub use naming::scope::Scope;
pub use registry::Registry;
pub use repositories::encryption_key::EncryptionKey;
pub use repositories::repository::Repository;
pub use resolve::resolve;
pub use root_module::RootModule;
pub use root_module::variables::Variable;
pub use root_module::workspace::Workspace;

use crate::principals::{OidcProvider, Setting};
use crate::simulation::Prices;
use crate::source::{Span, Spanned};
use crate::value::{AccountId, OutputPath};

/// The version of this ecrgen.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A platform's registry in one environment.
#[derive(Clone, Debug)]
pub struct Platform {
    /// What names are made of.
    pub scope: Scope,
    /// Where the platform's name is written.
    pub span: Span,
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
    /// AWS tags of everything that can be tagged.
    pub resource_tags: BTreeMap<String, String>,
    /// Where the tags are written.
    pub tags_span: Span,
    /// Classes of image tags.
    pub classes: Classes,
    /// Repositories, sorted by key.
    pub repositories: Vec<Repository>,
    /// The KMS key that is made for them, if one is.
    pub encryption_key: Option<EncryptionKey>,
    /// The registry's documents, if the spec owns them.
    pub registry: Option<Registry>,
    /// What becomes of repositories that are gone.
    pub removed: BTreeMap<String, Spanned<Removal>>,
    /// IAM OIDC providers that the spec speaks of.
    pub oidc_providers: BTreeMap<String, Spanned<OidcProvider>>,
    /// What the roles and policies made here have in common.
    pub iam: Iam,
    /// Who can do what.
    pub access: Vec<Access>,
    /// Monitoring.
    pub monitoring: Monitoring,
    /// The HCP Terraform workspace.
    pub workspace: Option<Workspace>,
    /// The root module.
    pub root: RootModule,
    /// Its variables.
    pub variables: BTreeMap<String, Variable>,
    /// Outputs that the spec adds or renames.
    pub outputs: Vec<(String, Spanned<OutputPath>)>,
    /// What is expected of retentions.
    pub expectations: Vec<claims::expectation::Expectation>,
    /// What is asserted of policies and repositories; nothing where there is an error, for then nothing is proven.
    pub assertions: Vec<claims::assertion::Assertion>,
    /// Prices for simulations.
    pub prices: Prices,
    /// Accepted findings, by rule.
    pub waivers: Vec<(Spanned<crate::value::RuleCode>, Waiver)>,
}

impl Platform {
    /// What the documents of its principals depend on.
    pub fn setting(&self) -> Setting<'_> {
        Setting {
            region: &self.region,
            account: self.scope.account.as_deref(),
            oidc_providers: &self.oidc_providers,
            has_workspace: self.workspace.is_some(),
        }
    }

    /// The repository of a key.
    pub fn repository(&self, key: &str) -> Option<&Repository> {
        let found = self.repositories.binary_search_by(|repository| repository.key.as_str().cmp(key));
        found.ok().map(|at| &self.repositories[at])
    }

    /// Whether a key is one of an earlier repository.
    pub fn renamed_from(&self, key: &str) -> Option<&Repository> {
        let was = |repository: &&Repository| repository.was.as_ref().is_some_and(|was| was.as_str() == key);
        self.repositories.iter().find(was)
    }
}
