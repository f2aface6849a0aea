//! A policy or a repository that contradicts an assertion of the spec.

mod only;
mod settings;

use std::cell::LazyCell;

use crate::diagnostic::{Code, Example, Severity};
use crate::permissions::EffectivePermissions;
use crate::platform::claims::assertion::Claim;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "failed-assertion",
        severity: Severity::Error,
        what: "A policy or a repository contradicts an assertion in `assert`.",
        why: "An assertion states what must stay true, whatever else changes in the spec. ecrgen proves it on every run from \
          the generated policies, not from the `access` entries that they are generated from.",
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
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
  developers:
    can: [pull, push]
    repositories: [shop]
    assumed_by: [\"arn:aws:iam::123456789012:role/Developer\"]
assert:
  only the pipeline pushes: { can: [push], only: [pipeline] }
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
  developers:
    can: [pull]
    repositories: [shop]
    assumed_by: [\"arn:aws:iam::123456789012:role/Developer\"]
assert:
  only the pipeline pushes: { can: [push], only: [pipeline] }
",
        ),
        source: "IAM user guide, \"Policy evaluation logic\"; ECR user guide, \"IAM permissions for pushing an image\"",
        is_claim: true,
    },
    check,
};

fn check(Facts { platform, policies, .. }: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let permissions = LazyCell::new(|| EffectivePermissions::of(policies));
    let checked = LazyCell::new(|| only::Checked::of(&permissions));
    for assertion in &platform.assertions {
        match &assertion.claim {
            Claim::Only(can, only) => {
                findings.extend(can.iter().flat_map(|can| only::broken(&checked, assertion, can, only)));
            }
            Claim::Have(wanted) => {
                findings.extend(wanted.iter().flat_map(|wanted| settings::broken(platform, assertion, wanted)));
            }
        }
    }
    findings
}
