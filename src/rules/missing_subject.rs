//! Trust in GitHub without saying which workflows.

use super::{Finding, Rule, finding};
use crate::diagnostic::Severity;
use crate::platform::{Platform, Principal};

pub(super) const RULE: Rule = Rule {
    code: "missing-subject",
    severity: Severity::Error,
    what: "A GitHub entry names neither branches nor tags nor environments.",
    why: "The token's subject would not be pinned: every branch and every pull request could assume the role. AWS \
          refuses trust in GitHub without a condition on the subject.",
    bad: "
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
    good: "
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
    source: "GitHub documentation, \"OpenID Connect reference\"; IAM user guide, \"Identity-provider controls for shared OIDC providers\"",
    check,
};

fn check(platform: &Platform) -> Vec<Finding> {
    let found = platform.access.iter().filter_map(|access| {
        let Principal::Github(_, github) = &access.principal else { return None };
        let pinned = github.branches.is_some() || github.tags.is_some() || github.environments.is_some();
        (!pinned).then(|| {
            finding(github.span, "nothing says which workflows may assume this role")
                .help("add `branches: [main]`, `tags: [\"v*\"]` or `environments: [production]`")
                .at(format!("access.{}.github", access.name))
        })
    });
    found.collect()
}
