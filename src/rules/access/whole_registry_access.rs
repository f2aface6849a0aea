//! An access entry that covers every repository of the registry.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::ROOT;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "whole-registry-access",
        severity: Severity::Warning,
        what: "An access entry covers every repository of the account and region, also those of other teams.",
        why: "A template for `ROOT` is for repositories of any name, so `repositories: all` becomes `repository/*` in the policy. That \
          includes repositories that other specs or other tools manage. A template with a prefix limits the entry to the \
          repositories below it.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repository_templates: { ROOT: { created_by: [push] } }
access:
  nodes: { can: [pull], repositories: all, node_roles: [eks-node] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repository_templates: { shop: { created_by: [push] } }
access:
  nodes: { can: [pull], repositories: all, node_roles: [eks-node] }
",
        ),
        source: "ECR API reference, CreateRepositoryCreationTemplate, `prefix`",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let Some(root) = platform.template(ROOT) else { return Vec::new() };
    let whole = platform.access.iter().filter(|access| access.repositories.contains(ROOT) && access.policy().is_some());
    let found = whole.map(|access| {
        let message = format!("`{}` covers every repository of the registry, also those of others", access.name);
        RULE.finding(access.span, message)
            .and(root.created.span, "this template is for every name")
            .help("list the repositories and prefixes of the entry, or give the template a prefix instead of `ROOT`")
            .at(format!("access.{}", access.name))
    });
    found.collect()
}
