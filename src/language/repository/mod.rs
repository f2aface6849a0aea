//! Settings of a repository.

pub mod amount;
mod aws_json;
pub mod given;
pub mod guard_rails;
pub mod lifecycle_policy;
pub mod policy_statement;
pub mod replication;
pub mod retention;
pub mod template;

use serde_json::{Value as Json, json};

use crate::decode::{Decode, Decoder, Definitions, Map};
use crate::decode::{record, words};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::value::{KmsKey, NameTemplate, OrCreate, OrVariable, Reason, RepositoryKey, ServiceName, TagKey, TagValue};
use crate::yaml::{Node, Value};
use guard_rails::{Deny, OnlyFrom};
use lifecycle_policy::LifecyclePolicy;
use policy_statement::PolicyStatement;
use replication::ReplicateTo;
use retention::Retention;

record! {
    lenient
    /// Settings of a repository. In `repository_defaults`, they apply to every repository that does not set them itself.
    pub struct Settings {
        /// Services whose images the repository holds; each is a value for `{service}` in image tags.
        /// Default: the repository's key. Example: `services: [web, worker]`.
        optional services: Vec<Spanned<ServiceName>>,
        /// Name of the repository in AWS, instead of the name that `names.repository` gives. It can contain `{platform}`,
        /// `{environment}`, `{region}`, `{account}` and `{repository}`, and cannot be in `repository_defaults`. Default:
        /// the name that `names.repository` gives. Example: `name: "{platform}/cart"`.
        optional name: Spanned<NameTemplate>,
        /// Whether a tag can be moved to another image: `immutable` or `mutable`. Classes of image tags with `moving` are
        /// exceptions. Default: `immutable`. Example: `tag_mutability: mutable`.
        optional tag_mutability: Spanned<TagMutability>,
        /// Encryption at rest: `aes256`, `kms` (the AWS managed key `aws/ecr`), `kms_dsse` (two layers, GovCloud only), or
        /// `{ kms: … }` for a key of the account. AWS cannot change the encryption of a repository, so a change replaces the
        /// repository. Default: `aes256`. Example: `encryption: { kms: create }`.
        optional encryption: Spanned<Encryption>,
        /// Whether ECR scans images when they are pushed: `true`, `false`, a variable or a reference. With `registry`, the
        /// scanning configuration of the registry is computed from it, so it must be `true` or `false`. Default: `true`.
        /// Example: `scan_on_push: { variable: scan_on_push, default: true }`.
        optional scan_on_push: OrVariable<bool>,
        /// Whether Amazon Inspector scans the images of the repository again whenever a new vulnerability becomes known. It
        /// needs `registry: { scanner: enhanced }`, and includes a scan of each pushed image. Default: `false`.
        /// Example: `scan_continuously: true`.
        optional scan_continuously: Spanned<bool>,
        /// Retention rules, which decide which images are kept. The first rule whose tags match an image decides. Cannot be
        /// used together with `lifecycle_policy`. `none` keeps all images, whatever `repository_defaults` has. Default: all
        /// images are kept.
        /// Example: `retention: [{ keep: 10, of: tagged }, { expire_after: 7d, of: untagged }]`.
        optional retention: Retention,
        /// ECR lifecycle policy in the format of AWS, written as YAML, for what `retention` cannot express. ecrgen checks it
        /// just as strictly. Default: the policy is compiled from `retention`. Example: `lifecycle_policy: { rules: [{
        /// rulePriority: 1, selection: { tagStatus: untagged, countType: imageCountMoreThan, countNumber: 5 }, action: {
        /// type: expire } }] }`.
        optional lifecycle_policy: LifecyclePolicy,
        /// AWS tags of the repository. They are merged over the tags of the platform, and replace those of
        /// `repository_defaults`. Default: only the tags of the platform. Example: `resource_tags: { Team: web }`.
        optional resource_tags: Map<TagKey, Spanned<TagValue>>,
        /// IAM policy statements that are added to the repository policy, without `Resource`, for what `access` cannot
        /// express. Names under `AWS` in `Principal`, and values of conditions, can be variables or references. Default: no
        /// additional statements. Example: `policy_statements: [{ Effect: Deny, Principal: "*", Action:
        /// "ecr:BatchDeleteImage" }]`.
        optional policy_statements: Vec<PolicyStatement>,
        /// Registries that ECR replicates new images to: regions, or maps with `region` and other keys. The spec must also
        /// have `registry`, because AWS has one replication configuration per account and region. `none` replicates
        /// nothing, whatever `repository_defaults` has. Default: images are not replicated.
        /// Example: `replicate_to: [us-east-1]`.
        optional replicate_to: ReplicateTo,
        /// What the repository policy denies to everyone except some access entries, whatever other policies grant: `pull`,
        /// `push` and `delete`. Default: nothing is denied. Example: `deny: { push: { unless: [ci] } }`.
        optional deny: Deny,
        /// Networks from which alone images can be downloaded, uploaded and deleted. The repository policy denies these requests
        /// from other networks. Default: any network. Example: `only_from: { vpc_endpoints: [vpce-0a1b2c3d4e5f67890] }`.
        optional only_from: OnlyFrom,
        /// Earlier key of this repository, if its key was changed: Terraform then moves the repository's state to the new
        /// key. Cannot be in `repository_defaults`. Default: the key was never changed. Example: `was: shopping-cart`.
        optional was: Spanned<RepositoryKey>,
        /// Reason for a change that makes AWS replace the repository, which deletes its images. Without a reason, `render`
        /// refuses the change. A reason confirms one change: write another one for the next. Cannot be in
        /// `repository_defaults`. Default: changes that replace the repository are refused.
        /// Example: `replace: New encryption key, images are rebuilt`.
        optional replace: Spanned<Reason>,
        /// Whether Terraform refuses to destroy the repository (`prevent_destroy`). Default: `true`.
        /// Example: `deletion_protection: false`.
        optional deletion_protection: Spanned<bool>,
        /// Whether Terraform deletes the repository even if it holds images; turns off `deletion_protection`. Apply it
        /// before you delete or replace the repository. Default: `false`. Example: `force_delete: true`.
        optional force_delete: Spanned<bool>,
    }
    at most one of [retention, lifecycle_policy]
}

words! {
    /// Whether a tag can be moved to another image.
    pub enum TagMutability {
        /// A tag cannot be moved.
        Immutable = "immutable",
        /// A tag can be moved.
        Mutable = "mutable",
    }
}

/// Encryption at rest (ECR user guide, "Encryption at rest").
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// AES-256 with keys that S3 manages.
    Aes256,
    /// KMS with the AWS managed key `aws/ecr`.
    Kms,
    /// KMS with two layers of encryption; GovCloud only.
    KmsDsse,
    /// KMS with a key of the account.
    KmsKey(OrVariable<KmsKey>),
    /// KMS with a key that the output creates, one per environment.
    KmsCreate,
}

words! {
    /// Encryption without a key of the account.
    pub enum EncryptionWord {
        /// AES-256 with keys that S3 manages.
        Aes256 = "aes256",
        /// KMS with the AWS managed key `aws/ecr`.
        Kms = "kms",
        /// KMS with two layers of encryption.
        KmsDsse = "kms_dsse",
    }
}

record! {
    /// Encryption with a KMS key of the account.
    pub struct EncryptionKeys {
        /// The key: its ARN, its alias, a variable, a reference, or `create` for one key that ecrgen creates for all
        /// repositories of the environment that use `create`. Required. Example: `kms: alias/registry`.
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
        let key = node.as_text().filter(|text| KmsKey::parse(text).is_some());
        if let Some(key) = key {
            let message = format!("expected `aes256`, `kms` or `kms_dsse`, found `{key}`");
            let fault = Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message);
            decoder.fault(fault.help(format!("write `encryption: {{ kms: \"{key}\" }}`")));
            return None;
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
