//! What a spec says about the Terraform it becomes.

use crate::decode::Map;
use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{DirectoryTemplate, ExactVersion, ProviderName, VersionConstraint};

record! {
    /// The shape of the output.
    pub struct Terraform {
        /// The folder of the root module. Default: `{environment}/ecr`.
        optional directory: Spanned<DirectoryTemplate>,
        /// `own`: the folder is ours alone; `shared`: other files there hold providers and state. Default: own.
        optional root: Spanned<Root>,
        /// An exact version of terraform-aws-modules/ecr/aws: `module` blocks instead of plain resources.
        optional ecr_module: Spanned<ExactVersion>,
        /// `required_version`: Terraform, or OpenTofu.
        optional version: Spanned<VersionConstraint>,
        /// `required_providers`: version constraints by provider.
        optional providers: Map<ProviderName, Spanned<VersionConstraint>>,
    }
}

words! {
    /// Whose the root module is.
    pub enum Root {
        /// Ours: it holds versions, providers and variables.
        Own = "own",
        /// Shared with hand-written files, which hold them.
        Shared = "shared",
    }
}
