//! Trust in GitHub or GitLab that does not limit which pipelines can assume the role.

use crate::diagnostic::{Code, Example, Severity};
use crate::principals::kinds::github::Github;
use crate::principals::kinds::gitlab::Gitlab;
use crate::principals::workflows::admits_pull_requests;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "missing-subject",
        severity: Severity::Error,
        what: "A GitHub entry names no branches, tags, environments or pull requests, or a GitLab entry names no branches or tags.",
        why: "The trust policy would not pin the subject claim, so every branch and every pull request could assume the role. \
          AWS rejects trust policies for GitHub and GitLab without a condition on the subject claim.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222 }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
",
        ),
        source: "GitHub documentation, \"OpenID Connect reference\"; IAM user guide, \"Identity-provider controls for shared OIDC providers\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let found = platform.access.iter().filter_map(|access| {
        let (pinned, span, help) = match (access.principal_as::<Github>(), access.principal_as::<Gitlab>()) {
            (Some(github), _) => (
                github.branches.is_some()
                    || github.tags.is_some()
                    || github.environments.is_some()
                    || admits_pull_requests(github),
                github.span,
                "add `branches: [main]`, `tags: [\"v*\"]` or `environments: [production]`",
            ),
            (None, Some(gitlab)) => (
                gitlab.branches.is_some() || gitlab.tags.is_some(),
                gitlab.span,
                "add `branches: [main]` or `tags: [\"v*\"]`",
            ),
            (None, None) => return None,
        };
        let path = format!("access.{}.{}", access.name, access.principal.kind().key);
        let message = "this entry does not limit which workflows or pipelines can assume the role";
        (!pinned).then(|| RULE.finding(span, message).help(help).at(path))
    });
    found.collect()
}
