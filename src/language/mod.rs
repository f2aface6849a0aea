//! The spec language: the typed form of a spec as the user wrote it, before defaults are filled in and names resolved.

pub mod access;
pub mod assert;
pub mod backend;
pub mod expect;
pub mod for_each;
pub mod iam;
pub mod image_tag;
pub mod json_schema;
pub mod key_places;
pub mod keys;
pub mod load;
pub mod monitoring;
mod other_file;
pub mod other_level;
pub mod pipelines;
pub mod prices;
pub mod pull_through_cache;
pub mod registry;
pub mod repository;
pub mod terraform;
pub mod waiver;
pub mod workspace;

use crate::value::{
    AccessName, AccountId, ClassName, EcrgenConstraint, EnvironmentName, Identifier, NameTemplate, OidcProviderName,
    OutputPath, PipelineName, PlatformName, Region, RemovedName, RepositoryKey, RepositoryPrefix, RuleCode, Sentence,
    TagKey, TagValue,
};

use crate::decode::{Map, record, words};
use crate::principals::OidcProvider;
use crate::source::Spanned;

record! {
    lenient
    /// A spec: the container registry of a platform, in one environment or in several.
    pub struct Spec {
        /// Name of the platform, made of lowercase letters, digits and single hyphens. It is part of folder, role and
        /// workspace names. Required. Example: `platform: shop`.
        needed platform: Spanned<PlatformName>,
        /// Name of the only environment; a platform with several uses `environments`. Required unless the spec has
        /// `environments`. Example: `environment: shared`.
        needed environment: Spanned<EnvironmentName>,
        /// Versions of ecrgen that can compile this spec: a version constraint, in quotes. Any other version refuses to
        /// run. Default: any version. Example: `ecrgen: "~> 0.1"`.
        optional ecrgen: Spanned<EcrgenConstraint>,
        /// AWS region of the registry. Required. Example: `region: eu-central-1`.
        needed region: Spanned<Region>,
        /// ID of the AWS account: 12 digits, in quotes. With it, Terraform refuses to run in any other account.
        /// Default: the account of the credentials that Terraform runs with. Example: `account: "123456789012"`.
        optional account: Spanned<AccountId>,
        /// The account that this platform moves from: allows a change of `account` although the committed output has another
        /// one. Default: a change of the account is refused. Example: `account_was: "111111111111"`.
        optional account_was: Spanned<AccountId>,
        /// AWS tags for every resource that can have tags. Values can contain `{platform}`, `{environment}`, `{region}` and
        /// `{account}`. Default: no tags. Example: `resource_tags: { Team: web, Environment: "{environment}" }`.
        optional resource_tags: Map<TagKey, Spanned<TagValue>>,
        /// Templates for the names of AWS resources. Default: the default of each key.
        /// Example: `names: { repository: "{platform}/{repository}" }`.
        optional names: Names,
        /// Classes of image tags by name: what their tags look like, and whether the tags can move. A plain string is short
        /// for `{ tag: … }`. Default: no classes. Example: `image_tags: { release: "v{version}", build: "{branch}-{sha:8}" }`.
        optional image_tags: Map<ClassName, image_tag::ImageTagClass>,
        /// ECR repositories by key. The key is the repository's name in AWS, unless `name` or `names.repository` changes
        /// it; `{}` keeps every setting at its default. Default: no repositories.
        /// Example: `repositories: { cart: {}, search: { encryption: kms } }`.
        optional repositories: Map<RepositoryKey, repository::Settings>,
        /// Settings for every repository that does not set them itself. Default: the default of each setting.
        /// Example: `repository_defaults: { retention: [{ expire_after: 7d, of: untagged }] }`.
        optional repository_defaults: repository::Settings,
        /// Settings of repositories that ECR creates itself, by prefix: `team` is for every repository whose name begins with
        /// `team/`, and `ROOT` for all others. The longest prefix decides. An access entry names these repositories by the
        /// prefix, or with `all`. Default: ECR creates no repositories on a push, and repositories of other origins have the
        /// defaults of ECR. Example: `repository_templates: { team: { created_by: [push] } }`.
        optional repository_templates: Map<RepositoryPrefix, repository::template::Template>,
        /// What happens to repositories, by key, and to other resources, by Terraform address, that were removed from the
        /// spec but are still in the committed output: `retain` keeps them in AWS, `delete` lets Terraform delete them.
        /// Default: `render` refuses to remove them.
        /// Example: `removed: { old-cart: retain, aws_kms_key.ecr: retain }`.
        optional removed: Map<RemovedName, Spanned<Removal>>,
        /// Registry-wide settings, one set per account and region. Only one spec may define them, and only one of its
        /// environments: it covers the others with the same `account` and `region`. Default: the output does not touch them.
        /// Example: `registry: { accept_replication_from: ["123456789012"] }`.
        optional registry: registry::Registry,
        /// IAM OIDC providers by name: `github`, `gitlab`, `hcp`, the name of an EKS cluster, or the issuer of `oidc` entries
        /// without `https://`. Values: `existing` (the ARN
        /// is computed from account and issuer), `look_up` (a data source finds it), `create`, or an ARN.
        /// Default: `existing`. Example: `oidc_providers: { github: create }`.
        optional oidc_providers: Map<OidcProviderName, Spanned<OidcProvider>>,
        /// Access entries by name: which principal can do what on which repositories. Default: no access entries.
        /// Example: `access: { nodes: { can: [pull], repositories: all, node_roles: [eks-node] } }`.
        optional access: Map<AccessName, access::Access>,
        /// Settings that all IAM roles and policies created by ecrgen share. Default: the default of each key.
        /// Example: `iam: { path: /registry/, session_duration: 2h }`.
        optional iam: iam::Iam,
        /// Monitoring of the registry. Default: no monitoring.
        /// Example: `monitoring: { event_log: { events: [push, delete] } }`.
        optional monitoring: monitoring::Monitoring,
        /// Pipelines by name: workflows that are generated from the spec. Default: no pipelines.
        /// Example: `pipelines: { infrastructure: { checks: [fmt, validate] } }`.
        optional pipelines: Map<PipelineName, pipelines::Pipeline>,
        /// HCP Terraform workspace that applies the root module, created by a bootstrap module. Default: no workspace.
        /// Example: `workspace: { organization: acme, repository: acme/infra }`.
        optional workspace: workspace::Workspace,
        /// Settings of the generated Terraform: folder, versions and providers. Default: the default of each key.
        /// Example: `terraform: { directory: "{environment}/ecr", version: ">= 1.12" }`.
        optional terraform: terraform::Terraform,
        /// Additional outputs of the root module, by name. A standard output that is listed here loses its standard name.
        /// Default: the standard outputs `repository_urls`, `repository_arns`, `registry_url`, `role_arns` and, if ecrgen
        /// creates a key, `kms_key_arn`. Example: `outputs: { login: docker_login_command, ci_role: access.ci.role_arn }`.
        optional outputs: Map<Identifier, Spanned<OutputPath>>,
        /// Expectations about retention rules, each under a sentence that reports quote. Default: no expectations.
        /// Example: `expect: { releases are kept: { repository: cart, tag: v1.5.0, age: 365d, is: kept } }`.
        optional expect: Map<Sentence, expect::Expectation>,
        /// Assertions about policies and repositories, each under a sentence that reports quote. Default: no assertions.
        /// Example: `assert: { only the pipeline pushes: { can: [push], only: [pipeline] } }`.
        optional assert: Map<Sentence, assert::Assertion>,
        /// Prices in US dollars for `ecrgen simulate` and for expectations. Default: built-in prices of 2026-11.
        /// Example: `prices: { as_of: "2026-11", storage_gb_month: 0.10 }`.
        optional prices: prices::Prices,
        /// Waivers by the code of the rule whose findings are accepted. Errors cannot be waived. Default: no waivers.
        /// Example: `waive: { any-branch-trust: { at: [access.ci], reason: All branches build images } }`.
        optional waive: Map<RuleCode, waiver::Waiver>,
    }
}

record! {
    /// Templates for the names of AWS resources.
    pub struct Names {
        /// Template for the names of ECR repositories. It can contain `{platform}`, `{environment}`, `{region}`,
        /// `{account}` and `{repository}`. Default: `{repository}`. Example: `repository: "{platform}/{repository}"`.
        optional repository: Spanned<NameTemplate>,
        /// Template for the names of IAM roles. It can contain `{platform}`, `{environment}`, `{region}`, `{account}` and
        /// `{access}`. Default: `{platform}-{environment}-{access}`. Example: `role: "ecr-{access}"`.
        optional role: Spanned<NameTemplate>,
        /// Template for the names of permission policies, with the placeholders of `role`. Default: the template for roles.
        /// Example: `policy: "ecr-{access}-permissions"`.
        optional policy: Spanned<NameTemplate>,
        /// Template for the alias of the KMS key that ecrgen creates, without `alias/`. It can contain `{platform}`,
        /// `{environment}`, `{region}` and `{account}`. Default: `{platform}-{environment}-ecr`.
        /// Example: `key_alias: "{platform}/registry"`.
        optional key_alias: Spanned<NameTemplate>,
    }
}

words! {
    /// What happens to a repository that was removed from the spec.
    pub enum Removal {
        /// Terraform removes it from its state; AWS keeps it.
        Retain = "retain",
        /// Terraform destroys it and its images.
        Delete = "delete",
        /// The change that removed it is applied, and ecrgen forgets it. After the next `ecrgen render`, delete the entry.
        Applied = "applied",
    }
}
