//! Enhanced scanning without a repository that asks for scans.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::registry::scanning::Scanner;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "enhanced-scans-nothing",
        severity: Severity::Warning,
        what: "The registry has enhanced scanning, and no repository of the spec asks for scans.",
        why: "With enhanced scanning, repositories that no filter matches are not scanned at all, not even on request. This \
              applies to all repositories in the account and region.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: { scan_on_push: false } }
registry: { scanner: enhanced }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: { scan_continuously: true } }
registry: { scanner: enhanced }
",
        ),
        source: "ECR user guide, \"Filters to choose which repositories are scanned in Amazon ECR\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let Some(registry) = &facts.platform.registry else { return Vec::new() };
    let scanning = &registry.scanning;
    let is_known = facts.know(&["repositories", "repository_defaults"]);
    if scanning.scanner != Scanner::Enhanced || !scanning.rules.is_empty() || !is_known {
        return Vec::new();
    }
    let message = "the registry has enhanced scanning, but no repository asks for scans, so nothing is scanned";
    let help = "write `scan_continuously: true` under repositories or `repository_defaults`, or delete `scanner`";
    vec![RULE.finding(registry.span, message).help(help).at("registry")]
}
