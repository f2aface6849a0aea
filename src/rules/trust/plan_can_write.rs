//! A plan run that can write to the registry.

use crate::diagnostic::{Code, Example, Severity};
use crate::policies::permission::changes;
use crate::principals::kinds::hcp::Hcp;
use crate::principals::kinds::hcp::RunPhase;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "plan-can-write",
        severity: Severity::Warning,
        what: "Plan runs of an HCP Terraform workspace can change what is in the registry.",
        why: "Anyone who opens a pull request decides what a plan run executes, and no one has approved it yet.",
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
    hcp: { organization: example, workspace: images, phases: [plan, apply] }
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
    hcp: { organization: example, workspace: images, phases: [apply] }
",
        ),
        source: "HCP Terraform documentation, \"Dynamic credentials with the AWS provider\" and \"Speculative plans\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let found = platform.access.iter().filter_map(|access| {
        let hcp = access.principal_as::<Hcp>()?;
        let plan = hcp.phases.iter().find(|phase| phase.value == RunPhase::Plan)?;
        let action = changes(access).next()?;
        Some(
            RULE.finding(
                plan.span,
                format!(
                    "plan runs of this workspace can call {}, and plans also run for changes that no one has approved",
                    action.name
                ),
            )
            .help("write `phases: [apply]`; for actions that only read, add an entry with `phases: [plan]`")
            .at(format!("access.{}.hcp", access.name)),
        )
    });
    found.collect()
}
