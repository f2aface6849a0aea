//! An exception of a guard rail whose roles a condition cannot name.

use crate::diagnostic::{Code, Example, Severity};
use crate::policies::guard_rails::{denials, roles};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unknown-exception",
        severity: Severity::Error,
        what: "`unless` lists an access entry with a role that is given as a reference into a shared root module.",
        why: "The condition of the denial compares ARNs of roles. A reference gives the name of a role, and nothing tells its path, so \
              the role would be denied as well.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
terraform: { root: shared }
repositories: { cart: { deny: { pull: { unless: [nodes] } } } }
access:
  nodes: { can: [pull], repositories: all, node_roles: [{ ref: module.eks.node_role_name }] }
  reports: { can: [pull], repositories: all, lambda: { functions: [reports] } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
terraform: { root: shared }
repositories: { cart: { deny: { pull: { unless: [nodes] } } } }
access:
  nodes: { can: [pull], repositories: all, node_roles: [eks-node] }
  reports: { can: [pull], repositories: all, lambda: { functions: [reports] } }
",
        ),
        source: "IAM user guide, \"AWS global condition context keys\", aws:PrincipalArn",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (repository, denial) in platform.repositories.iter().flat_map(|it| denials(it).map(move |denial| (it, denial)))
    {
        for name in &denial.unless.unless {
            let access = platform.access.iter().find(|access| access.name == name.as_str());
            if access.is_none_or(|access| roles(access).is_some()) {
                continue;
            }
            let message = format!("the denial cannot leave out `{}`: the path of its role is unknown", name.as_str());
            let help = "write the name or the ARN of the role in that entry instead of the reference";
            let path = format!("repositories.{}.deny", repository.key);
            let finding = RULE.finding(name.span, message).help(help).at(path);
            // Repositories can inherit the same denial.
            if !findings.iter().any(|other| other.labels == finding.labels) {
                findings.push(finding);
            }
        }
    }
    findings
}
