//! The registry policy: replication from the named accounts, and only one spec that defines the registry.

use ecrgen::iam::{Bindings, Caller, Context, Decision, Document, Request, evaluate};

use super::{OWNER, document, role_of, root};
use crate::harness::{Case, Specs, shop};

const SPEC: &str = "repositories: { cart: {} }\nregistry: { accept_replication_from: [\"222222222222\"] }\n";

/// Whether the registry policy allows the action on a repository for the caller.
fn allows(policy: &Document, caller: Caller, action: &str, repository: &str) -> bool {
    let resource = Some(repository.parse().expect("an ARN"));
    let request = Request { caller, action: action.to_owned(), resource, context: Context::default() };
    let decision = evaluate(std::slice::from_ref(policy), &Bindings::commercial("eu-central-1", OWNER), &request);
    matches!(decision, Decision::Allowed { .. } | Decision::Delegated { .. })
}

/// ECR user guide, "Private image replication": the two actions, on the repositories of this registry.
#[test]
fn only_named_accounts_can_replicate() {
    let value = document(&root(SPEC), "resource aws_ecr_registry_policy ecr");
    let policy = Document::from_json(&value.to_string()).expect("a policy");
    let here = format!("arn:aws:ecr:eu-central-1:{OWNER}:repository/team/any");
    for action in ["ecr:ReplicateImage", "ecr:CreateRepository"] {
        assert!(allows(&policy, role_of("222222222222"), action, &here), "{action}");
        assert!(!allows(&policy, role_of("333333333333"), action, &here), "{action}");
        let elsewhere = "arn:aws:ecr:us-east-1:111111111111:repository/team/any";
        assert!(!allows(&policy, role_of("222222222222"), action, elsewhere), "{action}");
    }
    for action in ["ecr:BatchGetImage", "ecr:PutImage", "ecr:DeleteRepository"] {
        assert!(!allows(&policy, role_of("222222222222"), action, &here), "{action}");
    }
}

/// ECR user guide, "IAM permissions required to sync an upstream registry with an Amazon ECR private registry": the first pull
/// imports the image and creates the repository. Until then, no repository policy can allow that.
#[test]
fn other_accounts_import_through_the_registry_policy() {
    let spec = "account: \"111111111111\"\nrepositories: { cart: {} }\nregistry: { pull_through_cache: { quay: { upstream: quay } } }\n\
                repository_templates: { quay: { created_by: [pull_through_cache], tag_mutability: mutable } }\n\
                access:\n  others: { can: [pull, import], repositories: [quay], accounts: [\"222222222222\"] }\n  \
                puller: { can: [pull, import], repositories: [quay], roles: [\"arn:aws:iam::666666666666:role/puller\"] }\n  \
                readers: { can: [pull], repositories: [cart], accounts: [\"333333333333\"] }\n";
    let value = document(&root(spec), "resource aws_ecr_registry_policy ecr");
    let policy = Document::from_json(&value.to_string()).expect("a policy");
    // ECR adds the tags of a template with the permissions of the caller. The policy of a registry can have every action of ECR
    // ("Private registry permissions").
    let tagged = document(
        &root(&spec.replace("mutable }", "mutable, resource_tags: { A: b } }")),
        "resource aws_ecr_registry_policy ecr",
    );
    let tagged = Document::from_json(&tagged.to_string()).expect("a policy");
    let new = format!("arn:aws:ecr:eu-central-1:{OWNER}:repository/quay/team/app");
    for (policy, wanted) in [(&tagged, true), (&policy, false)] {
        assert_eq!(allows(policy, role_of("222222222222"), "ecr:TagResource", &new), wanted);
    }
    let arn = |name: &str| format!("arn:aws:ecr:eu-central-1:{OWNER}:repository/{name}");
    for action in ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"] {
        assert!(allows(&policy, role_of("222222222222"), action, &arn("quay/team/app")), "{action}");
        assert!(!allows(&policy, role_of("222222222222"), action, &arn("cart")), "{action}");
        assert!(!allows(&policy, role_of("333333333333"), action, &arn("quay/team/app")), "{action}");
        assert!(!allows(&policy, role_of("666666666666"), action, &arn("quay/team/app")), "{action}: another role");
    }
    assert!(!allows(&policy, role_of("222222222222"), "ecr:PutImage", &arn("quay/team/app")));
    let statements = value["Statement"].as_array().expect("several statements");
    let puller = statements.iter().find(|statement| statement["Sid"] == "Puller").expect("a statement for the role");
    assert_eq!(puller["Condition"]["ArnEquals"]["aws:PrincipalArn"], "arn:aws:iam::666666666666:role/puller");
    let answer = |who: &str| {
        let case =
            Case::new().file("shop.yaml", format!("platform: shop\nenvironment: shared\nregion: eu-central-1\n{spec}"));
        case.run(&["access", "shop.yaml", "--can", who, "import", "quay/team/app"]).out
    };
    for who in ["others", "puller"] {
        assert!(answer(who).contains("of the policy of the registry"), "{}", answer(who));
    }
    assert!(answer("readers").starts_with("no"), "{}", answer("readers"));
}

/// The prefix of a template covers the pull through cache rules below it.
#[test]
fn an_entry_of_a_template_imports_below_it() {
    for (template, named) in [("team", "[team]"), ("ROOT", "all"), ("team/pub", "[team/pub]")] {
        let spec = format!(
            "account: \"111111111111\"\nrepositories: {{ cart: {{}} }}\nregistry: {{ pull_through_cache: {{ team/pub: {{ upstream: quay }} }} }}\n\
             repository_templates: {{ {template}: {{ created_by: [pull_through_cache], tag_mutability: mutable }} }}\n\
             access:\n  others: {{ can: [pull, import], repositories: {named}, accounts: [\"222222222222\"] }}\n  \
             nodes: {{ can: [pull, import], repositories: {named}, node_roles: [nodes] }}\n"
        );
        let module = shop(&spec).module("shared/ecr");
        let policy = document(&module, "resource aws_ecr_registry_policy ecr");
        let policy = Document::from_json(&policy.to_string()).expect("a policy");
        let nodes = document(&module, "resource aws_iam_policy nodes");
        let nodes = Document::from_json(&nodes.to_string()).expect("a policy");
        let below = format!("arn:aws:ecr:eu-central-1:{OWNER}:repository/team/pub/app");
        for action in ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"] {
            assert!(allows(&policy, role_of("222222222222"), action, &below), "{template}: {action}");
            assert!(allows(&nodes, role_of(OWNER), action, &below), "{template}: {action} of nodes");
        }
    }
}

#[test]
fn an_empty_registry_section_has_no_registry_policy() {
    let module = root("repositories: { cart: {} }\nregistry: {}\n");
    let heads = module.heads("resource aws_ecr_registry");
    assert_eq!(heads, ["resource aws_ecr_registry_scanning_configuration ecr"]);
}

/// Registry-wide settings are replaced as a whole, so two specs would overwrite each other.
#[test]
fn rejects_two_specs_for_one_registry() {
    let spec = |platform: &str, account: &str, region: &str| {
        format!(
            "platform: {platform}\nenvironment: shared\nregion: {region}\naccount: \"{account}\"\n\
             terraform: {{ directory: {platform} }}\nrepositories: {{ {platform}: {{}} }}\nregistry: {{}}\n"
        )
    };
    let together = |second: String| {
        let first = spec("shop", "111111111111", "eu-central-1");
        Specs::default().spec("a", first).spec("b", second).compile()
    };
    let twice = together(spec("mill", "111111111111", "eu-central-1"));
    assert_eq!(
        twice.messages(),
        ["the registry in eu-central-1 is defined twice, by the platforms `mill` and `shop`, in `a` and `b`"]
    );
    assert_eq!(together(spec("mill", "222222222222", "eu-central-1")).findings(), []);
    assert_eq!(together(spec("mill", "111111111111", "us-east-1")).findings(), []);
    let without = spec("mill", "111111111111", "eu-central-1").replace("registry: {}\n", "");
    let without = together(without);
    assert_eq!(without.codes(), ["scanned-elsewhere"]);
    assert!(without.message().contains("`registry` of platform `shop`"), "{}", without.message());
}

/// ECR API reference, PutRegistryPolicy, `policyText`: 10,240 characters.
#[test]
fn rejects_a_registry_policy_that_is_too_large() {
    let accounts = |count: u64| {
        let ids: Vec<String> = (0..count).map(|n| format!("\"{}\"", 200_000_000_000 + n)).collect();
        format!("repositories: {{ cart: {{}} }}\nregistry: {{ accept_replication_from: [{}] }}\n", ids.join(", "))
    };
    assert_eq!(shop(accounts(300)).codes(), [""; 0]);
    assert_eq!(shop(accounts(320)).codes(), ["policy-too-large"]);
}
