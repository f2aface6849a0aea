//! The README of the bootstrap module lists everything that an apply can do. The tests read the documents of the output on their
//! own and compare.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::module::Module;
use crate::harness::{Compiled, shop};

/// A right: whether it is allowed, the action, the resource, the conditions.
type Right = (bool, String, String, String);

/// Platforms that together need every kind of permission.
const SPECS: &[&str] = &[
    "repositories: { cart: {}, search: { force_delete: true } }\n",
    "repositories: { shop-cart: { encryption: { kms: create } } }\n",
    "repositories: { shop-cart: {} }\naccess:\n  \
     nodes: { can: [pull], repositories: all, node_roles: [{ variable: node }, \"arn:aws:iam::123456789012:role/x/y\"] }\n  \
     ops: { can: [read], repositories: all, roles: [ops] }\n",
    "repositories: { shop-cart: {} }\noidc_providers: { github: create, gitlab: look_up }\naccess:\n  \
     ci: { can: [push], repositories: all, github: { repository: o/r, branches: [main] } }\n  \
     lab: { can: [push], repositories: all, gitlab: { project: g/p, branches: [main] } }\n",
    "repositories: { shop-cart: {} }\naccess:\n  \
     bots: { can: [pull], repositories: all, pod_identity: { cluster: main, service_accounts: [ns/bot] } }\n  \
     scan: { can: [pull], repositories: all, irsa: { cluster: other, service_accounts: [ns/scan] } }\n",
    "repositories: { shop-cart: {} }\naccess:\n  \
     people: { can: [pull], repositories: all, permission_set: { name: Pull, instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\" } }\n  \
     qa: { can: [pull], repositories: all, accounts: [\"222222222222\"] }\n",
    "repositories: { shop-cart: {} }\nmonitoring: { audit_trail: { bucket: create, keep_for: 30d }, event_log: { events: [push] } }\n",
    "repositories: { shop-cart: {} }\nmonitoring: { alerts: { a: { events: [push], pulls_over: 100/minute, sns: create, encryption: { kms: create }, emails: [a@example.com] } } }\n",
];

const WORKSPACES: [&str; 2] =
    ["workspace: { organization: acme }\n", "workspace: { organization: acme, manages: [\"shop-*\", cart, search] }\n"];

fn listed(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().flat_map(listed).collect(),
        one => vec![one.as_str().expect("a text").to_owned()],
    }
}

/// Terraform's expressions as the README writes them.
fn plain(text: &str) -> String {
    let known = [
        ("${data.aws_partition.current.partition}", "aws"),
        ("${data.aws_caller_identity.current.account_id}", "ACCOUNT_ID"),
        ("${basename(var.node)}", "var.node"),
    ];
    let text = known.iter().fold(text.to_owned(), |text, (code, words)| text.replace(code, words));
    assert!(!text.contains("${"), "{text}");
    text
}

/// The rights in a policy document. `on` replaces the resources of a resource-based policy.
fn rights_of(policy: &Value, on: Option<&str>) -> BTreeSet<Right> {
    let mut rights = BTreeSet::new();
    for statement in policy["Statement"].as_array().expect("a list") {
        let is_named = || listed(&statement["Principal"]["AWS"]).iter().any(|arn| arn.ends_with("-ecr-hcp-apply"));
        if on.is_some() && !is_named() {
            continue;
        }
        let empty = serde_json::Map::new();
        let operators = statement["Condition"].as_object().unwrap_or(&empty).values();
        let keys = operators.flat_map(|keys| keys.as_object().expect("keys"));
        let conditions: Vec<String> =
            keys.map(|(key, values)| format!("{key} is {}", listed(values).join(" or "))).collect();
        let conditions = if conditions.is_empty() { "-".to_owned() } else { plain(&conditions.join(" and ")) };
        let resources = on.map_or_else(|| listed(&statement["Resource"]), |on| vec![on.to_owned()]);
        for (action, resource) in listed(&statement["Action"])
            .into_iter()
            .flat_map(|action| resources.iter().map(move |on| (action.clone(), on)))
        {
            rights.insert((statement["Effect"] == "Allow", action, plain(resource), conditions.clone()));
        }
    }
    rights
}

/// The rights of the apply role in the documents of the output.
fn emitted(compiled: &Compiled) -> BTreeSet<Right> {
    let (root, bootstrap) = (compiled.module("shared/ecr"), compiled.module("shared/ecr-workspace"));
    let policies = |module: &Module, beginning: &str| -> Vec<Value> {
        module.heads(beginning).iter().map(|head| module.value(head, "policy")).collect()
    };
    let own = policies(&bootstrap, "resource aws_iam_policy apply");
    assert!(!own.is_empty());
    let mut rights: BTreeSet<Right> = own.iter().flat_map(|policy| rights_of(policy, None)).collect();
    for head in root.heads("resource aws_kms_key ") {
        let whose = if head.ends_with("ecr_alerts") { "the alerts" } else { "alias/shop-shared-ecr" };
        rights.extend(rights_of(&root.value(&head, "policy"), Some(&format!("the KMS key of {whose}"))));
    }
    rights
}

/// The rows of the tables in the README, as rights.
fn in_readme(readme: &str) -> BTreeSet<Right> {
    let limits = readme.split("## Limits of an apply").nth(1).expect("a section").replace('\\', "");
    let mut rights = BTreeSet::new();
    for row in
        limits.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| -") && !line.contains("| Changes"))
    {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let split = |cell: &str| cell.split(", ").filter(|item| *item != "-").map(str::to_owned).collect::<Vec<_>>();
        let (allows, actions, only_if) = match cells.as_slice() {
            ["Resources", "Denied"] => continue,
            [_, denied] => (false, split(denied), "-"),
            [_, changes, reads, only_if] => (true, [split(changes), split(reads)].concat(), *only_if),
            _ => panic!("{row}"),
        };
        for action in actions {
            rights.extend(split(cells[0]).into_iter().map(|on| (allows, action.clone(), on, only_if.to_owned())));
        }
    }
    rights
}

fn readme(compiled: &Compiled) -> String {
    compiled.files().remove("shared/ecr-workspace/README.md").expect("a README")
}

#[test]
fn the_readme_lists_every_right_of_an_apply() {
    for spec in SPECS {
        for workspace in WORKSPACES {
            let compiled = shop(format!("{spec}{workspace}"));
            let (emitted, shown) = (emitted(&compiled), in_readme(&readme(&compiled)));
            let missing: Vec<&Right> = emitted.difference(&shown).collect();
            let invented: Vec<&Right> = shown.difference(&emitted).collect();
            assert!(missing.is_empty() && invented.is_empty(), "{spec}missing {missing:#?}\ninvented {invented:#?}");
        }
    }
}

/// What reaches beyond the platform is said in words: the actions alone do not show it.
#[test]
fn the_readme_says_what_reaches_further() {
    let all = [
        (0, "delete images: ecr:PutLifecyclePolicy"),
        (0, "delete images: ecr:DeleteRepository on arn:aws:ecr:eu-central-1:ACCOUNT_ID:repository/search"),
        (0, "move immutable tags: ecr:PutImageTagMutability"),
        (1, "decide who can use and manage the key: kms:PutKeyPolicy on the KMS key of alias/shop-shared-ecr"),
        (2, "because no boundary limits them: iam:AttachRolePolicy on arn:aws:iam::ACCOUNT_ID:role/var.node"),
        (
            3,
            "let the account trust the tokens of an issuer: iam:CreateOpenIDConnectProvider on \
             arn:aws:iam::ACCOUNT_ID:oidc-provider/token.actions.githubusercontent.com",
        ),
        (4, "give any pods of these clusters a role of the platform: eks:CreatePodIdentityAssociation"),
        (5, "change what people with any permission set of the instance can do"),
        (5, "change who can use images: ecr:SetRepositoryPolicy"),
        (6, "stop the audit trail: cloudtrail:StopLogging"),
    ];
    for (spec, words) in all {
        let text = readme(&shop(format!("{}{}", SPECS[spec], WORKSPACES[0]))).replace('\\', "");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{words} is missing from\n{text}");
        let plain = readme(&shop(format!("repositories: {{ cart: {{}} }}\n{}", WORKSPACES[0]))).replace('\\', "");
        let is_general = words.starts_with("delete images: ecr:Put") || words.starts_with("move");
        assert_eq!(plain.contains(words), is_general, "{words}");
    }
}

/// Within one platform, giving roles permissions is limited by the boundary.
#[test]
fn the_readme_tells_bounded_roles_from_existing_ones() {
    let text = readme(&shop(format!("repositories: {{ cart: {{}} }}\n{}", WORKSPACES[0])));
    assert!(text.contains("as far as the boundary allows them") && !text.contains("no boundary limits them"), "{text}");
}
