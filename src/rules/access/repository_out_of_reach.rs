//! A repository outside of the spec that an entry cannot get access to.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::{Access, Platform};
use crate::policies::bindings::partition;
use crate::rules::{Facts, Finding, Rule};
use crate::value::RepositoryArn;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "repository-out-of-reach",
        severity: Severity::Error,
        what: "An access entry covers a repository by ARN that its policies cannot grant access to.",
        why: "An ARN only works in an identity policy, and only within the partition of the spec. Entries with `accounts`, `lambda`, \
          `codebuild` or roles of other accounts are granted access by repository policies, and ecrgen does not manage the policy of that repository.",
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
    repositories: [\"arn:aws-cn:ecr:cn-north-1:111111111111:repository/tools\"]
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
    repositories: [\"arn:aws:ecr:eu-west-1:111111111111:repository/tools\"]
    node_roles: [eks-node]
",
        ),
        source: "IAM user guide, \"IAM identifiers\"; ECR user guide, \"Private repository policies\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for access in &platform.access {
        for arn in &access.outside {
            let found = unreachable(platform, access, arn);
            let path = || format!("access.{}.repositories", access.name);
            findings.extend(found.map(|(message, help)| RULE.finding(arn.span, message).help(help).at(path())));
        }
    }
    findings
}

/// Why an entry cannot get access to this repository, and what to do.
fn unreachable(platform: &Platform, access: &Access, arn: &RepositoryArn) -> Option<(String, String)> {
    if access.is_in_repository_policies() {
        let kind = access.principal.kind().key;
        let who = match access.guests.first() {
            Some(role) => format!("role `{}` of another account", role.value.name()),
            None => format!("`{kind}`"),
        };
        let message = format!("{who} gets access from the repository's own policy, which this spec does not create");
        return Some((message, "remove this ARN, and add the access where that repository is managed".to_owned()));
    }
    let (own, theirs) = (partition(&platform.region).0, arn.partition());
    (own != theirs).then(|| {
        let message = format!("this repository is in the partition {theirs}, but the principals are in {own}");
        (message, format!("remove this ARN: no policy grants access from {own} to another partition"))
    })
}
