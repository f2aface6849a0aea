//! The permission to import images for a principal that cannot pull them.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Verb;
use crate::platform::Access;
use crate::policies::permission::actions;
use crate::principals::Can;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "import-without-pull",
        severity: Severity::Warning,
        what: "An access entry can import images through a pull through cache, but cannot pull.",
        why: "There is no request that imports an image: ECR imports it from the upstream registry when someone pulls it. A principal that \
          cannot pull never imports anything.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { quay: { upstream: quay } } }
access:
  nodes: { can: [import], repositories: all, node_roles: [eks-node] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { quay: { upstream: quay } } }
access:
  nodes: { can: [pull, import], repositories: all, node_roles: [eks-node] }
",
        ),
        source: "ECR user guide, \"Sync an upstream registry with an Amazon ECR private registry\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let pulls = |access: &Access| actions(access).iter().any(|action| action.name == "ecr:BatchGetImage");
    let unused = platform.access.iter().filter(|access| !pulls(access));
    let findings = unused.filter_map(|access| {
        let can = access.can.iter().find(|can| can.value == Can::Verb(Verb::Import))?;
        let finding =
            RULE.finding(can.span, "`import` has no effect here: ECR imports an image only when it is pulled");
        Some(finding.help("add `pull` to `can`").at(format!("access.{}.can", access.name)))
    });
    findings.collect()
}
