//! The root module that a platform becomes: where it lies, and with what it is pinned.

pub mod outputs;
pub mod variables;
pub mod workspace;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, codes};
use crate::language::terraform::{Root, Terraform};
use crate::platform::Scope;
use crate::platform::naming::template::expand;
use crate::source::{Span, Spanned};
use crate::terraform::{Constraint, Version};
use crate::tree::RelPath;
use crate::value::ExactVersion;

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
    let mut pin = |text: &str, span: Option<Span>, path: &str| match Constraint::parse(text) {
        Ok(constraint) => Some(Pin { constraint, text: text.to_owned(), span }),
        Err(reason) => {
            let fault = Diagnostic::new(
                &codes::BAD_CONSTRAINT,
                span.unwrap_or_default(),
                format!("`{text}` is no version constraint: {reason}"),
            );
            faults.push(fault.at(path));
            None
        }
    };
    let version = written.and_then(|terraform| terraform.version.as_ref());
    let version = match version {
        Some(version) => pin(version.as_str(), Some(version.span), "terraform.version"),
        None => pin(DEFAULT_TERRAFORM, None, "terraform.version"),
    };
    let mut providers = BTreeMap::new();
    for (name, constraint) in [("aws", DEFAULT_AWS), ("tfe", DEFAULT_TFE), ("tls", DEFAULT_TLS)] {
        providers.extend(pin(constraint, None, "terraform.providers").map(|pin| (name.to_owned(), pin)));
    }
    for (name, constraint) in
        written.and_then(|terraform| terraform.providers.as_ref()).iter().flat_map(|map| &map.entries)
    {
        let path = format!("terraform.providers.{}", name.as_str());
        providers
            .extend(pin(constraint.as_str(), Some(constraint.span), &path).map(|pin| (name.as_str().to_owned(), pin)));
    }
    Some(RootModule {
        directory: directory?,
        span,
        shared: written.and_then(|t| t.root.as_ref()).is_some_and(|root| root.value == Root::Shared),
        ecr_module: written.and_then(|terraform| terraform.ecr_module.clone()),
        version: version?,
        providers,
    })
}
