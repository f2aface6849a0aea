//! A role that workflows on any branch or any tag can assume.

use super::weak_trust::found;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::trust::Weakness;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "any-branch-trust",
        severity: Severity::Warning,
        what: "Workflows on any branch or tag can assume the role.",
        why: "Anyone who can push a branch can then do everything that the role can do, before anyone has reviewed the changes. \
          In GitLab, the pipeline of a merge request runs as its source branch.",
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
        RULE.finding(
            weak.span,
            format!("with `{}`, anyone who can push a new {} can assume this role", weak.culprit, pushed(&weak.culprit)),
        )
        .help("name the branches, for example `branches: [main]`; for tags, use a prefix that a ruleset protects, for example `tags: [\"v*\"]`")
        .at(format!("access.{}", weak.access))
    });
    findings.collect()
}

/// What a subject of this form matches.
fn pushed(subject: &str) -> &'static str {
    match (subject.contains(":ref:refs/heads/"), subject.contains(":ref:refs/tags/")) {
        (true, _) => "branch",
        (_, true) => "tag",
        _ => "branch or tag",
    }
}
