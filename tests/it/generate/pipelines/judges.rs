//! What foreign programs say about workflows.

use std::fs;

use crate::harness::accepts;

/// Panics if a judge of workflows of GitHub has anything to say.
pub fn accept_github(workflow: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("workflow.yml"), workflow).expect("a file");
    accepts("zizmor", &["--offline", "--no-progress", "--quiet", "workflow.yml"], folder.path());
    accepts("check-jsonschema", &["--builtin-schema", "vendor.github-workflows", "workflow.yml"], folder.path());
}

/// Panics if a pipeline of GitLab does not follow the JSON Schema of GitLab, or if shellcheck has anything to say about its scripts.
pub fn accept_gitlab(pipeline: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("pipeline.yml"), pipeline).expect("a file");
    accepts("check-jsonschema", &["--builtin-schema", "vendor.gitlab-ci", "pipeline.yml"], folder.path());
    accepts("gitlab-ci-verify", &["--no-lint-api", "--gitlab-ci-file", "pipeline.yml"], folder.path());
}
