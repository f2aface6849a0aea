//! Repositories that a variable adds to those of the spec.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::registry::scanning::Scanner;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "repositories-by-variable",
        severity: Severity::Note,
        what: "Repositories can be added by a value of a Terraform variable, and ecrgen does not see them.",
        why: "`terraform.for_each: { variable: … }` takes the keys of the set from a variable. A repository that only a value \
              of the variable adds gets the settings of the set. But no role or policy of an access entry covers it, the \
              permissions of the workspace's runs cover it only with `workspace.manages`, the registry does not replicate it and may \
              not scan it, and no check, expectation or guard knows it. Add repositories to the spec instead, and leave the variable at its default.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { cart: {}, search: {} }
terraform: { for_each: { variable: services } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { cart: {}, search: {} }
terraform: { for_each: true }
",
        ),
        source: "Terraform documentation, \"The for_each Meta-Argument\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let Some(variable) = platform.root.set.as_ref().and_then(|set| set.variable.as_ref()) else { return Vec::new() };
    let name = variable.as_str();
    let mut message =
        format!("ecrgen checks nothing about repositories that only a value of the variable `{name}` adds");
    let mut left_out = Vec::new();
    if let Some(registry) = &platform.registry {
        left_out.push(match registry.scanning.scanner {
            Scanner::Enhanced => "they are not scanned unless a filter of the registry happens to match them",
            Scanner::Basic => "they are scanned on request only, unless a filter of the registry happens to match them",
        });
    }
    if platform.repositories.iter().any(|repository| !repository.replicate_to.is_empty()) {
        left_out.push("they are not replicated");
    }
    if !left_out.is_empty() {
        message += &format!("; {}", left_out.join(", and "));
    }
    let finding = RULE.finding(variable.span, message);
    vec![finding.help("add repositories to the spec, not to the variable").at("terraform.for_each")]
}
