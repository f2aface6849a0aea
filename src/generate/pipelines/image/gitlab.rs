//! Image pipelines of GitLab CI.

use minijinja::{Value, context};

use super::{Case, gitops};
use crate::generate::Generated;
use crate::generate::pipelines::{actions, yaml};
use crate::platform::pipelines::Refs;
use crate::principals::STS_AUDIENCE;
use crate::principals::kinds::gitlab::{Gitlab, projects};

const COMMITTER: gitops::Committer =
    gitops::Committer { name: "gitlab-ci", email: "gitlab-ci@users.noreply.gitlab.com" };

/// A file in each project of the entry.
pub(super) fn files(case: &Case, gitlab: &Gitlab) -> Vec<Generated> {
    let text = yaml::render(include_str!("../../../../templates/pipelines/image-gitlab.yml"), values(case, gitlab));
    projects(gitlab).iter().map(|project| case.file(project.path.as_str(), ".gitlab-ci", &text)).collect()
}

fn values(case: &Case, gitlab: &Gitlab) -> Value {
    let platform = case.policies.platform;
    let account = platform.scope.account.as_deref().unwrap_or("$AWS_ACCOUNT_ID");
    let suffix = if platform.region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    let safe = |text: &str| Value::from_safe_string(text.to_owned());
    context! {
        condition => Value::from_safe_string(condition(gitlab, &case.image.refs)),
        audience => gitlab.audience.as_ref().map_or(STS_AUDIENCE, |audience| audience.as_str()).to_owned(),
        registry => Value::from_safe_string(format!("{account}.dkr.ecr.{}.{suffix}", platform.region)),
        role => case.role("$AWS_ACCOUNT_ID"),
        trivy => safe(actions::TRIVY),
        docker => safe("28"),
        alpine => safe("3.22"),
        gitops => case.image.gitops.as_ref().map(|keys| gitops::values(keys, &COMMITTER)),
        ..case.values("CI_COMMIT_SHA")
    }
}

/// When the images are pushed: for pushes to these branches and tags.
fn condition(gitlab: &Gitlab, refs: &Refs) -> String {
    let of = |variable: &str, refs: &[String]| refs.iter().map(|name| matches(variable, name)).collect::<Vec<String>>();
    let any = [of("$CI_COMMIT_BRANCH", &refs.branches), of("$CI_COMMIT_TAG", &refs.tags)].concat().join(" || ");
    let is_protected = gitlab.protected.as_ref().is_some_and(|protected| protected.value);
    let protected = if is_protected { " && $CI_COMMIT_REF_PROTECTED == \"true\"" } else { "" };
    format!("$CI_PIPELINE_SOURCE == \"push\" && ({any}){protected}")
}

/// A comparison with a name, or with a pattern as a regular expression (GitLab documentation, "Specify when jobs run with `rules`").
fn matches(variable: &str, name: &str) -> String {
    if !name.contains(['*', '?']) {
        return format!("{variable} == \"{name}\"");
    }
    let mut pattern = String::new();
    for c in name.chars() {
        match c {
            '*' => pattern.push_str(".*"),
            '?' => pattern.push('.'),
            '.' | '/' | '+' => pattern.extend(['\\', c]),
            c => pattern.push(c),
        }
    }
    format!("{variable} =~ /^{pattern}$/")
}
