//! Registry-wide settings, which AWS stores once per account and region.

use super::pull_through_cache::Cache;
use crate::decode::{Map, record, words};
use crate::source::Spanned;
use crate::value::{AccountId, RepositoryPrefix};

record! {
    /// Registry-wide settings. AWS stores one set per account and region and replaces it as a whole, so only one spec may
    /// define them. With this key, the output sets the scanning configuration of the registry, which decides for all
    /// repositories in the account and region which images ECR scans.
    pub struct Registry {
        /// What scans images: `basic` (ECR) or `enhanced` (Amazon Inspector, which costs money per image). Default: `basic`.
        /// Example: `scanner: enhanced`.
        optional scanner: Spanned<Scanner>,
        /// Whether the output turns on Amazon Inspector for ECR. The AWS provider then turns off what Inspector scans in the
        /// account and region apart from ECR, such as EC2 instances and Lambda functions. It needs `scanner: enhanced`.
        /// Default: `false`. Example: `enable_inspector: true`.
        optional enable_inspector: Spanned<bool>,
        /// Whether a push can mount layers that other repositories of the registry with the same encryption already have,
        /// instead of uploading them again. `false` turns it off. Default: the account setting of AWS stays as it is.
        /// Example: `blob_mounting: true`.
        optional blob_mounting: Spanned<bool>,
        /// IDs of the AWS accounts whose registries can replicate images into this registry. Replication creates
        /// repositories that do not exist yet. Default: no accounts. Example: `accept_replication_from: ["123456789012"]`.
        optional accept_replication_from: Vec<Spanned<AccountId>>,
        /// Pull through cache rules by prefix: `docker-hub` is for images below `docker-hub/`, and `ROOT` for all others. An access
        /// entry names the cached repositories by the prefix, or with `all`, and needs `can: [pull, import]`. Default: no rules.
        /// Example: `pull_through_cache: { quay: { upstream: quay } }`.
        optional pull_through_cache: Map<RepositoryPrefix, Cache>,
    }
}

words! {
    /// What scans images.
    pub enum Scanner {
        /// ECR, with its own database of vulnerabilities in operating system packages.
        Basic = "basic",
        /// Amazon Inspector.
        Enhanced = "enhanced",
    }
}
