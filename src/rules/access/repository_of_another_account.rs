//! A repository of another account, whose own policy must allow the access too.

use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "repository-of-another-account",
        severity: Severity::Note,
        what: "An access entry covers a repository by ARN in an account that is not known to be the account of the spec.",
        why: "Access across accounts needs two policies: the identity policy, which ecrgen creates, and the policy of the repository, \
          which the other account manages. With only one of them, ECR denies every request.",
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
    repositories: [shop, \"arn:aws:ecr:eu-central-1:222222222222:repository/tools\"]
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
    repositories: [shop, \"arn:aws:ecr:eu-west-1:111111111111:repository/tools\"]
    node_roles: [eks-node]
",
        ),
        source: "IAM user guide, \"Cross-account policy evaluation logic\"; ECR user guide, \"Private repository policies\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    if !facts.know(&["account"]) {
        return Vec::new();
    }
    let own = platform.scope.account.as_deref();
    let mut findings = Vec::new();
    for access in platform.access.iter().filter(|access| !access.is_granted_by_repositories()) {
        for arn in &access.outside {
            let account = arn.account();
            if own == Some(account) {
                continue;
            }
            let unless = if own.is_none() { ", unless it is the account of this spec" } else { "" };
            let message =
                format!("account {account} must also allow this access in the policy of its repository{unless}");
            let help = format!(
                "in account {account}, add a statement for the principals of `{}` to the repository policy, then waive this note",
                access.name
            );
            findings
                .push(RULE.finding(arn.span, message).help(help).at(format!("access.{}.repositories", access.name)));
        }
    }
    findings
}
