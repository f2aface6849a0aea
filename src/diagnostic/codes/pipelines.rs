//! Codes about pipelines.

use super::{codes, spec};

codes! {
    BAD_PIPELINE = {
        name: "bad-pipeline",
        severity: Error,
        what: "The keys of a pipeline do not fit together.",
        why: "The check `drift` runs ecrgen, so the pipeline must know where to get it, and an archive without a checksum could \
              be replaced. Only one thing can apply a root module: the workspace, the job `apply`, or Atlantis. With two of them, each \
              would undo or block what the other one does.",
        bad: spec!("
pipelines:
  infrastructure: { checks: all }
"),
        good: spec!("
pipelines:
  infrastructure: { checks: all, install: { git: \"https://github.com/example/ecrgen\" } }
"),
        source: "ecrgen, `docs/pipelines.md`",
    }
    PIPELINE_CANNOT_PUSH = {
        name: "pipeline-cannot-push",
        severity: Error,
        what: "The access entry of an image pipeline lacks permissions that the pipeline needs.",
        why: "The pipeline uses the role of the entry, so each run would fail with AccessDeniedException, after it has built the image. \
              A push needs every action of the verb `push`, and `ensure_repository` needs `create`.",
        bad: spec!("
image_tags: { build: \"{sha:8}\" }
repositories: { shop: {} }
access:
  ci:
    can: [pull]
    repositories: [shop]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
pipelines:
  build: { as: ci }
"),
        good: spec!("
image_tags: { build: \"{sha:8}\" }
repositories: { shop: {} }
access:
  ci:
    can: [push]
    repositories: [shop]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
pipelines:
  build: { as: ci }
"),
        source: "ECR user guide, \"Required IAM permissions for pushing an image\"",
    }
}
