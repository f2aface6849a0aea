//! One mistake is one message: what depends on the part with the mistake is not reported as well.

use serde_json::{Value, json};

use crate::harness::Compiled;

/// A spec with its own root module and a workspace.
fn own_root() -> Value {
    json!({
        "platform": "shop", "environment": "prod", "region": "eu-central-1", "account": "111111111111",
        "names": { "role": "{platform}-{access}", "key_alias": "{platform}/ecr" },
        "resource_tags": { "Owner": "shop" },
        "image_tags": {
            "release": { "tag": "v{version}" },
            "latest": { "tag": "latest", "moving": true, "branch": "main" },
        },
        "repository_defaults": { "scan_continuously": true, "retention": [{ "keep": 9, "of": "release" }] },
        "repositories": {
            "cart": {
                "encryption": { "kms": "create" }, "retention": [{ "keep": 3, "of": "latest" }, { "keep": 9, "of": "release" }],
            },
            "search": { "tag_mutability": "mutable" },
        },
        "registry": { "scanner": "enhanced", "enable_inspector": true, "accept_replication_from": ["222222222222"] },
        "oidc_providers": { "github": "create" },
        "iam": { "path": "/shop/", "session_duration": "2h", "permissions_boundary": "create" },
        "access": {
            "ci": {
                "can": ["push"], "repositories": ["cart"],
                "github": { "repository": "acme/shop", "owner_id": 1, "repository_id": 2, "branches": ["main"] },
            },
            "pods": {
                "can": ["pull"], "repositories": "all",
                "irsa": { "cluster": "eks", "service_accounts": ["shop/cart"] },
            },
            "nodes": { "can": ["pull"], "repositories": "all", "node_roles": ["eks-node"] },
            "guests": { "can": ["pull"], "repositories": ["search"], "accounts": ["222222222222"] },
            "functions": { "can": ["pull"], "repositories": "all", "lambda": { "functions": ["cart"] } },
        },
        "monitoring": {
            "audit_trail": { "bucket": "create", "keep_for": "90d" },
            "event_log": { "events": ["push"], "keep_for": "90d" },
        },
        "expect": { "a release stays": { "repository": "search", "tag": "v1.0.0", "age": "9d", "is": "kept" } },
        "assert": { "only ci pushes": { "can": ["push"], "only": ["ci", "apply", "registry"], "repositories": ["cart"] } },
        "outputs": { "key": "kms_key_arn", "ci_role": "access.ci.role_arn" },
        "workspace": { "organization": "acme", "repository": "acme/infrastructure", "manages": ["cart", "search"] },
        "terraform": { "providers": { "aws": "~> 6.30" }, "version": ">= 1.12" },
    })
}

/// A spec whose root module is shared with hand-written files.
fn shared_root() -> Value {
    json!({
        "platform": "shop", "environment": "prod", "region": "eu-central-1",
        "repositories": { "cart": { "encryption": { "kms": { "ref": "aws_kms_key.cart.arn" } } } },
        "access": { "nodes": { "can": ["pull"], "repositories": "all", "node_roles": [{ "ref": "module.eks.role" }] } },
        "terraform": { "root": "shared", "directory": "infra" },
    })
}

/// The paths of all maps with fixed keys: a key that a map of names gets would be one more name.
fn records(value: &Value, path: &str, found: &mut Vec<String>) {
    const OF_NAMES: [&str; 11] = [
        "/names",
        "/resource_tags",
        "/image_tags",
        "/repositories",
        "/oidc_providers",
        "/access",
        "/expect",
        "/assert",
        "/outputs",
        "/terraform/providers",
        "",
    ];
    match value {
        Value::Object(map) => {
            if !OF_NAMES.contains(&path) || path == "/names" {
                found.push(path.to_owned());
            }
            map.iter().for_each(|(key, inner)| records(inner, &format!("{path}/{key}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, inner)| records(inner, &format!("{path}/{at}"), found));
        }
        _ => {}
    }
}

fn findings(spec: &Value) -> Vec<(&'static str, String)> {
    let compiled = Compiled::of(spec.to_string());
    compiled.findings().iter().map(|found| (found.code.name, found.message.clone())).collect()
}

#[test]
fn a_key_that_does_not_exist_is_the_only_finding() {
    for spec in [own_root(), shared_root()] {
        // The specs themselves have warnings, but no errors.
        let without = findings(&spec);
        assert_eq!(Compiled::of(spec.to_string()).errors(), [""; 0]);
        let mut paths = Vec::new();
        records(&spec, "", &mut paths);
        assert!(paths.len() > 4, "{paths:?}");
        for path in paths {
            let mut mistaken = spec.clone();
            mistaken.pointer_mut(&path).expect("a path of the spec")["zzz"] = json!(true);
            let found = findings(&mistaken);
            let found: Vec<_> = found.iter().filter(|one| !without.contains(one)).collect();
            assert!(found.len() == 1 && found[0].0 == "unknown-key", "`zzz` at {path}: {found:#?}");
        }
    }
}

/// The mistake of the field: a key of a later version next to `root: shared`.
#[test]
fn a_reference_is_not_refused_because_of_another_key() {
    let spec = |terraform: &str| {
        format!(
            "platform: shop\nenvironment: prod\nregion: eu-central-1\nrepositories: {{ cart: {{}} }}\naccess: {{ nodes: {{ can: \
             [pull], repositories: all, node_roles: [{{ ref: module.eks.role }}] }} }}\nterraform: {terraform}\n"
        )
    };
    assert_eq!(Compiled::of(spec("{ root: shared, zzz: true }")).codes(), ["unknown-key"]);
    assert_eq!(Compiled::of(spec("{ root: sharde }")).codes(), ["unknown-word"]);
    assert_eq!(Compiled::of(spec("{ root: own }")).codes(), ["reference-without-shared-root"]);
}
