//! A raw statement that lets in a service, whoever it works for.

use super::too_open;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::openness::Opening;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unbound-service",
        severity: Severity::Warning,
        what: "A statement under `policy_statements` lets in an AWS service, whoever it works for.",
        why: "A service works for every account. Without a condition on aws:SourceArn, aws:SourceAccount or the \
          organization somebody else can have it act on this repository in their place.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    policy_statements:
      - Effect: Allow
        Principal: { Service: codebuild.amazonaws.com }
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
        Principal: { Service: codebuild.amazonaws.com }
        Action: [ecr:BatchGetImage, ecr:GetDownloadUrlForLayer]
        Condition: { StringEquals: { aws:SourceAccount: \"222222222222\" } }
",
        ),
        source: "IAM User Guide, \"The confused deputy problem\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { policies, .. }: &Facts) -> Vec<Finding> {
    let services = too_open::found(policies).into_iter().filter(|open| open.opening == Opening::Service);
    let help = "add a condition on aws:SourceArn or aws:SourceAccount; for Lambda write `lambda` under `access`";
    services
        .map(|open| RULE.finding(open.span, "this lets in the service whoever it works for").help(help).at(open.path))
        .collect()
}
