//! What an apply can reach beyond its platform. The tests evaluate the rendered policy of the apply role.

use super::boundary::{may, policy};
use crate::harness::shop;

const WORKSPACE: &str = "workspace: { organization: acme }\n";

/// Whether an apply of this spec can do something, outside of any condition.
fn apply_can(rest: &str, action: &str, resource: &str) -> bool {
    let module = shop(format!("{rest}{WORKSPACE}")).module("shared/ecr-workspace");
    may(&policy(&module, "apply"), action, resource, &[])
}

fn provider(issuer: &str) -> String {
    format!("arn:aws:iam::123456789012:oidc-provider/{issuer}")
}

/// IAM user guide, "Create an OpenID Connect (OIDC) identity provider in IAM": the ARN of a provider contains its issuer.
#[test]
fn an_apply_changes_only_the_oidc_providers_of_its_platform() {
    const GITHUB: &str = "token.actions.githubusercontent.com";
    const CLUSTER: &str = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
    let github = "repositories: { cart: {} }\noidc_providers: { github: create }\n\
                  access: { ci: { can: [push], repositories: all, github: { repository: o/r, branches: [main] } } }\n";
    let cluster = "repositories: { cart: {} }\noidc_providers: { main: create }\n\
                   access: { ci: { can: [pull], repositories: all, irsa: { cluster: main, service_accounts: [a/b] } } }\n";
    let audience = "iam:AddClientIDToOpenIDConnectProvider";
    for (spec, own, other) in [(github, GITHUB, CLUSTER), (cluster, CLUSTER, GITHUB)] {
        assert!(apply_can(spec, audience, &provider(own)), "{own}");
        for other in [other, "app.terraform.io", "gitlab.com"] {
            assert!(!apply_can(spec, audience, &provider(other)), "{other} with {own}");
        }
    }
}
