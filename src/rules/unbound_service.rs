//! A raw statement that lets in a service, whoever it works for.

use super::{Finding, Rule, finding, too_open};
use crate::diagnostic::Severity;
use crate::iam::openness::Opening;
use crate::platform::Platform;

pub(super) const RULE: Rule = Rule {
    code: "unbound-service",
    severity: Severity::Warning,
    what: "A statement under `policy_statements` lets in an AWS service, whoever it works for.",
    why: "A service works for every account. Without a condition on aws:SourceArn, aws:SourceAccount or the \
          organisation somebody else can have it act on this repository in their place.",
    bad: "
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
    good: "
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
    source: "IAM User Guide, \"The confused deputy problem\"",
    check,
};

fn check(platform: &Platform) -> Vec<Finding> {
    let services = too_open::found(platform).into_iter().filter(|open| open.opening == Opening::Service);
    let help = "add a condition on aws:SourceArn or aws:SourceAccount; for Lambda write `lambda` under `access`";
    services
        .map(|open| finding(open.span, "this lets in the service whoever it works for").help(help).at(open.path))
        .collect()
}
