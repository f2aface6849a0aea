//! A provider for HCP Terraform, and nobody who signs in with it.

use crate::diagnostic::{Code, Example, Severity};
use crate::principals::kinds::hcp::Hcp;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unused-oidc-provider",
        severity: Severity::Warning,
        what: "The spec speaks of HCP Terraform's OIDC provider, and there is neither a workspace nor an access entry for one.",
        why: "Without a workspace that signs in with the provider nothing comes of it.",
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

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let trusted = platform.access.iter().any(|access| access.principal_as::<Hcp>().is_some());
    let used = trusted || platform.workspace.is_some();
    let written = platform.oidc_providers.get("hcp").filter(|_| !used);
    let unused = written.map(|written| {
        RULE.finding(written.span, "there is no workspace that would sign in with this provider")
            .help("write `workspace` or an access entry with `hcp`, or leave this out")
            .at("oidc_providers.hcp")
    });
    unused.into_iter().collect()
}
