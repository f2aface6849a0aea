//! Pipelines: workflows that are generated from the spec.

pub mod apply;
pub mod checks;
pub mod install;

use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::SpecFile;

use apply::Apply;
use checks::Checks;
use install::Install;

record! {
    /// A pipeline that checks the pull requests of the repository that holds the generated files.
    pub struct Pipeline {
        /// What the pipeline checks in each pull request: `all`, or a list of `drift` (`ecrgen check`), `fmt` and `validate`
        /// (Terraform), `tflint`, and `trivy` (misconfigurations). Required. Example: `checks: all`.
        required checks: Spanned<Checks>,
        /// Where the repository is hosted: `github` for a workflow of GitHub Actions in `.github/workflows`, or `gitlab` for a
        /// file in `.gitlab-ci` that `.gitlab-ci.yml` must include. Default: `github`. Example: `host: gitlab`.
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
