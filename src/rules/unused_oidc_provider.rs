//! A provider for HCP Terraform, and no workspace.

use super::{Finding, Rule, finding};
use crate::diagnostic::Severity;
use crate::platform::Platform;

pub(super) const RULE: Rule = Rule {
    code: "unused-oidc-provider",
    severity: Severity::Warning,
    what: "The spec speaks of HCP Terraform's OIDC provider, and there is no workspace.",
    why: "The provider belongs to the bootstrap module, which is made for a workspace. Without one nothing comes of it.",
    bad: "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
oidc_providers: { hcp: create }
",
    good: "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
oidc_providers: { hcp: create }
workspace: { organization: shop-inc }
",
    source: "HCP Terraform documentation, \"Dynamic credentials with the AWS provider\"",
    check,
};

fn check(platform: &Platform) -> Vec<Finding> {
    let written = platform.oidc_providers.get("hcp").filter(|_| platform.workspace.is_none());
    let unused = written.map(|written| {
        finding(written.span, "there is no workspace that would sign in with this provider")
            .help("write `workspace`, or leave this out")
            .at("oidc_providers.hcp")
    });
    unused.into_iter().collect()
}
