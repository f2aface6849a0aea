//! The ARN of a repository that another environment of the spec nearly has.

use crate::diagnostic::{Code, Example, Severity, nearest};
use crate::policies::bindings::repository_arn;
use crate::rules::{Facts, Finding, Rule};
use crate::value::RepositoryArn;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unknown-arn",
        severity: Severity::Warning,
        what: "An access entry covers a repository by an ARN that is nearly the ARN of a repository in another environment.",
        why: "IAM compares ARNs exactly. With a misspelled name or the wrong region, the policy grants access to a repository that \
          probably does not exist, and the access to the intended repository is denied.",
        bad: Example::Spec(
            "
platform: shop
region: eu-central-1
environments:
  dev:
    account: \"111111111111\"
    repositories: { storefront: {} }
    access:
      prod: { can: [pull], repositories: all, accounts: [\"222222222222\"] }
  prod:
    account: \"222222222222\"
    access:
      nodes:
        can: [pull]
        repositories: [\"arn:aws:ecr:eu-central-1:111111111111:repository/storefrnt\"]
        node_roles: [eks-node]
waive:
  lambda-access-removed: { at: [environments.dev.repositories], reason: No functions }
  repository-of-another-account: { at: [environments.prod.access], reason: The name is wrong }
",
        ),
        good: Example::Spec(
            "
platform: shop
region: eu-central-1
environments:
  dev:
    account: \"111111111111\"
    repositories: { storefront: {} }
    access:
      prod: { can: [pull], repositories: all, accounts: [\"222222222222\"] }
  prod:
    account: \"222222222222\"
    access:
      nodes:
        can: [pull]
        repositories: [\"arn:aws:ecr:eu-central-1:111111111111:repository/storefront\"]
        node_roles: [eks-node]
waive:
  lambda-access-removed: { at: [environments.dev.repositories], reason: No functions }
",
        ),
        source: "IAM user guide, \"IAM JSON policy elements: Resource\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    if !facts.know_environments() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for access in &facts.platform.access {
        for arn in &access.outside {
            let Some((environment, meant)) = meant(facts, arn) else { continue };
            let message = format!("environment `{environment}` does not have the repository with this ARN");
            let finding = RULE.finding(arn.span, message).help(format!("did you mean `{meant}`?"));
            findings.push(finding.at(format!("access.{}.repositories", access.name)));
        }
    }
    findings
}

/// The environment and the ARN that were probably meant: the same name in the region of the environment, or a similar name.
fn meant(facts: &Facts, arn: &RepositoryArn) -> Option<(String, String)> {
    let account = arn.account();
    let owner = facts.owner(arn).and_then(|(other, repository)| repository_arn(other, repository));
    let is_known = owner.is_some_and(|known| known == arn.as_str());
    if facts.platform.scope.account.as_deref() == Some(account) || is_known {
        return None;
    }
    facts.environments_in(account).find_map(|other| {
        let names = other.repositories.iter().map(|repository| repository.name.as_str());
        let name = nearest(arn.name(), names)?;
        let meant = other.repositories.iter().find(|repository| repository.name == name)?;
        Some((other.scope.environment.clone(), repository_arn(other, meant)?))
    })
}
