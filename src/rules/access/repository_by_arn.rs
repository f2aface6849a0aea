//! A repository of the spec that is written as an ARN.

use crate::diagnostic::{Code, Example, Severity};
use crate::policies::bindings::partition;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "repository-by-arn",
        severity: Severity::Warning,
        what: "An access entry covers a repository of this spec by its ARN.",
        why: "With the ARN, Terraform does not know that the policy belongs to the repository, and assertions and other entries \
          treat it as a repository that this spec does not manage.",
        bad: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
account: \"111111111111\"
repositories: { shop: {} }
access:
  nodes:
    can: [pull]
    repositories: [\"arn:aws:ecr:eu-central-1:111111111111:repository/shop\"]
    node_roles: [eks-node]
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
account: \"111111111111\"
repositories: { shop: {} }
access:
  nodes:
    can: [pull]
    repositories: [shop]
    node_roles: [eks-node]
",
        ),
        source: "ecrgen language reference, `access`",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let Some(account) = &platform.scope.account else { return Vec::new() };
    let start = format!("arn:{}:ecr:{}:{account}:repository/", partition(&platform.region).0, platform.region);
    let mut findings = Vec::new();
    for access in &platform.access {
        for arn in &access.outside {
            let named = |name: &str| platform.repositories.iter().find(|repository| repository.name == name);
            let Some(own) = arn.as_str().strip_prefix(&start).and_then(named) else { continue };
            let message = format!("this is the ARN of repository `{}` of this spec", own.key);
            let found = RULE.finding(arn.span, message).help(format!("write `{}`", own.key));
            findings.push(found.at(format!("access.{}.repositories", access.name)));
        }
    }
    findings
}
