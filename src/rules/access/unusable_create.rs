//! The permission to create repositories that Terraform creates.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Verb;
use crate::platform::Access;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unusable-create",
        severity: Severity::Warning,
        what: "An access entry can create repositories, but only those that Terraform creates anyway.",
        why: "Without `repository_templates`, `repositories` are repositories of this spec, also as `all`. Terraform creates them, so \
          ECR answers every CreateRepository with RepositoryAlreadyExistsException. After Terraform deletes one of them, the next \
          apply removes the permission too. Below the prefix of a template, the permission is useful: ECR gives a repository \
          that a push creates the settings of the template.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  tools: { can: [push, create], repositories: all, roles: [tools] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
repository_templates: { scratch: { created_by: [push] } }
access:
  tools: { can: [push], repositories: [shop], roles: [tools] }
  scratch: { can: [push, create], repositories: [scratch], roles: [tools] }
",
        ),
        source: "ECR API reference, CreateRepository; ecrgen language reference, `access`",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !facts.know(&["access", "repository_templates", "registry"]) {
        return findings;
    }
    let creates_some =
        |access: &&Access| access.repositories.iter().any(|key| facts.platform.created_below(key).is_some());
    let others = facts.platform.access.iter().filter(|access| access.outside.is_empty() && !creates_some(access));
    for access in others {
        // Kinds that cannot create repositories at all have an error already.
        let is_refused = access.principal.kind().refused.iter().any(|(verb, _)| *verb == Verb::Create);
        let Some(can) = access.creates().filter(|_| !is_refused) else { continue };
        let message = format!("`{}` has no effect here: Terraform creates the repositories of this spec", can.as_str());
        let help = "remove it; to allow creating other repositories, write a template under `repository_templates`, and its prefix \
                    or `all` here; or write the ARNs of these repositories";
        findings.push(RULE.finding(can.span, message).help(help).at(format!("access.{}.can", access.name)));
    }
    findings
}
