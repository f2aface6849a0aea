//! A raw statement that grants access to principals it does not name.

use super::too_open;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::openness::Opening;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "open-repository-policy",
        severity: Severity::Error,
        what: "A statement in `policy_statements` grants access to everyone, or to everyone except listed principals.",
        why: "In a repository policy, `*` is everyone with an AWS account. Only a condition that no outsider can meet limits \
          it: on the caller's organization, account or ARN, or on a VPC. Anyone can tag their own roles, so a condition \
          on tags still grants access to everyone. An Allow with NotPrincipal or NotAction grants everything that it \
          does not list, including what AWS adds later.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    policy_statements:
      - Effect: Allow
        Principal: \"*\"
        Action: [ecr:BatchGetImage, ecr:GetDownloadUrlForLayer]
access: { thumbnails: { can: [pull], repositories: [shop], lambda: { functions: [thumbnails] } } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    policy_statements:
      - Effect: Allow
        Principal: \"*\"
        Action: [ecr:BatchGetImage, ecr:GetDownloadUrlForLayer]
        Condition: { StringEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 } }
access: { thumbnails: { can: [pull], repositories: [shop], lambda: { functions: [thumbnails] } } }
",
        ),
        source: "IAM user guide, \"IAM JSON policy elements: Principal\", \"NotPrincipal\", \"NotAction\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { policies, .. }: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for open in too_open::found(policies) {
        let (message, help) = match open.opening {
            Opening::Everyone => (
                "this grants access to everyone with an AWS account",
                "name accounts or roles, or add a condition on aws:PrincipalOrgID with the ID of your organization",
            ),
            Opening::EveryoneBut => {
                ("an Allow with NotPrincipal grants access to everyone else", "use Principal and name who gets access")
            }
            Opening::EverythingBut => {
                ("an Allow with NotAction grants every other action", "use Action and list the actions to grant")
            }
            Opening::Service | Opening::Vacuous => continue,
        };
        findings.push(RULE.finding(open.span, message).help(help).at(open.path));
    }
    findings
}
