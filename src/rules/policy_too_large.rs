//! A policy that IAM would not take for its size.

use std::collections::BTreeSet;

use super::{Finding, Rule, finding};
use crate::access::bindings::bindings;
use crate::access::{grants, registry_policy, repository_policy};
use crate::diagnostic::Severity;
use crate::iam::{Document, PolicyKind, size};
use crate::platform::Platform;
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    code: "policy-too-large",
    severity: Severity::Error,
    what: "A permission policy or trust policy is larger than IAM takes, or a repository's or the registry's than ECR.",
    why: "IAM takes 6,144 characters in a managed policy and, unless the quota was raised, 2,048 in a trust policy. \
          ECR takes 10,240. Terraform learns that only when it applies.",
    bad: "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    github:
      repository: a-rather-long-organization-name/and-a-repository-with-a-name-as-long
      owner_id: 1111111111
      repository_id: 2222222222
      branches:
        - one-of-many-branches-01
        - one-of-many-branches-02
        - one-of-many-branches-03
        - one-of-many-branches-04
        - one-of-many-branches-05
        - one-of-many-branches-06
        - one-of-many-branches-07
        - one-of-many-branches-08
",
    good: "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    github:
      repository: a-rather-long-organization-name/and-a-repository-with-a-name-as-long
      owner_id: 1111111111
      repository_id: 2222222222
      branches: [\"one-of-many-branches-*\"]
",
    source: "IAM user guide, \"IAM and AWS STS quotas\"",
    check,
};

fn check(platform: &Platform) -> Vec<Finding> {
    let bindings = bindings(platform);
    let mut findings = Vec::new();
    let mut judge = |document: &Document, kind: PolicyKind, what: &str, help: &str, span: Span, path: String| {
        let size = size::characters(document, &bindings);
        let limit = kind.limit();
        if size > limit {
            let message = format!("this {what} would have {size} characters, and AWS takes {limit}");
            findings.push(finding(span, message).help(help).at(path));
        }
    };
    for grant in grants(platform) {
        let path = format!("access.{}", grant.access.name);
        let span = grant.access.span;
        judge(
            &grant.policy,
            PolicyKind::Managed,
            "permission policy",
            "name fewer repositories in one entry",
            span,
            path.clone(),
        );
        for role in &grant.roles {
            let help = "name fewer branches, tags or principals in one entry, or use a wildcard";
            judge(&role.trust, PolicyKind::Trust, "trust policy", help, role.origin, path.clone());
        }
    }
    if let (Some(policy), Some(registry)) = (registry_policy::policy(platform), &platform.registry) {
        let help = "accept replication from fewer accounts";
        judge(&policy, PolicyKind::Registry, "registry policy", help, registry.span, "registry".to_owned());
    }
    // A repository's policy depends only on who has access to it and on what the spec writes, so one of each kind is
    // measured.
    let mut measured = BTreeSet::new();
    for repository in &platform.repositories {
        let entries = platform.access.iter().filter(|access| access.repositories.contains(&repository.key));
        let written: Vec<_> = repository.policy_statements.iter().map(|statement| statement.span()).collect();
        if measured.insert((entries.map(|access| &access.name).collect::<Vec<_>>(), written))
            && let Some(policy) = repository_policy::policy(platform, repository)
        {
            let path = format!("repositories.{}", repository.key);
            let help = "let fewer accounts in one by one, or an organisation: `accounts: all`";
            judge(&policy, PolicyKind::Repository, "repository policy", help, repository.span, path);
        }
    }
    findings
}
