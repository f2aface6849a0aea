//! An exact action that ECR does not have.

use super::{Finding, Rule, finding};
use crate::diagnostic::Severity;
use crate::iam::Action;
use crate::platform::Platform;
use crate::spec::access::Can;
use crate::spec::decode::suggestion;

pub(super) const RULE: Rule = Rule {
    code: "unknown-action",
    severity: Severity::Error,
    what: "`can` names an action that ECR does not have.",
    why: "IAM takes any text as an action and grants nothing by it.",
    bad: "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  ops:
    can: [\"ecr:DescribeImage\"]
    repositories: [shop]
    roles: [operations]
",
    good: "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  ops:
    can: [\"ecr:DescribeImages\"]
    repositories: [shop]
    roles: [operations]
",
    source: "Service Authorization Reference, \"Actions, resources, and condition keys for Amazon ECR\"",
    check,
};

fn check(platform: &Platform) -> Vec<Finding> {
    let mut findings = Vec::new();
    for access in &platform.access {
        for can in &access.can {
            let Can::Action(name) = &can.value else { continue };
            if Action::find(name.as_str()).is_none() {
                let known: Vec<&str> =
                    Action::all().map(|action| action.name).filter(|name| name.starts_with("ecr:")).collect();
                findings.push(
                    finding(can.span, format!("ECR has no action `{}`", name.as_str()))
                        .help(suggestion(name.as_str(), known, "its actions"))
                        .at(format!("access.{}.can", access.name)),
                );
            }
        }
    }
    findings
}
