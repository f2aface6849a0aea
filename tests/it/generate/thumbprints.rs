//! Thumbprints of OIDC providers. The AWS provider requires them before 5.81.0 (terraform-provider-aws, the schemas of its
//! releases); IAM does not.

use serde_json::json;

use crate::harness::module::{Module, expression, inner, optional, value};
use crate::harness::shop;

const SPEC: &str = "repositories: { web: {} }\noidc_providers: { github: create, hcp: create, main: create }\naccess:\n  \
    pipeline: { can: [push], repositories: all, github: { repository: o/r, owner_id: 1, repository_id: 2, branches: [main] } }\n  \
    nodes: { can: [pull], repositories: all, node_roles: [node] }\n  \
    pods: { can: [pull], repositories: all, irsa: { cluster: main, service_accounts: [a/b] } }\n\
    workspace: { organization: acme }\n";

fn pinned(constraint: &str) -> String {
    format!("{SPEC}terraform: {{ providers: {{ aws: \"{constraint}\" }} }}\n")
}

/// The provider's thumbprint list, and the URL of the certificate that it refers to.
fn thumbprint(module: &Module, name: &str) -> Option<(serde_json::Value, serde_json::Value)> {
    let provider = module.block(&format!("resource aws_iam_openid_connect_provider {name}"));
    let list = value(optional(provider, "thumbprint_list")?);
    Some((list, module.value(&format!("data tls_certificate {name}"), "url")))
}

fn providers(module: &Module) -> Vec<String> {
    let block = inner(module.block("terraform"), "required_providers");
    block.body.attributes().map(|attribute| attribute.key.to_string()).collect()
}

#[test]
fn no_provider_has_a_thumbprint_if_none_is_required() {
    for constraint in ["~> 6.28", ">= 5.81", "5.81.0"] {
        let compiled = shop(pinned(constraint));
        let (root, bootstrap) = (compiled.module("shared/ecr"), compiled.module("shared/ecr-workspace"));
        for (module, name) in [(&root, "github"), (&root, "main"), (&bootstrap, "hcp")] {
            assert_eq!(thumbprint(module, name), None, "{constraint}: {name}");
        }
        assert_eq!((providers(&root), providers(&bootstrap)), (vec!["aws".into()], vec!["aws".into(), "tfe".into()]));
    }
}

#[test]
fn a_required_thumbprint_is_that_of_the_issuers_certificate() {
    for constraint in ["5.80.0", "~> 5.60", ">= 5.80, < 7.0"] {
        let compiled = shop(pinned(constraint));
        let (root, bootstrap) = (compiled.module("shared/ecr"), compiled.module("shared/ecr-workspace"));
        for (module, name, url) in [
            (&root, "github", "https://token.actions.githubusercontent.com"),
            (&root, "main", "${data.aws_eks_cluster.oidc_issuer_main.identity[0].oidc[0].issuer}"),
            (&bootstrap, "hcp", "https://app.terraform.io"),
        ] {
            let list = json!([format!("${{data.tls_certificate.{name}.certificates[0].sha1_fingerprint}}")]);
            assert_eq!(thumbprint(module, name), Some((list, url.into())), "{constraint}: {name}");
        }
        assert_eq!(providers(&root), ["aws", "tls"]);
        assert_eq!(providers(&bootstrap), ["aws", "tfe", "tls"]);
        let tls = inner(root.block("terraform"), "required_providers");
        assert_eq!(value(expression(tls, "tls")), json!({ "source": "hashicorp/tls", "version": "~> 4.0" }));
    }
}

/// Certificates are replaced. A role without permission to update the thumbprint could no longer apply.
#[test]
fn the_apply_role_can_update_the_thumbprint() {
    let may_update = |constraint: &str| {
        let policy =
            shop(pinned(constraint)).module("shared/ecr-workspace").value("resource aws_iam_policy apply", "policy");
        policy.to_string().contains("iam:UpdateOpenIDConnectProviderThumbprint")
    };
    assert!(may_update("~> 5.60"));
    assert!(!may_update("~> 6.28"));
}

#[test]
fn an_existing_provider_needs_no_thumbprint() {
    let rest = pinned("~> 5.60").replace("github: create, hcp: create, main: create", "github: look_up");
    assert_eq!(shop(&rest).codes(), [""; 0]);
    let root = shop(&rest).module("shared/ecr");
    assert_eq!(providers(&root), ["aws"]);
    assert_eq!(root.heads("data tls_certificate"), [""; 0]);
}

#[test]
fn keeps_a_pin_of_the_tls_provider() {
    let rest = format!("{SPEC}terraform: {{ providers: {{ aws: \"~> 5.60\", tls: \"4.2.1\" }} }}\n");
    let root = shop(&rest).module("shared/ecr");
    let tls = inner(root.block("terraform"), "required_providers");
    assert_eq!(value(expression(tls, "tls")), json!({ "source": "hashicorp/tls", "version": "4.2.1" }));
}
