//! What the user wrote: the spec language, typed, before anything is defaulted or resolved.

pub mod access;
pub mod assert;
pub mod expect;
pub mod iam;
pub mod image_tag;
pub mod json_schema;
pub mod load;
pub mod monitoring;
pub mod prices;
pub mod registry;
pub mod repository;
pub mod terraform;
pub mod waiver;
pub mod workspace;

use crate::value::{
    AccessName, AccountId, ClassName, ClusterName, EcrgenConstraint, EnvironmentName, Identifier, NameTemplate,
    OutputPath, PlatformName, Region, RemovedName, RepositoryKey, RuleCode, Sentence, TagKey, TagValue,
};

use crate::decode::{Map, record, words};
use crate::principals::OidcProvider;
use crate::source::Spanned;

record! {
    lenient
    /// A platform's container registry, in one environment.
    pub struct Spec {
        /// The platform's name.
        needed platform: Spanned<PlatformName>,
        /// The environment, where there is one only.
        needed environment: Spanned<EnvironmentName>,
        /// Which versions of ecrgen this spec is for.
        optional ecrgen: Spanned<EcrgenConstraint>,
        /// The home region.
        needed region: Spanned<Region>,
        /// The AWS account, twelve digits in quotes. Default: the caller's.
        optional account: Spanned<AccountId>,
        /// The account that this platform moves from. Allows a change of `account` against the committed output.
        optional account_was: Spanned<AccountId>,
        /// AWS tags of everything that can be tagged.
        optional resource_tags: Map<TagKey, Spanned<TagValue>>,
        /// Templates for names.
        optional names: Names,
        /// Classes of image tags by name: what tags look like, and which of them move.
        optional image_tags: Map<ClassName, image_tag::ImageTagClass>,
        /// Repositories by key.
        optional repositories: Map<RepositoryKey, repository::Settings>,
        /// Settings of every repository that leaves them open.
        optional repository_defaults: repository::Settings,
        /// What to do with repositories that the committed output has and this file no longer has.
        optional removed: Map<RemovedName, Spanned<Removal>>,
        /// What AWS has once an account and region. Its presence says that it is this spec's.
        optional registry: registry::Registry,
        /// IAM OIDC providers: `github`, `hcp`, or an EKS cluster's name. Default: existing.
        optional oidc_providers: Map<ClusterName, Spanned<OidcProvider>>,
        /// Who can do what on which repositories, by name.
        optional access: Map<AccessName, access::Access>,
        /// What the roles and policies made here have in common.
        optional iam: iam::Iam,
        /// Monitoring; off unless written.
        optional monitoring: monitoring::Monitoring,
        /// The HCP Terraform workspace.
        optional workspace: workspace::Workspace,
        /// The shape of the output.
        optional terraform: terraform::Terraform,
        /// Further outputs of the root module, by name.
        optional outputs: Map<Identifier, Spanned<OutputPath>>,
        /// What is expected of retentions, by a sentence that says it.
        optional expect: Map<Sentence, expect::Expectation>,
        /// What is asserted of the policies and repositories, by a sentence that says it.
        optional assert: Map<Sentence, assert::Assertion>,
        /// Prices for `ecrgen simulate`. Default: built in, dated.
        optional prices: prices::Prices,
        /// Findings that are accepted, by the rule's code.
        optional waive: Map<RuleCode, waiver::Waiver>,
    }
}

record! {
    /// Templates for names.
    pub struct Names {
        /// Of a repository. Default: `{repository}`.
        optional repository: Spanned<NameTemplate>,
        /// Of a role. Default: `{platform}-{environment}-{access}`.
        optional role: Spanned<NameTemplate>,
        /// Of a permission policy. Default: the role's name.
        optional policy: Spanned<NameTemplate>,
        /// Of the alias of a KMS key that is made here, without `alias/`. Default: `{platform}-{environment}-ecr`.
        optional key_alias: Spanned<NameTemplate>,
    }
}

words! {
    /// What happens to a repository that the spec no longer has.
    pub enum Removal {
        /// Terraform forgets it, AWS keeps it.
        Retain = "retain",
        /// Terraform destroys it, with its images.
        Delete = "delete",
    }
}
