//! The settings of an image pipeline: findings, and the GitOps repository.

use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{FolderTemplate, RepositoryPath, SecretName, ValuePath};

record! {
    /// Which findings of the scanner stop a pipeline.
    pub struct Findings {
        /// Severities that fail the build. Default: `[critical, high]`. Example: `block: [critical]`.
        optional block: Vec<Spanned<Severity>>,
        /// Severities that a person must review before the push, in the deployment environment `image-review`. You create the
        /// environment with its reviewers. Default: none. Example: `review: [high]`.
        optional review: Vec<Spanned<Severity>>,
    }
}

words! {
    /// The severity of a finding, as Trivy reports it.
    pub enum Severity {
        /// Critical.
        Critical = "critical",
        /// High.
        High = "high",
        /// Medium.
        Medium = "medium",
        /// Low.
        Low = "low",
        /// Unknown.
        Unknown = "unknown",
    }
}

record! {
    /// A repository of Argo CD, Flux or Kustomize files that gets the new image.
    pub struct Gitops {
        /// Repository that holds the files, on GitHub. If the access entry is for GitLab, it is a project on the same server.
        /// Required. Example: `repository: example/gitops`.
        required repository: Spanned<RepositoryPath>,
        /// Path of the file in that repository. It can contain `{service}`, `{repository}` and `{environment}`. Required.
        /// Example: `file: "apps/{service}/values.yaml"`.
        required file: Spanned<FolderTemplate>,
        /// Place of the image tag in the file: keys joined by dots, and indexes in brackets. Required unless `image_at` is set.
        /// Example: `tag_at: image.tag`.
        optional tag_at: Spanned<ValuePath>,
        /// Place of the whole image, with registry, repository and tag. Required unless `tag_at` is set.
        /// Example: `image_at: "spec.template.spec.containers[0].image"`.
        optional image_at: Spanned<ValuePath>,
        /// Name of the secret with a token that can write to the repository: a secret of GitHub Actions, or a CI/CD variable of
        /// GitLab. It is the one secret that OIDC cannot replace. Required. Example: `token_secret: GITOPS_TOKEN`.
        required token_secret: Spanned<SecretName>,
    }
    exactly one of [tag_at, image_at]
}
