//! The generated rules, and the role that ECR pulls from other accounts with.

use serde_json::json;

use super::{SECRET, spec};
use crate::generate::templates::{bound, root};
use crate::harness::module::{optional, value};
use crate::harness::shop;

/// ECR API reference, CreatePullThroughCacheRule, `upstreamRegistryUrl`; for Chainguard, its own documentation.
#[test]
fn each_upstream_has_its_host() {
    let credential = format!("credential: \"{SECRET}\"");
    for (upstream, rest, host) in [
        ("docker-hub", credential.as_str(), "registry-1.docker.io"),
        ("github", &credential, "ghcr.io"),
        ("gitlab", &credential, "registry.gitlab.com"),
        ("quay", "", "quay.io"),
        ("k8s", "", "registry.k8s.io"),
        ("ecr-public", "", "public.ecr.aws"),
        ("chainguard", &credential, "cgr.dev"),
        ("azure", &format!("{credential}, url: acme.azurecr.io"), "acme.azurecr.io"),
        ("ecr", "url: 222222222222.dkr.ecr.eu-west-1.amazonaws.com", "222222222222.dkr.ecr.eu-west-1.amazonaws.com"),
    ] {
        let comma = if rest.is_empty() { "" } else { ", " };
        let module = root(&format!(
            "registry: {{ pull_through_cache: {{ some/prefix: {{ upstream: {upstream}{comma}{rest} }} }} }}\n"
        ));
        let head = "resource aws_ecr_pull_through_cache_rule some__prefix";
        assert_eq!(module.value(head, "upstream_registry_url"), host);
        assert_eq!(module.value(head, "ecr_repository_prefix"), "some/prefix");
        let has = rest.contains("credential").then(|| json!(SECRET));
        assert_eq!(optional(module.block(head), "credential_arn").map(value), has, "{upstream}");
    }
}

/// ECR user guide, "Setting up permissions for cross-account ECR to ECR PTC": a role for another account, and only then.
#[test]
fn ecr_gets_a_role_to_pull_from_another_account() {
    let module = root(&spec());
    let rule = |prefix: &str, name: &str| {
        let block = module.block(&format!("resource aws_ecr_pull_through_cache_rule {prefix}"));
        optional(block, name).map(value)
    };
    assert_eq!(rule("base", "custom_role_arn"), Some("${aws_iam_role.pull_through_cache.arn}".into()));
    assert_eq!(rule("base", "upstream_repository_prefix"), Some("team/base".into()));
    assert_eq!((rule("quay", "custom_role_arn"), rule("docker_hub", "custom_role_arn")), (None, None));
    let trust = module.value("resource aws_iam_role pull_through_cache", "assume_role_policy");
    assert_eq!(trust["Statement"][0]["Principal"], json!({ "Service": "pullthroughcache.ecr.amazonaws.com" }));
    let policy = bound(module.value("resource aws_iam_policy pull_through_cache", "policy").to_string());
    let policy: serde_json::Value = serde_json::from_str(&policy).expect("JSON");
    let statements = policy["Statement"].as_array().expect("statements");
    let documented = [
        "ecr:BatchGetImage",
        "ecr:BatchImportUpstreamImage",
        "ecr:CompleteLayerUpload",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetImageCopyStatus",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
    ];
    assert_eq!(statements[0]["Action"], json!(documented));
    let upstream = "arn:aws:ecr:us-east-1:222222222222:repository/*";
    let own = "arn:aws:ecr:eu-central-1:111111111111:repository/base/*";
    assert_eq!(statements[0]["Resource"], json!([own, upstream]));
    assert_eq!(
        (&statements[1]["Action"], &statements[1]["Resource"]),
        (&"ecr:GetAuthorizationToken".into(), &"*".into())
    );
    let other_region = "account: \"222222222222\"\nregistry: { pull_through_cache: { base: { upstream: ecr, url: \
                        222222222222.dkr.ecr.us-east-1.amazonaws.com } } }\n";
    assert_eq!(root(other_region).heads("resource aws_iam"), [""; 0], "the same account needs no role");
}

/// ECR user guide, "IAM permissions required to sync an upstream registry": an import, and the repository of the first image.
#[test]
fn an_import_can_create_the_repository_below_the_prefix() {
    let module = root(&spec());
    let statements = |entry: &str| {
        let policy = module.value(&format!("resource aws_iam_policy {entry}"), "policy").to_string();
        let policy: serde_json::Value = serde_json::from_str(&bound(policy)).expect("JSON");
        policy["Statement"].as_array().expect("statements").clone()
    };
    let below = |prefix: &str| format!("arn:aws:ecr:eu-central-1:111111111111:repository/{prefix}/*");
    let find = |entry: &str| statements(entry).into_iter().find(|one| one["Sid"] == "Import").expect("a statement");
    assert_eq!(find("quayers")["Resource"], below("quay"));
    // One of the templates has tags, which ECR adds with the permissions of the caller.
    assert_eq!(find("nodes")["Action"], "ecr:CreateRepository");
    assert_eq!(find("nodes")["Resource"], json!([below("base"), below("quay")]));
    let tagged = statements("nodes").into_iter().find(|one| one["Sid"] == "ImportWithTags").expect("a statement");
    assert_eq!(tagged["Action"], json!(["ecr:CreateRepository", "ecr:TagResource"]));
    assert_eq!(tagged["Resource"], below("docker-hub"));
    let without_tags = root(&spec().replace(", resource_tags: { A: b }", ""));
    let policy = without_tags.value("resource aws_iam_policy quayers", "policy").to_string();
    assert!(policy.contains("ecr:CreateRepository") && !policy.contains("ecr:TagResource"), "{policy}");
    // `cart` is created by Terraform.
    let nodes = statements("nodes");
    assert!(
        !find("nodes").to_string().contains("cart") && nodes[0].to_string().contains("aws_ecr_repository.cart.arn")
    );
}

#[test]
fn the_readme_lists_the_rules_and_the_secret() {
    let readme = &shop(spec()).files()["shared/ecr/README.md"];
    assert!(readme.contains("| docker-hub | registry-1.docker.io |"), "{readme}");
    assert!(readme.contains("us-east-1.amazonaws.com/team/base |"), "{readme}");
    assert!(readme.contains("ecr-pullthroughcache/hub-AbCdEf"), "the secret must exist: {readme}");
    let variable = shop(spec().replace(&format!("\"{SECRET}\""), "{ variable: hub_secret }"));
    assert_eq!(variable.codes(), [""; 0]);
    assert!(variable.files()["shared/ecr/variables.tf"].contains("hub_secret"));
    assert!(variable.files()["shared/ecr/registry.tf"].contains("credential_arn        = var.hub_secret"));
}
