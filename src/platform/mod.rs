//! What a spec means: defaults applied, names computed, references resolved.
//!
//! In a [`Platform`] names are good names, and nothing asks "was it written or defaulted?". Resolving
//! returns all that is good and the faults of the rest.

pub mod access;
pub mod assertion;
pub mod class;
pub mod classes;
pub mod ecrgen_version;
pub mod encryption_key;
pub mod expectation;
pub mod guests;
pub mod iam;
pub mod issuer;
pub mod label;
pub mod lifecycle_policy;
pub mod monitoring;
pub mod oidc_providers;
pub mod outputs;
pub mod registry;
pub mod repositories;
pub mod repository;
pub mod resource_tags;
pub mod retention;
pub mod root_module;
pub mod tag_language;
pub mod template;
pub mod uniqueness;
pub mod variables;
pub mod workspace;

use std::collections::{BTreeMap, BTreeSet};

pub use access::{Access, Principal, Role};
pub use classes::Classes;
pub use encryption_key::EncryptionKey;
pub use iam::Iam;
pub use label::Label;
pub use monitoring::Monitoring;
pub use registry::Registry;
pub use repository::Repository;
pub use root_module::RootModule;
pub use variables::Variable;
pub use workspace::Workspace;

use crate::decode::Map;
use crate::diagnostic::{Diagnostic, Severity};
use crate::language::load::Loaded;
use crate::language::oidc_provider::OidcProvider;
use crate::language::waiver::Waiver;
use crate::language::{Names, Removal};
use crate::simulation::Prices;
use crate::source::{Span, Spanned};
use crate::value::OutputPath;

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
    pub expectations: Vec<expectation::Expectation>,
    /// What is asserted of policies and repositories; nothing where there is an error, for then nothing is proven.
    pub assertions: Vec<assertion::Assertion>,
    /// Prices for simulations.
    pub prices: Prices,
    /// Accepted findings, by rule.
    pub waivers: Vec<(Spanned<crate::value::RuleCode>, Waiver)>,
}

/// What names are made of.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// `{platform}`.
    pub platform: String,
    /// `{environment}`.
    pub environment: String,
    /// `{region}`; absent only after a fault.
    pub region: Option<String>,
    /// `{account}`.
    pub account: Option<String>,
    /// Top-level keys that could not be read, and of whose content nothing can be said.
    pub broken: Vec<&'static str>,
}

impl Scope {
    /// What the platform's own things are called, for example the trail: `piksel-shared-ecr`.
    pub fn base_name(&self) -> String {
        format!("{}-{}-ecr", self.platform, self.environment)
    }

    /// What the role and the policy of a phase of the workspace's runs are called: `piksel-shared-ecr-hcp-plan`.
    pub fn run_name(&self, phase: &str) -> String {
        format!("{}-hcp-{phase}", self.base_name())
    }

    /// What the permissions boundary made here is called.
    pub fn boundary_name(&self) -> String {
        format!("{}-boundary", self.base_name())
    }

    /// The audit trail's bucket, up to the account's id that makes it unique in the world.
    pub fn trail_bucket_prefix(&self) -> String {
        format!("{}-trail-", self.base_name())
    }

    /// The log group of the registry's events. EventBridge writes below `/aws/events/`.
    pub fn log_group(&self) -> String {
        format!("/aws/events/{}", self.base_name())
    }
}

/// Resolves one environment of a spec: all of the platform that is good, and the faults of the rest. What
/// has a fault is left out, so the platform is whole only if there is none; without a root module there is none.
pub fn resolve(loaded: &Loaded, faults: &mut Vec<Diagnostic>) -> Option<Platform> {
    let Loaded { spec, broken } = loaded;
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let known = ["repositories", "image_tags", "access"];
    // What is missing is reported already; names made with it shall not be faults of their own.
    let stand_in = "unnamed";
    let scope = Scope {
        platform: spec.platform.as_ref().map_or(stand_in, |name| name.as_str()).to_owned(),
        environment: spec.environment.as_ref().map_or(stand_in, |name| name.as_str()).to_owned(),
        region: Some(spec.region.as_ref().map_or(stand_in, |region| region.as_str()).to_owned()),
        account: spec.account.as_ref().map(|account| account.as_str().to_owned()),
        broken: known.into_iter().filter(|key| broken.iter().any(|other| other == key)).collect(),
    };
    let span = spec.platform.as_ref().map_or(spec.span, |name| name.span);
    let names = spec.names.clone().unwrap_or(Names {
        repository: None,
        role: None,
        policy: None,
        key_alias: None,
        span: spec.span,
    });
    let (resource_tags, tags_span) = resource_tags::resolve(spec, &scope, faults);
    let classes = Classes::resolve(spec.image_tags.as_ref(), scope.broken.contains(&"image_tags"), &scope, faults);
    let repositories = repositories::resolve(spec, &names, &classes, &scope, faults);
    let encryption_key = encryption_key::resolve(spec, &repositories, &names, &scope, faults);
    let iam = iam::resolve(spec.iam.as_ref(), spec.workspace.is_some(), span, &scope, faults);
    let mut access = access::resolve(spec, &names, &scope, faults);
    let whole: BTreeSet<&str> = repositories.iter().map(|repository| repository.key.as_str()).collect();
    access.iter_mut().for_each(|access| access.repositories.retain(|key| whole.contains(key.as_str())));
    let monitoring = monitoring::resolve(spec.monitoring.as_ref(), &scope.trail_bucket_prefix(), faults);
    let workspace = spec.workspace.as_ref().map(|written| workspace::resolve(written, &scope)).transpose();
    let workspace = workspace.unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let root = root_module::resolve(spec.terraform.as_ref(), span, &scope, faults)?;
    faults.extend(ecrgen_version::check(spec.ecrgen.as_ref()));
    outputs::check(spec, &access, encryption_key.as_ref(), faults);
    let expectations = expectation::resolve(spec, &classes, &scope, faults);
    let known = assertion::Known { spec, repositories: &repositories, classes: &classes, scope: &scope };
    let assertions = assertion::resolve(&known, faults);
    let mut platform = Platform {
        region: text(scope.region.as_deref()),
        scope,
        span,
        environment_span: spec.environment.as_ref().map_or(span, |environment| environment.span),
        resource_tags,
        tags_span,
        classes,
        repositories,
        encryption_key,
        registry: spec.registry.as_ref().map(registry::resolve),
        removed: by_name(spec.removed.as_ref()),
        oidc_providers: oidc_providers::resolve(spec, &access, faults),
        iam,
        access,
        monitoring,
        workspace,
        root,
        variables: BTreeMap::new(),
        outputs: spec
            .outputs
            .iter()
            .flat_map(|map| &map.entries)
            .map(|(k, v)| (k.as_str().to_owned(), v.clone()))
            .collect(),
        expectations,
        assertions,
        prices: prices(spec),
        waivers: spec.waive.iter().flat_map(|map| map.entries.clone()).collect(),
    };
    platform.variables = variables::collect(&platform, faults);
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        platform.assertions.clear();
    }
    Some(platform)
}

/// What is written, the rest built in.
fn prices(spec: &crate::language::Spec) -> Prices {
    let built_in = Prices::default();
    let Some(written) = &spec.prices else { return built_in };
    let price = |price: &Option<Spanned<crate::language::prices::Dollars>>, otherwise| {
        price.as_ref().map_or(otherwise, |price| price.get())
    };
    Prices {
        as_of: written.as_of.as_str().to_owned(),
        storage_gb_month: price(&written.storage_gb_month, built_in.storage_gb_month),
        archive_gb_month: written.archive_gb_month.as_ref().map(|price| price.get()),
        cross_region_gb: price(&written.cross_region_gb, built_in.cross_region_gb),
        enhanced_scan_image: price(&written.enhanced_scan_image, built_in.enhanced_scan_image),
    }
}

fn by_name<K: AsRef<str>, V: Clone>(map: Option<&Map<K, V>>) -> BTreeMap<String, V> {
    map.into_iter()
        .flat_map(|map| &map.entries)
        .map(|(key, value)| (key.value.as_ref().to_owned(), value.clone()))
        .collect()
}

impl Platform {
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
