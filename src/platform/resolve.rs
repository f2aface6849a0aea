//! Resolves one environment of a spec into a platform, in steps. Each step depends only on its arguments.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::{assertion, expectation};
use super::naming::scope::Unreadable;
use super::registry::Decides;
use super::root_module::{self, outputs, variables};
use super::{
    Access, Classes, EncryptionKey, Iam, Monitoring, Platform, Registry, Repository, RootModule, Scope, ServiceRole,
    Template, Workspace, access, ecrgen_version, monitoring, pipelines, registry, repositories, resource_tags,
};
use crate::decode::Map;
use crate::diagnostic::{Diagnostic, Gaps, Severity};
use crate::language::load::Loaded;
use crate::language::{Names, Spec};
use crate::lifecycle;
use crate::simulation::Prices;
use crate::source::{Span, Spanned};

/// Resolves one environment of a spec into the valid parts of the platform and the errors of the others. Parts with an
/// error are left out, so the platform is complete only if there are no errors. Without a root module the result is
/// `None`. `environments` are all environments of the spec.
pub fn resolve(loaded: &Loaded, environments: &[Loaded], faults: &mut Vec<Diagnostic>) -> Option<Platform> {
    let spec = &loaded.spec;
    let naming = Naming::of(loaded);
    let (resource_tags, tags_span) = resource_tags::resolve(spec, &naming.scope, faults);
    let images = Images::resolve(spec, &naming, faults);
    let registry = spec.registry.as_ref();
    let registry = registry
        .map(|written| registry::resolve(written, &images.repositories, &images.templates, &naming.scope, faults));
    let cache_role = registry.as_ref().and_then(|registry| cache_role(registry, &naming, faults));
    let entries = Entries::resolve(spec, &naming, &images, registry.as_ref(), faults);
    faults.extend(resource_tags::check(images.all(), &resource_tags));
    faults.extend(repositories::guard_rails::check(spec, &naming.scope));
    let template_role = images.template_role(&naming, &resource_tags, faults);
    let decides = Decides::about(loaded, environments);
    if environments.iter().all(|environment| environment.gaps.spare("registry")) {
        let scanned: Vec<&Repository> = images.all().collect();
        faults.extend(registry::check::check(
            registry.as_ref(),
            decides,
            registry::may_decide(loaded, environments),
            &scanned,
        ));
    }
    let around = Surroundings::resolve(spec, &naming, faults)?;
    let mut root = around.root;
    root.set =
        repositories::set::resolve(spec, &images.repositories, &naming.names, &images.classes, &naming.scope, faults);
    let removed: BTreeMap<String, _> = entries_of(spec.removed.as_ref()).collect();
    let former_names = repositories::former_names(&removed, &images.repositories, &naming.names, &naming.scope);

    // Without a root module there is no output. The steps below are about the output and use the results of those
    // above.
    faults.extend(ecrgen_version::check(spec.ecrgen.as_ref()));
    outputs::check(spec, &entries.access, images.encryption_key.as_ref(), &naming.scope, faults);
    let expectations = expectation::resolve(spec, &images.classes, &naming.scope, faults);
    let assertions = images.assertions(spec, registry.as_ref(), &naming.scope, faults);
    let pipelines = pipelines::resolve(
        &pipelines::Known {
            spec,
            access: &entries.access,
            templates: &images.templates,
            classes: &images.classes,
            scope: &naming.scope,
        },
        faults,
    );
    let oidc_providers = access::oidc_providers::resolve(spec, &entries.access, faults);

    let mut platform = Platform {
        region: naming.scope.region.clone(),
        region_span: spec.region.as_ref().map_or(naming.span, |region| region.span),
        account_span: spec.account.as_ref().map_or(naming.span, |account| account.span),
        account_was: spec.account_was.clone(),
        scope: naming.scope,
        span: naming.span,
        keys: loaded.keys.clone(),
        environment_span: spec.environment.as_ref().map_or(naming.span, |environment| environment.span),
        resource_tags,
        tags_span,
        classes: images.classes,
        repositories: images.repositories,
        templates: images.templates,
        template_role,
        encryption_key: images.encryption_key,
        replica_keys: images.replica_keys,
        registry,
        scanner: decides.map(|decides| decides.scanner),
        cache_role,
        removed,
        former_names,
        oidc_providers,
        iam: entries.iam,
        access: entries.access,
        monitoring: around.monitoring,
        pipelines,
        workspace: around.workspace,
        root,
        variables: BTreeMap::new(),
        outputs: entries_of(spec.outputs.as_ref()).collect(),
        expectations,
        assertions,
        prices: prices(spec),
        waivers: spec.waive.iter().flat_map(|map| map.entries.clone()).collect(),
        gaps: loaded.gaps.clone(),
    };
    // Variables can be used anywhere in a platform.
    platform.variables = variables::collect(&platform, faults);
    // Nothing can be proven about an incomplete platform, so this checks the errors of every step.
    platform.gaps.extend(Gaps::of(faults.iter().filter(|fault| !is_about_a_complete_policy(fault))));
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        platform.assertions.clear();
    }
    Some(platform)
}

/// Whether a finding is about a lifecycle policy that AWS would reject. Nothing is missing from it.
fn is_about_a_complete_policy(finding: &Diagnostic) -> bool {
    lifecycle::constraints().any(|constraint| constraint.code == *finding.code)
}

/// The values that names are built from, and the templates. All other steps depend on this one.
struct Naming {
    scope: Scope,
    names: Names,
    /// Where the platform's name is written.
    span: Span,
}

impl Naming {
    fn of(loaded: &Loaded) -> Self {
        let Loaded { spec, broken, gaps, .. } = loaded;
        // A missing value has already been reported. Names built with the stand-in must not cause more errors.
        let stand_in = "unnamed";
        let no_templates = Names { repository: None, role: None, policy: None, key_alias: None, span: spec.span };
        Naming {
            scope: Scope {
                platform: spec.platform.as_ref().map_or(stand_in, |name| name.as_str()).to_owned(),
                environment: spec.environment.as_ref().map_or(stand_in, |name| name.as_str()).to_owned(),
                region: spec.region.as_ref().map_or(stand_in, |region| region.as_str()).to_owned(),
                account: spec.account.as_ref().map(|account| account.as_str().to_owned()),
                unreadable: Unreadable::of(broken, gaps),
            },
            names: spec.names.clone().unwrap_or(no_templates),
            span: spec.platform.as_ref().map_or(spec.span, |name| name.span),
        }
    }
}

/// The classes of image tags, then the repositories, whose retention rules name classes, then the key that repositories
/// use.
struct Images {
    classes: Classes,
    repositories: Vec<Repository>,
    templates: Vec<Template>,
    encryption_key: Option<EncryptionKey>,
    replica_keys: BTreeMap<String, EncryptionKey>,
}

impl Images {
    fn resolve(spec: &Spec, naming: &Naming, faults: &mut Vec<Diagnostic>) -> Self {
        let Naming { scope, names, .. } = naming;
        let classes = Classes::resolve(spec.image_tags.as_ref(), scope.unreadable.image_tags, scope, faults);
        let repositories = repositories::resolve(spec, names, &classes, scope, faults);
        let templates = repositories::template::resolve(spec, &classes, scope, faults);
        let replica_keys = repositories::encryption_key::of_replicas(&repositories, names, scope, faults);
        let mut images = Images { classes, repositories, templates, encryption_key: None, replica_keys };
        images.encryption_key = repositories::encryption_key::resolve(spec, images.all(), names, scope, faults);
        images
    }

    /// The repositories of the spec, and what ECR creates from each template.
    fn all(&self) -> impl Iterator<Item = &Repository> {
        self.repositories.iter().chain(self.templates.iter().map(|template| &template.created))
    }

    /// The role that ECR creates repositories with, if a template needs one.
    fn template_role(
        &self,
        naming: &Naming,
        tags: &BTreeMap<String, String>,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<ServiceRole> {
        let template = self.templates.iter().find(|template| template.needs_role(tags))?;
        let Naming { scope, names, .. } = naming;
        let role = access::service_role::resolve("creation-templates", names, scope, template.created.span);
        role.map_err(|fault| faults.push(fault.at(template.created.path()))).ok()
    }

    /// The assertions. Assertions about settings are evaluated against the repositories.
    fn assertions(
        &self,
        spec: &Spec,
        registry: Option<&Registry>,
        scope: &Scope,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<assertion::Assertion> {
        let repositories = self.all().collect();
        let cached = registry.iter().flat_map(|registry| &registry.caches).map(|cache| cache.prefix.as_str()).collect();
        assertion::resolve(&assertion::Known { spec, repositories, cached, classes: &self.classes, scope }, faults)
    }
}

/// The settings for all of IAM, and the access entries.
struct Entries {
    iam: Iam,
    access: Vec<Access>,
}

impl Entries {
    /// Resolves the entries. A repository with an error is removed from the entries that cover it.
    fn resolve(
        spec: &Spec,
        naming: &Naming,
        images: &Images,
        registry: Option<&Registry>,
        faults: &mut Vec<Diagnostic>,
    ) -> Self {
        let Naming { scope, names, span } = naming;
        let has_workspace = spec.workspace.is_some() || scope.unreadable.workspace;
        let iam = access::iam::resolve(spec.iam.as_ref(), has_workspace, *span, scope, faults);
        let mut access = access::resolve(spec, names, scope, faults);
        let cached = registry.into_iter().flat_map(|registry| &registry.caches).map(|cache| cache.prefix.as_str());
        let whole: BTreeSet<&str> = images.all().map(|one| one.key.as_str()).chain(cached).collect();
        access.iter_mut().for_each(|access| access.repositories.retain(|key| whole.contains(key.as_str())));
        Entries { iam, access }
    }
}

/// The role that ECR pulls from other accounts with, if a pull through cache rule needs one.
fn cache_role(registry: &Registry, naming: &Naming, faults: &mut Vec<Diagnostic>) -> Option<ServiceRole> {
    let Naming { scope, names, .. } = naming;
    let cache = registry.caches.iter().find(|cache| cache.needs_role(scope.account.as_deref()))?;
    let role = access::service_role::resolve("pull-through-cache", names, scope, cache.span);
    role.map_err(|fault| faults.push(fault.at(cache.path()))).ok()
}

/// Everything that does not depend on repositories and access entries.
struct Surroundings {
    monitoring: Monitoring,
    workspace: Option<Workspace>,
    root: RootModule,
}

impl Surroundings {
    /// Resolves them; `None` without a root module.
    fn resolve(spec: &Spec, naming: &Naming, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let Naming { scope, span, .. } = naming;
        let monitoring = monitoring::resolve(spec.monitoring.as_ref(), &scope.trail_bucket_prefix(), faults);
        let workspace = spec.workspace.as_ref().map(|written| root_module::workspace::resolve(written, scope));
        let workspace = workspace.transpose().unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        let has_workspace = spec.workspace.is_some() || scope.unreadable.workspace;
        let root = root_module::resolve(spec.terraform.as_ref(), *span, scope, has_workspace, faults)?;
        Some(Surroundings { monitoring, workspace, root })
    }
}

/// The prices of the spec, with the built-in ones as defaults.
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

/// The entries of a map, in the order of the spec.
fn entries_of<K: AsRef<str>, V: Clone>(map: Option<&Map<K, V>>) -> impl Iterator<Item = (String, V)> {
    map.into_iter().flat_map(|map| &map.entries).map(|(key, value)| (key.value.as_ref().to_owned(), value.clone()))
}
