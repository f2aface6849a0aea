//! Settings of the generated Terraform.

use crate::decode::Map;
use crate::decode::{record, words};
use crate::language::backend::Backend;
use crate::language::for_each::ForEach;
use crate::source::Spanned;
use crate::value::{DirectoryTemplate, ExactVersion, OrVariable, ProviderName, RoleArn, StateName, VersionConstraint};

record! {
    /// Settings of the generated Terraform.
    pub struct Terraform {
        /// Folder of the root module, relative to the output folder. It can contain `{platform}`, `{environment}`,
        /// `{region}` and `{account}`. Default: `{environment}/ecr`. Example: `directory: "infra/{environment}/registry"`.
        optional directory: Spanned<DirectoryTemplate>,
        /// Who owns the root module: with `own`, ecrgen generates all of its files; with `shared`, hand-written files in
        /// the same folder configure providers and state. Default: `own`. Example: `root: shared`.
        optional root: Spanned<Root>,
        /// Where Terraform keeps the state of the root module, or with a `workspace`, that of the bootstrap module. Default: no
        /// backend, so that it is a file in the folder. Example: `backend: { s3: { bucket: acme-terraform-state } }`.
        optional backend: Backend,
        /// ARN of the role that the AWS provider assumes in the account of the platform. Default: the credentials that run
        /// Terraform. Example: `assume_role: "arn:aws:iam::123456789012:role/terraform"`.
        optional assume_role: Spanned<OrVariable<RoleArn>>,
        /// Exact version of the module `terraform-aws-modules/ecr/aws`, in quotes. With it, ecrgen writes `module` blocks
        /// instead of plain resources. Default: plain resources. Example: `ecr_module: "3.2.0"`.
        optional ecr_module: Spanned<ExactVersion>,
        /// Earlier form of the repositories: `plain` resources or `module` blocks. Their state moves to the present form
        /// with `moved` blocks. Default: the present form. Example: `ecr_module_was: plain`.
        optional ecr_module_was: Spanned<RepositoryForm>,
        /// Whether repositories without individual settings are declared as one resource with `for_each`, and not in a file
        /// each. `true` writes their keys into the resource. With a variable, values of the variable can add repositories:
        /// ecrgen checks nothing about these, and no access entry covers them. Not possible together with `ecr_module`.
        /// Default: `false`. Example: `for_each: true`.
        optional for_each: Spanned<ForEach>,
        /// Whether the repositories were declared with `for_each` before. Their state moves to the present form with `moved`
        /// blocks. Default: `false`. Example: `for_each_was: true`.
        optional for_each_was: Spanned<bool>,
        /// Earlier spelling of Terraform labels: `escaped` if the output was written when ecrgen spelled `my_app` as
        /// `my-u-app`. The state moves to the present labels with `moved` blocks. Default: the present spelling.
        /// Example: `labels_were: escaped`.
        optional labels_were: Spanned<LabelSpelling>,
        /// How replicas were configured before, if the `providers.aws` constraint no longer allows versions before 6.0: `alias`
        /// for a provider configuration per region. Write it after an apply with AWS provider 6 and the earlier constraint, and
        /// delete it after the next apply. Default: as they are configured now. Example: `replicas_were: alias`.
        optional replicas_were: Spanned<ReplicaForm>,
        /// Earlier states of the root modules, as the error `state-changed` prints them. Allows the output to have its state
        /// somewhere else. Default: no earlier states. Example: `state_was: [folder shared/ecr]`.
        optional state_was: Vec<Spanned<StateName>>,
        /// Version constraint for Terraform or OpenTofu (`required_version`), in quotes. If it excludes all versions before
        /// 1.16, protected resources also set `destroy = false`. Default: `>= 1.11.0`. Example: `version: ">= 1.12"`.
        optional version: Spanned<VersionConstraint>,
        /// Version constraints by provider (`required_providers`), in quotes. Default: `~> 6.28` for `aws`, and
        /// `~> 0.80.0` for `tfe` and `~> 4.0` for `tls` where they are needed. Example: `providers: { aws: "~> 6.30" }`.
        optional providers: Map<ProviderName, Spanned<VersionConstraint>>,
    }
}

words! {
    /// Who owns the root module.
    pub enum Root {
        /// ecrgen generates all files, including versions, providers and variables.
        Own = "own",
        /// Hand-written files in the same folder define versions, providers and variables.
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

words! {
    /// How ecrgen spelled Terraform labels before.
    pub enum LabelSpelling {
        /// `_` as `-u-`, `.` as `-d-`, and several hyphens as their number.
        Escaped = "escaped",
    }
}

words! {
    /// How replicas in other regions were configured.
    pub enum ReplicaForm {
        /// Each region had a provider configuration with an alias.
        Alias = "alias",
    }
}
