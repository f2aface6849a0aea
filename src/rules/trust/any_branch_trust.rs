//! A role that every branch or every tag may assume.

use super::weak_trust::found;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::trust::Weakness;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "any-branch-trust",
        severity: Severity::Warning,
        what: "Pipelines of every branch, or of every tag, may assume the role.",
        why: "Whoever may push a branch can then do all the role can do, before anybody has reviewed what is in it. In \
          GitLab the pipeline of a merge request runs as its source branch.",
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
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [\"*\"] }
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
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main, \"release/*\"] }
",
        ),
        source: "GitHub documentation, \"OpenID Connect reference\"; GitLab documentation, \"OpenID Connect (OIDC) authentication using ID tokens\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { policies, .. }: &Facts) -> Vec<Finding> {
    let weak = found(policies, &[Weakness::AnyBranch, Weakness::AnyTag]).into_iter();
    let findings = weak.map(|weak| {
        RULE.finding(weak.span, format!("`{}` lets in whoever may push a branch or a tag", weak.culprit))
            .help("name the branches: `branches: [main]`; protect the tags, or give them a beginning such as `v*`")
            .at(format!("access.{}", weak.access))
    });
    findings.collect()
}
