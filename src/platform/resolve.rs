//! One environment of a spec to a platform, step by step. What a step is given is all that it depends on.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::{assertion, expectation};
use super::naming::scope::Unreadable;
use super::root_module::{self, outputs, variables};
use super::{
    Access, Classes, EncryptionKey, Iam, Monitoring, Platform, Repository, RootModule, Scope, Workspace, access,
    ecrgen_version, monitoring, registry, repositories, resource_tags,
};
use crate::decode::Map;
use crate::diagnostic::{Diagnostic, Severity};
use crate::language::load::Loaded;
use crate::language::{Names, Spec};
use crate::simulation::Prices;
use crate::source::{Span, Spanned};

/// Resolves one environment of a spec: all of the platform that is good, and the faults of the rest. What
/// has a fault is left out, so the platform is whole only if there is none; without a root module there is none.
pub fn resolve(loaded: &Loaded, faults: &mut Vec<Diagnostic>) -> Option<Platform> {
    let spec = &loaded.spec;
    let naming = Naming::of(loaded);
    let (resource_tags, tags_span) = resource_tags::resolve(spec, &naming.scope, faults);
    let images = Images::resolve(spec, &naming, faults);
    let entries = Entries::resolve(spec, &naming, &images.repositories, faults);
    faults.extend(resource_tags::check(&images.repositories, &resource_tags));
    let around = Surroundings::resolve(spec, &naming, faults)?;

    // Without a root module there is no output. The rest is about the output, and refers to what the steps above made.
    faults.extend(ecrgen_version::check(spec.ecrgen.as_ref()));
    outputs::check(spec, &entries.access, images.encryption_key.as_ref(), faults);
    let expectations = expectation::resolve(spec, &images.classes, &naming.scope, faults);
    let assertions = images.assertions(spec, &naming.scope, faults);
    let oidc_providers = access::oidc_providers::resolve(spec, &entries.access, faults);

    let mut platform = Platform {
        region: naming.scope.region.clone(),
        region_span: spec.region.as_ref().map_or(naming.span, |region| region.span),
        account_span: spec.account.as_ref().map_or(naming.span, |account| account.span),
        account_was: spec.account_was.clone(),
        scope: naming.scope,
        span: naming.span,
        environment_span: spec.environment.as_ref().map_or(naming.span, |environment| environment.span),
        resource_tags,
        tags_span,
        classes: images.classes,
        repositories: images.repositories,
        encryption_key: images.encryption_key,
        registry: spec.registry.as_ref().map(registry::resolve),
        removed: entries_of(spec.removed.as_ref()).collect(),
        oidc_providers,
        iam: entries.iam,
        access: entries.access,
        monitoring: around.monitoring,
        workspace: around.workspace,
        root: around.root,
        variables: BTreeMap::new(),
        outputs: entries_of(spec.outputs.as_ref()).collect(),
        expectations,
        assertions,
        prices: prices(spec),
        waivers: spec.waive.iter().flat_map(|map| map.entries.clone()).collect(),
    };
    // A variable can be written anywhere in a platform.
    platform.variables = variables::collect(&platform, faults);
    // Nothing is proven about a platform from which parts are left out, so this looks at the faults of every step.
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        platform.assertions.clear();
    }
    Some(platform)
}

/// What names are made of, and the templates they follow. Everything else needs it, and it needs nothing.
struct Naming {
    scope: Scope,
    names: Names,
    /// Where the platform's name is written.
    span: Span,
}

impl Naming {
    fn of(loaded: &Loaded) -> Self {
        let Loaded { spec, broken } = loaded;
        // What is missing is reported already; names made with it shall not be faults of their own.
        let stand_in = "unnamed";
        let no_templates = Names { repository: None, role: None, policy: None, key_alias: None, span: spec.span };
        Naming {
            scope: Scope {
                platform: spec.platform.as_ref().map_or(stand_in, |name| name.as_str()).to_owned(),
                environment: spec.environment.as_ref().map_or(stand_in, |name| name.as_str()).to_owned(),
                region: spec.region.as_ref().map_or(stand_in, |region| region.as_str()).to_owned(),
                account: spec.account.as_ref().map(|account| account.as_str().to_owned()),
                unreadable: Unreadable::of(broken),
            },
            names: spec.names.clone().unwrap_or(no_templates),
            span: spec.platform.as_ref().map_or(spec.span, |name| name.span),
        }
    }
}

/// What holds images: classes of their tags, then the repositories, whose retention speaks of classes, then the key
/// that repositories ask for.
struct Images {
    classes: Classes,
    repositories: Vec<Repository>,
    encryption_key: Option<EncryptionKey>,
}

impl Images {
    fn resolve(spec: &Spec, naming: &Naming, faults: &mut Vec<Diagnostic>) -> Self {
        let Naming { scope, names, .. } = naming;
        let classes = Classes::resolve(spec.image_tags.as_ref(), scope.unreadable.image_tags, scope, faults);
        let repositories = repositories::resolve(spec, names, &classes, scope, faults);
        let encryption_key = repositories::encryption_key::resolve(spec, &repositories, names, scope, faults);
        Images { classes, repositories, encryption_key }
    }

    /// Assertions about settings are tried on the repositories.
    fn assertions(&self, spec: &Spec, scope: &Scope, faults: &mut Vec<Diagnostic>) -> Vec<assertion::Assertion> {
        let Images { repositories, classes, .. } = self;
        assertion::resolve(&assertion::Known { spec, repositories, classes, scope }, faults)
    }
}

/// What the spec says about IAM as a whole, and the access entries.
struct Entries {
    iam: Iam,
    access: Vec<Access>,
}

impl Entries {
    /// An entry that covers a repository with a fault covers the others.
    fn resolve(spec: &Spec, naming: &Naming, repositories: &[Repository], faults: &mut Vec<Diagnostic>) -> Self {
        let Naming { scope, names, span } = naming;
        let iam = access::iam::resolve(spec.iam.as_ref(), spec.workspace.is_some(), *span, scope, faults);
        let mut access = access::resolve(spec, names, scope, faults);
        let whole: BTreeSet<&str> = repositories.iter().map(|repository| repository.key.as_str()).collect();
        access.iter_mut().for_each(|access| access.repositories.retain(|key| whole.contains(key.as_str())));
        Entries { iam, access }
    }
}

/// What surrounds the repositories and the access to them: nothing here depends on either.
struct Surroundings {
    monitoring: Monitoring,
    workspace: Option<Workspace>,
    root: RootModule,
}

impl Surroundings {
    /// `None` without a root module.
    fn resolve(spec: &Spec, naming: &Naming, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let Naming { scope, span, .. } = naming;
        let monitoring = monitoring::resolve(spec.monitoring.as_ref(), &scope.trail_bucket_prefix(), faults);
        let workspace = spec.workspace.as_ref().map(|written| root_module::workspace::resolve(written, scope));
        let workspace = workspace.transpose().unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        let root = root_module::resolve(spec.terraform.as_ref(), *span, scope, faults)?;
        Some(Surroundings { monitoring, workspace, root })
    }
}

/// The prices that are written, and the built-in ones for the rest.
fn prices(spec: &Spec) -> Prices {
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

/// The entries of a map in the order of the spec.
fn entries_of<K: AsRef<str>, V: Clone>(map: Option<&Map<K, V>>) -> impl Iterator<Item = (String, V)> {
    map.into_iter().flat_map(|map| &map.entries).map(|(key, value)| (key.value.as_ref().to_owned(), value.clone()))
}
