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
pub mod resource_tags;
pub mod root_module;
pub mod uniqueness;

use std::collections::{BTreeMap, BTreeSet};

pub use access::iam::Iam;
pub use crate::language::Removal;
pub use crate::language::repository::policy_statement::PolicyStatement;
pub use crate::language::repository::{Encryption, TagMutability};
pub use crate::language::waiver::Waiver;
pub use access::{Access, Role};
pub use image_tags::classes::Classes;
pub use monitoring::Monitoring;
pub use naming::label::Label;
pub use naming::scope::Scope;
pub use registry::Registry;
pub use repositories::encryption_key::EncryptionKey;
pub use repositories::repository::Repository;
pub use root_module::RootModule;
pub use root_module::variables::Variable;
pub use root_module::workspace::Workspace;

use crate::decode::Map;
use crate::diagnostic::{Diagnostic, Severity};
use crate::language::load::Loaded;
use crate::language::Names;
use crate::principals::{OidcProvider, Setting};
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
    pub expectations: Vec<claims::expectation::Expectation>,
    /// What is asserted of policies and repositories; nothing where there is an error, for then nothing is proven.
    pub assertions: Vec<claims::assertion::Assertion>,
    /// Prices for simulations.
    pub prices: Prices,
    /// Accepted findings, by rule.
    pub waivers: Vec<(Spanned<crate::value::RuleCode>, Waiver)>,
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
    let encryption_key = repositories::encryption_key::resolve(spec, &repositories, &names, &scope, faults);
    let iam = access::iam::resolve(spec.iam.as_ref(), spec.workspace.is_some(), span, &scope, faults);
    let mut access = access::resolve(spec, &names, &scope, faults);
    let whole: BTreeSet<&str> = repositories.iter().map(|repository| repository.key.as_str()).collect();
    access.iter_mut().for_each(|access| access.repositories.retain(|key| whole.contains(key.as_str())));
    let monitoring = monitoring::resolve(spec.monitoring.as_ref(), &scope.trail_bucket_prefix(), faults);
    let workspace = spec.workspace.as_ref().map(|written| root_module::workspace::resolve(written, &scope)).transpose();
    let workspace = workspace.unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let root = root_module::resolve(spec.terraform.as_ref(), span, &scope, faults)?;
    faults.extend(ecrgen_version::check(spec.ecrgen.as_ref()));
    root_module::outputs::check(spec, &access, encryption_key.as_ref(), faults);
    let expectations = claims::expectation::resolve(spec, &classes, &scope, faults);
    let known = claims::assertion::Known { spec, repositories: &repositories, classes: &classes, scope: &scope };
    let assertions = claims::assertion::resolve(&known, faults);
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
        oidc_providers: access::oidc_providers::resolve(spec, &access, faults),
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
    platform.variables = root_module::variables::collect(&platform, faults);
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
