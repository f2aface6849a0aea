//! A raw statement that lets in a service, whoever it works for.

use super::{Finding, Rule, finding};
use crate::access::bindings::when_asked;
use crate::access::raw_statement;
use crate::diagnostic::Severity;
use crate::iam::openness::{Opening, openings};
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
    let bindings = when_asked(platform);
    let mut findings = Vec::new();
    for (written, statement) in raw_statement::all(platform) {
        let openings = openings(&statement, &bindings).into_iter();
        for (at, _) in openings.filter(|(_, opening)| *opening == Opening::Service) {
            let message = "this lets in the service whoever it works for";
            let help =
                "add a condition on aws:SourceArn or aws:SourceAccount; for Lambda write `lambda` under `access`";
            findings.push(finding(written.place(&at), message).help(help).at(&written.path));
        }
    }
    findings
}
