//! The root module that a platform becomes: where it lies, and with what it is pinned.

pub mod outputs;
pub mod variables;
pub mod workspace;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, codes};
use crate::language::terraform::{RepositoryForm, Root, Terraform};
use crate::platform::Scope;
use crate::platform::naming::template::expand;
use crate::source::{Span, Spanned};
use crate::terraform::{Constraint, Version};
use crate::tree::RelPath;
use crate::value::{ExactVersion, StateName, VersionConstraint};

/// The root module.
#[derive(Clone, Debug)]
pub struct RootModule {
    /// Its folder below the output folder.
    pub directory: RelPath,
    /// Where the folder is written, or the platform's name.
    pub span: Span,
    /// Whether hand-written files stand beside ours.
    pub shared: bool,
    /// The version of terraform-aws-modules/ecr/aws, if repositories are `module` blocks.
    pub ecr_module: Option<Spanned<ExactVersion>>,
    /// The earlier form of the repositories.
    pub ecr_module_was: Option<Spanned<RepositoryForm>>,
    /// The states that the modules had before.
    pub state_was: Vec<Spanned<StateName>>,
    /// `required_version`.
    pub version: Pin,
    /// `required_providers`: those that the modules may need, and those the spec adds.
    pub providers: BTreeMap<String, Pin>,
}

/// A version constraint and where it is written; without a place it is our own.
#[derive(Clone, Debug)]
pub struct Pin {
    /// The constraint.
    pub constraint: Constraint,
    /// As it was written.
    pub text: String,
    /// Where the spec writes it.
    pub span: Option<Span>,
}

impl Pin {
    /// Our own.
    fn ours(text: &str) -> Self {
        let constraint = Constraint::parse(text).expect("our own constraints are constraints");
        Pin { constraint, text: text.to_owned(), span: None }
    }

    /// One that the spec writes.
    fn written(written: &Spanned<VersionConstraint>) -> Self {
        let constraint = Constraint::parse(written.as_str()).expect("the form of a constraint is what `parse` reads");
        Pin { constraint, text: written.as_str().to_owned(), span: Some(written.span) }
    }
}

/// The oldest Terraform that the output is tried with; OpenTofu of the same number reads it too.
pub const DEFAULT_TERRAFORM: &str = ">= 1.11.0";

/// The AWS provider whose schema the output follows unless the spec pins another.
pub const DEFAULT_AWS: &str = "~> 6.28";

/// The tfe provider of the bootstrap module; its minor versions break.
pub const DEFAULT_TFE: &str = "~> 0.80.0";

/// The tls provider, with which an issuer's certificate is read where an old AWS provider wants its thumbprint.
pub const DEFAULT_TLS: &str = "~> 4.0";

impl RootModule {
    /// Whether the AWS provider may be one that cannot make an IAM OIDC provider without thumbprints: the argument is
    /// optional from 5.81.0 (terraform-provider-aws, schemas of the releases).
    pub fn wants_thumbprints(&self) -> bool {
        self.admits_aws_before(5, 81, 0)
    }

    /// Whether the AWS provider may be one before this version.
    pub fn admits_aws_before(&self, major: u64, minor: u64, patch: u64) -> bool {
        self.providers["aws"].constraint.lowest().is_none_or(|lowest| lowest < Version::new(major, minor, patch))
    }
}

/// Decides every setting; `None` after a fault.
pub fn resolve(
    written: Option<&Terraform>,
    platform: Span,
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Option<RootModule> {
    let directory = written.and_then(|terraform| terraform.directory.as_ref());
    let (template, span) = directory.map_or(("{environment}/ecr", platform), |d| (d.as_str(), d.span));
    let directory = expand(template, span, scope, &[]).and_then(|text| {
        // The bootstrap module lies beside it under a longer name.
        RelPath::parse(&format!("{text}-workspace")).and_then(|_| RelPath::parse(&text)).map_err(|reason| {
            Diagnostic::new(
                &codes::BAD_DIRECTORY,
                span,
                format!("`{text}` is no folder below the output folder: it {}", reason.why),
            )
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
    Some(RootModule {
        directory: directory?,
        span,
        shared: written.and_then(|t| t.root.as_ref()).is_some_and(|root| root.value == Root::Shared),
        ecr_module: written.and_then(|terraform| terraform.ecr_module.clone()),
        ecr_module_was: written.and_then(|terraform| terraform.ecr_module_was.clone()),
        state_was: written.and_then(|terraform| terraform.state_was.clone()).unwrap_or_default(),
        version,
        providers,
    })
}
