//! A raw statement that grants access to a service, whichever customer it acts for.

use super::too_open;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::openness::Opening;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unbound-service",
        severity: Severity::Warning,
        what: "A statement in `policy_statements` grants access to an AWS service, whichever customer it acts for.",
        why: "An AWS service acts for every account. Without a condition on aws:SourceArn, aws:SourceAccount or the \
          organization, the service can access this repository regardless of which customer it acts for.",
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
waive: { lambda-access-removed: { at: [repositories], reason: No Lambda functions } }
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
waive: { lambda-access-removed: { at: [repositories], reason: No Lambda functions } }
",
        ),
        source: "IAM user guide, \"The confused deputy problem\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { policies, .. }: &Facts) -> Vec<Finding> {
    let services = too_open::found(policies).into_iter().filter(|open| open.opening == Opening::Service);
    let help = "add a condition on `aws:SourceArn` or `aws:SourceAccount`; for Lambda and CodeBuild, use `lambda` or `codebuild` under `access` instead";
    let message = "any AWS customer can reach this repository through the service";
    services.map(|open| RULE.finding(open.span, message).help(help).at(open.path)).collect()
}
