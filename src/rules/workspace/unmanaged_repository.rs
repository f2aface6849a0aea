//! A repository that no pattern of `workspace.manages` covers.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Repository;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unmanaged-repository",
        severity: Severity::Error,
        what: "No pattern of `workspace.manages` covers the name of a repository.",
        why: "The plan and apply roles of the workspace can read and change only repositories whose names match `manages`. Each \
          run would fail with AccessDeniedException. The name is the one in AWS, which `name` and `names.repository` decide.",
        bad: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
workspace: { organization: example, manages: [\"shop-prod-*\"] }
repositories: { shop-prod-cart: {}, search: {} }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
workspace: { organization: example, manages: [\"shop-prod-*\", search] }
repositories: { shop-prod-cart: {}, search: {} }
",
        ),
        source: "Service Authorization Reference, \"Actions, resources, and condition keys for Amazon ECR\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let Some(workspace) = &platform.workspace else { return Vec::new() };
    let Some(first) = workspace.manages.first() else { return Vec::new() };
    let finding = |repository: &Repository| {
        let name = repository.name.as_str();
        let message = format!("runs of the workspace cannot manage repository `{name}`: `manages` does not cover it");
        let help = format!("add `\"{name}\"`, or a pattern that covers it, to `workspace.manages`");
        let finding = RULE.finding(repository.span, message).and(first.span, "the patterns begin here");
        finding.help(help).at(format!("repositories.{}", repository.key))
    };
    let outside = platform.repositories.iter().filter(|repository| !workspace.covers(&repository.name));
    outside.map(finding).collect()
}
