//! What ECR gives the repositories that it creates itself.

use super::lifecycle_policy::LifecyclePolicy;
use super::policy_statement::PolicyStatement;
use super::retention::Retention;
use super::{Encryption, Settings, TagMutability};
use crate::decode::{Map, record, words};
use crate::source::Spanned;
use crate::value::{TagKey, TagValue};

record! {
    lenient
    /// Settings of the repositories that ECR creates below a prefix. ECR reads them when it creates a repository, and never
    /// again. What is not set here comes from `repository_defaults`.
    pub struct Template {
        /// When ECR creates these repositories: on a `push` to a name that no repository has, by `replication` from another
        /// registry, or by a `pull_through_cache` rule. Required. Example: `created_by: [push]`.
        needed created_by: Vec<Spanned<Occasion>>,
        /// Whether a tag can be moved to another image: `immutable` or `mutable`. Classes of image tags with `moving` are
        /// exceptions. Default: `immutable`. Example: `tag_mutability: mutable`.
        optional tag_mutability: Spanned<TagMutability>,
        /// Encryption at rest, as in `repositories`. With a KMS key, ecrgen creates a role that ECR creates the repositories
        /// with. Default: `aes256`. Example: `encryption: { kms: create }`.
        optional encryption: Spanned<Encryption>,
        /// Retention rules, as in `repositories`. Default: all images are kept.
        /// Example: `retention: [{ keep: 10, of: tagged }, { expire_after: 7d, of: untagged }]`.
        optional retention: Retention,
        /// ECR lifecycle policy in the format of AWS, written as YAML, as in `repositories`. Default: the policy is compiled
        /// from `retention`. Example: `lifecycle_policy: { rules: [{ rulePriority: 1, selection: { tagStatus: untagged,
        /// countType: imageCountMoreThan, countNumber: 5 }, action: { type: expire } }] }`.
        optional lifecycle_policy: LifecyclePolicy,
        /// AWS tags of the repositories, merged over the tags of the platform. With tags, ecrgen creates a role that ECR creates
        /// the repositories with. Default: only the tags of the platform. Example: `resource_tags: { Team: web }`.
        optional resource_tags: Map<TagKey, Spanned<TagValue>>,
        /// IAM policy statements that are added to the policy of each repository, without `Resource`. Default: no additional
        /// statements. Example: `policy_statements: [{ Effect: Deny, Principal: "*", Action: "ecr:BatchDeleteImage" }]`.
        optional policy_statements: Vec<PolicyStatement>,
    }
    at most one of [retention, lifecycle_policy]
}

words! {
    /// An occasion on which ECR creates a repository.
    pub enum Occasion {
        /// A push to a name that no repository has.
        Push = "push",
        /// Replication from another registry.
        Replication = "replication",
        /// The first pull through a pull through cache rule.
        PullThroughCache = "pull_through_cache",
    }
}

impl Occasion {
    /// The value of `appliedFor` in the ECR API (API reference, CreateRepositoryCreationTemplate).
    pub fn applied_for(self) -> &'static str {
        match self {
            Occasion::Push => "CREATE_ON_PUSH",
            Occasion::Replication => "REPLICATION",
            Occasion::PullThroughCache => "PULL_THROUGH_CACHE",
        }
    }
}

impl Template {
    /// The settings that a template can have, as those of a repository.
    pub fn settings(&self) -> Settings {
        Settings {
            services: None,
            name: None,
            tag_mutability: self.tag_mutability.clone(),
            encryption: self.encryption.clone(),
            scan_on_push: None,
            scan_continuously: None,
            retention: self.retention.clone(),
            lifecycle_policy: self.lifecycle_policy.clone(),
            resource_tags: self.resource_tags.clone(),
            policy_statements: self.policy_statements.clone(),
            deny: None,
            only_from: None,
            replicate_to: None,
            was: None,
            replace: None,
            deletion_protection: None,
            force_delete: None,
            span: self.span,
        }
    }
}
