//! What a spec says about the Terraform it becomes.

use crate::decode::Map;
use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{DirectoryTemplate, ExactVersion, ProviderName, StateName, VersionConstraint};

record! {
    /// The shape of the output.
    pub struct Terraform {
        /// The folder of the root module. Default: `{environment}/ecr`.
        optional directory: Spanned<DirectoryTemplate>,
        /// `own`: the folder is ours alone; `shared`: other files there hold providers and state. Default: own.
        optional root: Spanned<Root>,
        /// An exact version of terraform-aws-modules/ecr/aws: `module` blocks instead of plain resources.
        optional ecr_module: Spanned<ExactVersion>,
        /// The earlier form of the repositories, `plain` resources or `module` blocks: their state moves along.
        optional ecr_module_was: Spanned<RepositoryForm>,
        /// The states that the modules had before, as the error about a changed state names them.
        optional state_was: Vec<Spanned<StateName>>,
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

words! {
    /// How the output declares a repository.
    pub enum RepositoryForm {
        /// As resources.
        Plain = "plain",
        /// As a `module` block of terraform-aws-modules/ecr/aws.
        Module = "module",
    }
}
