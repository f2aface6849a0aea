//! The root module of a platform: its folder and its version constraints.

pub mod backend;
pub mod form;
pub mod outputs;
pub mod variables;
pub mod workspace;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, codes};
use crate::language::terraform::{LabelSpelling, ReplicaForm, RepositoryForm, Root, Terraform};
use crate::platform::Scope;
use crate::platform::naming::template::expand;
use crate::platform::repositories::set::RepositorySet;
use crate::source::{Span, Spanned};
use crate::terraform::{Constraint, ModuleSeries, Version};
use crate::tree::RelPath;
use crate::value::{ExactVersion, OrVariable, RoleArn, StateName, VersionConstraint};

use self::backend::Backend;

/// The root module.
#[derive(Clone, Debug)]
pub struct RootModule {
    /// Its folder, relative to the output folder.
    pub directory: RelPath,
    /// The place of the folder, or of the platform's name if no folder is written.
    pub span: Span,
    /// Whether the folder also contains files written by hand.
    pub shared: bool,
    /// Where Terraform keeps the state of the root module, or with a workspace, that of the bootstrap module.
    pub backend: Option<Backend>,
    /// The role that the AWS provider assumes.
    pub assume_role: Option<Spanned<OrVariable<RoleArn>>>,
    /// The version of terraform-aws-modules/ecr/aws, if repositories are `module` blocks.
    pub ecr_module: Option<Spanned<ExactVersion>>,
    /// The earlier form of the repositories.
    pub ecr_module_was: Option<Spanned<RepositoryForm>>,
    /// The repositories that are declared together.
    pub set: Option<RepositorySet>,
    /// Where the spec states that repositories are, or were, declared together.
    pub set_span: Option<Span>,
    /// The earlier spelling of labels.
    pub labels_were: Option<Spanned<LabelSpelling>>,
    /// The earlier configuration of replicas.
    pub replicas_were: Option<Spanned<ReplicaForm>>,
    /// The states that the modules had before.
    pub state_was: Vec<Spanned<StateName>>,
    /// `required_version`.
    pub version: Pin,
    /// `required_providers`: the providers that the modules may need, and those that the spec adds.
    pub providers: BTreeMap<String, Pin>,
}

/// A version constraint and its place. A default of ecrgen has no place.
#[derive(Clone, Debug)]
pub struct Pin {
    /// The constraint.
    pub constraint: Constraint,
    /// The text of the constraint.
    pub text: String,
    /// Its place in the spec.
    pub span: Option<Span>,
}

impl Pin {
    /// A default of ecrgen.
    fn ours(text: &str) -> Self {
        let constraint = Constraint::parse(text).expect("our own constraints are constraints");
        Pin { constraint, text: text.to_owned(), span: None }
    }

    /// A constraint of the spec.
    fn written(written: &Spanned<VersionConstraint>) -> Self {
        let constraint = Constraint::parse(written.as_str()).expect("the form of a constraint is what `parse` reads");
        Pin { constraint, text: written.as_str().to_owned(), span: Some(written.span) }
    }
}

/// The module that `terraform.ecr_module` is a version of.
pub const ECR_MODULE: &str = "terraform-aws-modules/ecr/aws";

/// The versions of that module whose inputs are known, as their first two numbers, oldest first.
pub fn known_modules() -> impl Iterator<Item = String> {
    ModuleSeries::all(ECR_MODULE)
}

/// The oldest Terraform version that the output is tested with. OpenTofu of the same version also accepts the output.
pub const DEFAULT_TERRAFORM: &str = ">= 1.11.0";

/// The AWS provider whose schema the output follows by default.
pub const DEFAULT_AWS: &str = "~> 6.28";

/// The tfe provider of the bootstrap module. Its minor versions contain breaking changes.
pub const DEFAULT_TFE: &str = "~> 0.80.0";

/// The tls provider, which reads an issuer's certificate if an old AWS provider needs its thumbprint.
pub const DEFAULT_TLS: &str = "~> 4.0";

impl RootModule {
    /// Whether the allowed AWS provider may need thumbprints to create an IAM OIDC provider: the argument is optional
    /// since 5.81.0 (terraform-provider-aws, schemas of the releases).
    pub fn wants_thumbprints(&self) -> bool {
        self.admits_aws_before(5, 81, 0)
    }

    /// Whether every allowed AWS provider lets a resource have another region than the provider: since 6.0.0, each regional
    /// resource has the argument `region` (terraform-provider-aws, CHANGELOG). Otherwise, each region needs a provider
    /// configuration.
    pub fn has_region_argument(&self) -> bool {
        !self.admits_aws_before(6, 0, 0)
    }

    /// Whether every allowed Terraform knows `destroy = false` in the `lifecycle` block of a resource: Terraform does
    /// since 1.16.0 (hashicorp/terraform#38784). OpenTofu does since 1.12.0 (opentofu/opentofu#3409), but a constraint
    /// cannot tell the two apart, and Terraform 1.12 to 1.15 reject the argument.
    pub fn knows_destroy_false(&self) -> bool {
        self.version.constraint.lowest().is_some_and(|lowest| lowest >= Version::new(1, 16, 0))
    }

    /// The version of the registry module, if ecrgen does not know which inputs it has.
    pub fn unknown_module(&self) -> Option<&Spanned<ExactVersion>> {
        let version = |text: &str| Version::parse(text).expect("the form of an exact version is what `parse` reads");
        self.ecr_module.as_ref().filter(|module| ModuleSeries::of(ECR_MODULE, &version(module.as_str())).is_none())
    }

    /// Whether an AWS provider older than this version is allowed.
    pub fn admits_aws_before(&self, major: u64, minor: u64, patch: u64) -> bool {
        self.providers["aws"].constraint.lowest().is_none_or(|lowest| lowest < Version::new(major, minor, patch))
    }
}

impl RootModule {
    /// The folder of the bootstrap module.
    pub fn bootstrap_directory(&self) -> String {
        bootstrap_directory(self.directory.as_str())
    }

    /// The folder of the files for another account.
    pub fn directory_for(&self, account: &str) -> String {
        format!("{}-for-account-{account}", self.directory)
    }
}

fn bootstrap_directory(directory: &str) -> String {
    format!("{directory}-workspace")
}

/// Resolves every setting; `None` after an error.
pub fn resolve(
    written: Option<&Terraform>,
    platform: Span,
    scope: &Scope,
    has_workspace: bool,
    faults: &mut Vec<Diagnostic>,
) -> Option<RootModule> {
    let directory = written.and_then(|terraform| terraform.directory.as_ref());
    let (template, span) = directory.map_or(("{environment}/ecr", platform), |d| (d.as_str(), d.span));
    let directory = expand(template, span, scope, &[]).and_then(|text| {
        // The bootstrap module is in the same parent folder under a longer name.
        RelPath::parse(&bootstrap_directory(&text)).and_then(|_| RelPath::parse(&text)).map_err(|reason| {
            Diagnostic::new(
                &codes::BAD_DIRECTORY,
                span,
                format!("`{text}` is not a path inside the output folder: it {}", reason.why),
            )
            .help("write a folder below the output folder, for example `ecr`")
        })
    });
    let directory = directory.map_err(|fault| faults.push(fault.at("terraform.directory"))).ok();
    let version = written.and_then(|terraform| terraform.version.as_ref());
    let version = version.map_or_else(|| Pin::ours(DEFAULT_TERRAFORM), Pin::written);
    let ours = [("aws", DEFAULT_AWS), ("tfe", DEFAULT_TFE), ("tls", DEFAULT_TLS)];
    let mut providers: BTreeMap<String, Pin> =
        ours.map(|(name, constraint)| (name.to_owned(), Pin::ours(constraint))).into();
    let pinned = written.and_then(|terraform| terraform.providers.as_ref());
    for (name, constraint) in pinned.iter().flat_map(|map| &map.entries) {
        providers.insert(name.as_str().to_owned(), Pin::written(constraint));
    }
    let directory = directory?;
    let root = written.and_then(|terraform| terraform.root.as_ref());
    let shared = root.is_some_and(|root| root.value == Root::Shared);
    faults.extend(written.into_iter().flat_map(|written| unused(written, shared, has_workspace)));
    let module = if has_workspace { bootstrap_directory(directory.as_str()) } else { directory.to_string() };
    let backend = written.and_then(|terraform| terraform.backend.as_ref());
    let backend = backend.map(|written| backend::resolve(written, &module, scope));
    Some(RootModule {
        directory,
        span,
        shared,
        backend: backend.and_then(|backend| backend.map_err(|fault| faults.push(fault)).ok()),
        assume_role: written.and_then(|terraform| terraform.assume_role.clone()),
        ecr_module: written.and_then(|terraform| terraform.ecr_module.clone()),
        ecr_module_was: written.and_then(|terraform| terraform.ecr_module_was.clone()),
        // Repositories are resolved elsewhere.
        set: None,
        set_span: written.and_then(set_span),
        labels_were: written.and_then(|terraform| terraform.labels_were.clone()),
        replicas_were: written.and_then(|terraform| terraform.replicas_were.clone()),
        state_was: written.and_then(|terraform| terraform.state_was.clone()).unwrap_or_default(),
        version,
        providers,
    })
}

/// Where the spec states that repositories are, or were, declared together.
fn set_span(written: &Terraform) -> Option<Span> {
    let now = written.for_each.as_ref().filter(|each| each.set().is_some()).map(|each| each.span);
    now.or(written.for_each_was.as_ref().filter(|was| was.value).map(|was| was.span))
}

/// The settings that nothing in the output can use.
fn unused(written: &Terraform, shared: bool, has_workspace: bool) -> Vec<Diagnostic> {
    let finding = |key: &str, span, message: &str, help: &str| {
        Diagnostic::new(&codes::UNUSED_TERRAFORM_SETTING, span, message).help(help).at(format!("terraform.{key}"))
    };
    let role = written.assume_role.as_ref().and_then(|role| match (has_workspace, shared) {
        (true, _) => Some(finding(
            "assume_role",
            role.span,
            "`assume_role` has no effect with a `workspace`: its runs assume the roles that the bootstrap module creates",
            "delete `assume_role`; to apply the bootstrap module with a role, set it in the AWS profile of the administrator",
        )),
        (false, true) => Some(finding(
            "assume_role",
            role.span,
            "`assume_role` has no effect with `root: shared`: hand-written files configure the AWS provider",
            "write `assume_role` in the `provider` block of those files, or delete `root: shared`",
        )),
        (false, false) => None,
    });
    // With a workspace, it is the backend of the bootstrap module.
    let backend = written.backend.as_ref().filter(|_| shared && !has_workspace).map(|backend| {
        finding(
            "backend",
            backend.s3.bucket.span,
            "`backend` has no effect with `root: shared`: hand-written files configure the state",
            "write the `backend` block in those files, or delete `root: shared`",
        )
    });
    role.into_iter().chain(backend).collect()
}
