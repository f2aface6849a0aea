//! A raw statement that lets in whom it does not name.

use super::too_open;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::openness::Opening;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "open-repository-policy",
        severity: Severity::Error,
        what: "A statement under `policy_statements` lets in everybody, or everybody but some.",
        why: "In a repository's policy `*` is everybody with an AWS account. Only a condition that no stranger meets makes \
          it somebody: on the caller's organization, account or ARN, or on a VPC. Anybody can tag their own roles, so \
          a condition on tags lets everybody in as well. An Allow that says what it leaves out grants all the rest, \
          and what AWS adds later.",
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
",
        ),
        source: "IAM User Guide, \"IAM JSON policy elements: Principal\", \"NotPrincipal\", \"NotAction\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { policies, .. }: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for open in too_open::found(policies) {
        let (message, help) = match open.opening {
            Opening::Everyone => (
                "this lets in everybody with an AWS account",
                "name accounts or roles, or add a condition on aws:PrincipalOrgID with the id of your organization",
            ),
            Opening::EveryoneBut => ("an Allow with NotPrincipal lets in everybody else", "name who is let in"),
            Opening::EverythingBut => ("an Allow with NotAction grants everything else", "name what is granted"),
            Opening::Service | Opening::Vacuous => continue,
        };
        findings.push(RULE.finding(open.span, message).help(help).at(open.path));
    }
    findings
}
