//! An existing role that only AWS can change.

use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Facts, Finding, Rule};
use crate::value::RoleRef;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "protected-role",
        severity: Severity::Error,
        what: "An access entry attaches a policy to a role that only AWS can change.",
        why: "IAM rejects changes of roles that IAM Identity Center or another AWS service manages, so the apply would fail with \
          UnmodifiableEntity.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  tools: { can: [pull], repositories: [shop], roles: [AWSReservedSSO_Admin_0123456789abcdef] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  tools: { can: [pull], repositories: [shop], roles: [admin-tools] }
",
        ),
        source: "IAM API reference, AttachRolePolicy, `UnmodifiableEntity`; IAM user guide, \"Create a service-linked role\"; IAM Identity Center user guide, \"Referencing permission sets in resource policies\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for access in &platform.access {
        for role in &access.attached {
            let Some((name, manager)) = role.value.written().and_then(|role| Some((role.name(), manager(role)?)))
            else {
                continue;
            };
            let message = format!("role `{name}` is managed by {}, and IAM rejects policies for it", manager.0);
            findings.push(RULE.finding(role.span, message).help(manager.1).at(format!("access.{}", access.name)));
        }
    }
    findings
}

/// Who manages the role, and what to do instead.
fn manager(role: &RoleRef) -> Option<(&'static str, &'static str)> {
    let (text, name) = (role.as_str(), role.name());
    if text.contains(":role/aws-reserved/") || name.starts_with("AWSReservedSSO_") {
        return Some(("IAM Identity Center", "write an access entry with `permission_set`, or with `accounts`"));
    }
    let is_linked = text.contains(":role/aws-service-role/") || name.starts_with("AWSServiceRoleFor");
    is_linked.then_some(("an AWS service", "remove this role: the service decides what its service-linked role can do"))
}
