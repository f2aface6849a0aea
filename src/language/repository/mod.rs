//! What a spec says about a repository.

mod aws_json;
pub mod lifecycle_policy;
pub mod policy_statement;
pub mod retention;

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::decode::{Decode, Decoder, Definitions, Map};
use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{KmsKey, NameTemplate, OrCreate, OrVariable, Reason, RepositoryKey, ServiceName, TagKey, TagValue};
use crate::yaml::{Node, Value};
use lifecycle_policy::LifecyclePolicy;
use policy_statement::PolicyStatement;
use retention::RetentionRule;

record! {
    lenient
    /// Settings of a repository; in `repository_defaults` those of every repository that leaves them open.
    pub struct Settings {
        /// What `{service}` can be in image tags. Default: the repository's key.
        optional services: Vec<Spanned<ServiceName>>,
        /// The exact name of this repository, instead of `names.repository`.
        optional name: Spanned<NameTemplate>,
        /// Whether a tag can be moved to another image. Default: immutable.
        optional tag_mutability: Spanned<TagMutability>,
        /// Encryption at rest. AWS cannot change it later: a change replaces the repository. Default: aes256.
        optional encryption: Spanned<Encryption>,
        /// Whether ECR scans an image when it is pushed. Default: true.
        optional scan_on_push: OrVariable<bool>,
        /// Which images stay and which go; the first rule whose tags match an image decides. Default: all stay.
        optional retention: Arc<[RetentionRule]>,
        /// AWS's own lifecycle policy, where `retention` does not reach; checked as hard.
        optional lifecycle_policy: LifecyclePolicy,
        /// AWS tags of the repository, merged over those of the platform. They replace those of `repository_defaults`.
        optional resource_tags: Map<TagKey, Spanned<TagValue>>,
        /// Statements of IAM's for the repository's policy, where `access` does not reach; without `Resource`.
        optional policy_statements: Vec<PolicyStatement>,
        /// The repository's earlier key: its state moves along.
        optional was: Spanned<RepositoryKey>,
        /// The reason for a change that makes AWS replace the repository and lose its images.
        optional replace: Spanned<Reason>,
        /// Whether Terraform refuses to destroy the repository. Default: true.
        optional deletion_protection: Spanned<bool>,
        /// Whether Terraform deletes the repository even if it holds images; turns off `deletion_protection`. Apply it
        /// before you delete or replace the repository. Default: false. Example: `true`.
        optional force_delete: Spanned<bool>,
    }
    at most one of [retention, lifecycle_policy]
}

words! {
    /// Whether a tag can be moved to another image.
    pub enum TagMutability {
        /// A tag stays with its image.
        Immutable = "immutable",
        /// A tag may be moved.
        Mutable = "mutable",
    }
}

/// Encryption at rest (ECR user guide, "Encryption at rest").
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// AES-256 with keys that S3 manages.
    Aes256,
    /// KMS with AWS's own key, `aws/ecr`.
    Kms,
    /// KMS, two layers; GovCloud only.
    KmsDsse,
    /// KMS with a key of the account.
    KmsKey(OrVariable<KmsKey>),
    /// KMS with a key that this spec makes: one an environment.
    KmsCreate,
}

words! {
    /// Encryption without a key of one's own.
    pub enum EncryptionWord {
        /// AES-256 with keys that S3 manages.
        Aes256 = "aes256",
        /// KMS with AWS's own key.
        Kms = "kms",
        /// KMS, two layers.
        KmsDsse = "kms_dsse",
    }
}

record! {
    /// Encryption with a KMS key of the account.
    pub struct EncryptionKeys {
        /// The key's ARN or its alias, or `create`: one key for all repositories of the environment that say so.
        required kms: KeyOrigin,
    }
}

/// Where a KMS key of the account comes from.
pub type KeyOrigin = OrCreate<OrVariable<KmsKey>>;

impl Decode for Encryption {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if let Value::Map(_) = node.value {
            return EncryptionKeys::decode(node, decoder).map(|keys| match keys.kms {
                OrCreate::Create => Encryption::KmsCreate,
                OrCreate::Existing(key) => Encryption::KmsKey(key),
            });
        }
        EncryptionWord::decode(node, decoder).map(|word| match word {
            EncryptionWord::Aes256 => Encryption::Aes256,
            EncryptionWord::Kms => Encryption::Kms,
            EncryptionWord::KmsDsse => Encryption::KmsDsse,
        })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [EncryptionWord::schema(definitions), EncryptionKeys::schema(definitions)] })
    }
}
