//! Pipelines: workflows that are generated from the spec.

pub mod apply;
pub mod backstage;
pub mod checks;
pub mod image;
pub mod install;

use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{AccessName, FolderTemplate, ImagePlatform, SpecFile};

use apply::Apply;
use backstage::Backstage;
use checks::Checks;
use image::{Findings, Gitops};
use install::Install;

record! {
    /// A pipeline: with `as`, it builds images and pushes them; with `checks`, it checks the pull requests of the repository that
    /// holds the generated files.
    pub struct Pipeline {
        /// Access entry for GitHub Actions or GitLab CI whose role the pipeline uses to push images. The repository, branches, tags and
        /// ECR repositories follow from the entry. Required unless `checks` is set. Example: `as: image-pipeline`.
        optional r#as: Spanned<AccessName>,
        /// Folder with the Dockerfile, which is also the build context. It can contain `{service}`, `{repository}` and
        /// `{environment}`. Only with `as`. Default: `{service}`, or `.` with `backstage`. Example: `context: "services/{service}"`.
        optional context: Spanned<FolderTemplate>,
        /// Which findings of Trivy stop the pipeline before the push. Only with `as`. Default: critical and high findings fail.
        /// Example: `findings: { block: [critical], review: [high] }`.
        optional findings: Findings,
        /// Platforms that images are built for. Only with `as`. Default: `[linux/amd64]`.
        /// Example: `platforms: [linux/amd64, linux/arm64]`.
        optional platforms: Vec<Spanned<ImagePlatform>>,
        /// Whether Cosign signs the digest of each image, without a key. Only with `as`. Default: `false`. Example: `sign: true`.
        optional sign: Spanned<bool>,
        /// Whether the pipeline lists the contents of each image with Syft, and Cosign attests the list. Only with `as`. Default:
        /// `false`. Example: `sbom: true`.
        optional sbom: Spanned<bool>,
        /// Whether the pipeline creates the repository if it does not exist. The access entry needs `create`. Only with `as`.
        /// Default: `false`. Example: `ensure_repository: true`.
        optional ensure_repository: Spanned<bool>,
        /// GitOps repository that gets the new image after the push. Only with `as`. Default: none.
        /// Example: `gitops: { repository: example/gitops, file: "{service}/values.yaml", tag_at: image.tag, token_secret: GITOPS_TOKEN }`.
        optional gitops: Gitops,
        /// Template for Backstage that creates application repositories with this pipeline. The access entry must be for a
        /// GitHub `organization`. Only with `as`. Default: no template. Example: `backstage: { owner: platform-team }`.
        optional backstage: Backstage,
        /// What the pipeline checks in each pull request: `all`, or a list of `drift` (`ecrgen check`), `fmt` and `validate`
        /// (Terraform), `tflint`, and `trivy` (misconfigurations). Required unless `as` is set. Example: `checks: all`.
        optional checks: Spanned<Checks>,
        /// Where the repository is hosted: `github` for a workflow of GitHub Actions in `.github/workflows`, or `gitlab` for a
        /// file in `.gitlab-ci` that `.gitlab-ci.yml` must include. Only with `checks`. Default: `github`. Example: `host: gitlab`.
        optional host: Spanned<Host>,
        /// Paths of the specs in the repository. Default: those that ecrgen finds itself, `ecrgen.yaml` or `ecrgen/*.yaml`.
        /// Example: `specs: [specs/shop.yaml]`.
        optional specs: Vec<Spanned<SpecFile>>,
        /// Where the pipeline gets ecrgen from: a Git repository or an archive with a checksum, or `runner` if the runner or the
        /// image already has it. Required with the check `drift`. Example: `install: { git: "https://github.com/example/ecrgen" }`.
        optional install: Spanned<Install>,
        /// Whether to write `atlantis.yaml`, so that Atlantis plans and applies the root modules. Default: `false`.
        /// Example: `atlantis: true`.
        optional atlantis: Spanned<bool>,
        /// A job that applies the root module after a merge, for teams without a workspace. Default: the pipeline applies nothing.
        /// Example: `apply: { role: "arn:aws:iam::123456789012:role/ecr-apply", environment: production }`.
        optional apply: Apply,
    }
    exactly one of [r#as, checks]
}

words! {
    /// Where a repository is hosted.
    pub enum Host {
        /// GitHub, with GitHub Actions.
        Github = "github",
        /// GitLab, with GitLab CI.
        Gitlab = "gitlab",
    }
}
