//! A role that changes images, and that the workflows of pull requests can assume.

use super::weak_trust::found;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::trust::Weakness;
use crate::policies::permission::changes;
use crate::principals::kinds::github::Github;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "pull-request-trust",
        severity: Severity::Warning,
        what: "Workflows that a pull request starts can change what is in the registry.",
        why: "Anyone who can push a branch can open a pull request, and decides what its workflow runs, before anyone has \
          reviewed the changes. GitHub issues no token to pull requests from forks.",
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
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main], pull_requests: true }
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
  pull-requests:
    can: [pull]
    repositories: [shop]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, pull_requests: true }
",
        ),
        source: "GitHub documentation, \"OpenID Connect reference\" and \"Events that trigger workflows\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, policies, .. }: &Facts) -> Vec<Finding> {
    let weak = found(policies, &[Weakness::PullRequest]).into_iter();
    let findings = weak.filter_map(|weak| {
        let access = platform.access.iter().find(|access| access.name == weak.access)?;
        let action = changes(access).next()?;
        let key = access.principal_as::<Github>().and_then(|github| github.pull_requests.as_ref());
        let message = format!("workflows of pull requests, which no one has reviewed, can call {}", action.name);
        let finding = RULE.finding(key.map_or(weak.span, |key| key.span), message);
        Some(
            finding
                .on_key()
                .help("remove `pull_requests`; for workflows that only pull, add an entry with `can: [pull]` and `pull_requests: true`")
                .at(format!("access.{}", weak.access)),
        )
    });
    findings.collect()
}
