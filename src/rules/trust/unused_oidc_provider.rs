//! An OIDC provider for HCP Terraform that nothing uses.

use crate::diagnostic::{Code, Example, Severity};
use crate::principals::kinds::hcp::Hcp;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unused-oidc-provider",
        severity: Severity::Warning,
        what: "The spec lists the OIDC provider of HCP Terraform, but has no `workspace` and no `hcp` access entry.",
        why: "An OIDC provider has no effect unless a workspace signs in with it.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
oidc_providers: { hcp: create }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
oidc_providers: { hcp: create }
workspace: { organization: shop-inc }
",
        ),
        source: "HCP Terraform documentation, \"Dynamic credentials with the AWS provider\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    if !facts.know(&["access", "workspace"]) {
        return Vec::new();
    }
    let trusted = platform.access.iter().any(|access| access.principal_as::<Hcp>().is_some());
    let used = trusted || platform.workspace.is_some();
    let written = platform.oidc_providers.get("hcp").filter(|_| !used);
    let unused = written.map(|written| {
        RULE.finding(written.span, "nothing uses this OIDC provider: there is no `workspace` and no `hcp` access entry")
            .help("add `workspace` or an access entry with `hcp`, or remove this provider")
            .at("oidc_providers.hcp")
    });
    unused.into_iter().collect()
}
