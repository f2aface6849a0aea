//! What an apply can reach beyond its platform. The tests evaluate the rendered policy of the apply role.

use ecrgen::iam::{Caller, Context, Decision, Document, Request, evaluate};

use super::boundary::{bound, may, policy};
use crate::change::guard::committed;
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

/// What is only looked up is only read.
#[test]
fn an_apply_does_not_change_oidc_providers_that_it_looks_up() {
    let spec = "repositories: { cart: {} }\noidc_providers: { github: create, gitlab: look_up }\naccess:\n  \
                ci: { can: [push], repositories: all, github: { repository: o/r, branches: [main] } }\n  \
                lab: { can: [push], repositories: all, gitlab: { project: g/p, branches: [main] } }\n";
    let gitlab = provider("gitlab.com");
    for action in ["iam:CreateOpenIDConnectProvider", "iam:AddClientIDToOpenIDConnectProvider"] {
        assert!(!apply_can(spec, action, &gitlab), "{action}");
        assert!(apply_can(spec, action, &provider("token.actions.githubusercontent.com")), "{action}");
    }
    assert!(apply_can(spec, "iam:GetOpenIDConnectProvider", &gitlab));
}

/// A key is managed through its own policy, so the apply role needs no permission on the keys of the account, whose IDs it
/// cannot know (KMS developer guide, "Key policies": a key policy can allow a role of the account without an IAM policy).
#[test]
fn an_apply_manages_only_the_key_of_its_platform() {
    let spec = "repositories: { cart: { encryption: { kms: create } } }\n";
    let other = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555";
    let changes = ["kms:PutKeyPolicy", "kms:EnableKeyRotation", "kms:CreateAlias", "kms:UpdateKeyDescription"];
    for action in ["kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:Decrypt"].into_iter().chain(changes) {
        assert!(!apply_can(spec, action, other), "{action}");
    }
    let alias = "arn:aws:kms:eu-central-1:123456789012:alias/";
    assert!(apply_can(spec, "kms:CreateAlias", &format!("{alias}shop-shared-ecr")));
    assert!(!apply_can(spec, "kms:CreateAlias", &format!("{alias}payroll")));

    let root = shop(format!("{spec}{WORKSPACE}")).module("shared/ecr");
    let key = Document::from_json(&bound(&root.value("resource aws_kms_key ecr", "policy"))).expect("a policy");
    for (role, is_manager) in [("shop-shared-ecr-hcp-apply", true), ("shop-shared-ecr-hcp-plan", false)] {
        let role = format!("arn:aws:iam::123456789012:role/hcp-terraform/shop/shared/{role}");
        for action in changes {
            let caller = Caller::Role { role: role.parse().expect("an ARN"), session: "run".into() };
            let resource = Some(other.parse().expect("an ARN"));
            let request = Request { caller, action: action.into(), resource, context: Context::default() };
            let bindings = ecrgen::iam::Bindings::commercial("eu-central-1", "123456789012");
            let decided = evaluate(std::slice::from_ref(&key), &bindings, &request);
            assert_eq!(matches!(decided, Decision::Allowed { .. }), is_manager, "{action} for {role}: {decided:?}");
        }
    }
    let alone =
        Document::from_json(&bound(&shop(spec).module("shared/ecr").value("resource aws_kms_key ecr", "policy")));
    assert_eq!(alone.expect("a policy").statements.len(), 2, "without a workspace there is no apply role");
}

/// A repository policy can admit anyone, so an apply can write one only if the spec has one. It can always delete one, so that
/// the last one can be removed.
#[test]
fn an_apply_writes_repository_policies_only_if_the_spec_has_one() {
    let repository = "arn:aws:ecr:eu-central-1:123456789012:repository/cart";
    let without = "repositories: { cart: {} }\n";
    let guests = "access: { guests: { can: [pull], repositories: all, accounts: [\"222222222222\"] } }\n";
    for form in ["", "terraform: { ecr_module: \"3.2.0\" }\n"] {
        for (spec, writes) in [(format!("{without}{form}"), false), (format!("{without}{guests}{form}"), true)] {
            assert_eq!(apply_can(&spec, "ecr:SetRepositoryPolicy", repository), writes, "{spec}");
            assert!(apply_can(&spec, "ecr:DeleteRepositoryPolicy", repository), "{spec}");
        }
    }
}

/// The policies of existing roles, which have no boundary, are written by the bootstrap module if the spec says so.
#[test]
fn an_apply_cannot_write_what_existing_roles_may_do() {
    let spec = |more: &str| {
        format!(
            "repositories: {{ cart: {{}}, search: {{}} }}\n\
             access: {{ nodes: {{ can: [pull], repositories: all, node_roles: [eks-node] }} }}\n\
             workspace: {{ organization: acme{more} }}\n"
        )
    };
    let (node, other) = ("arn:aws:iam::123456789012:role/eks-node", "arn:aws:iam::123456789012:role/other");
    let named = |path: &str, name: &str| format!("arn:aws:iam::123456789012:policy/{path}shop/shared/{name}");
    let (own, written) = (named("", "shop-shared-nodes"), named("hcp-terraform/", "shop-shared-nodes-protected"));
    let runs = named("hcp-terraform/", "shop-shared-ecr-hcp-apply");
    for (more, protects) in [("", false), (", protect_existing_roles: true", true)] {
        let compiled = shop(spec(more));
        assert_eq!(compiled.codes(), [""; 0]);
        let (root, bootstrap) = (compiled.module("shared/ecr"), compiled.module("shared/ecr-workspace"));
        let apply = policy(&bootstrap, "apply");
        let can = |action: &str, role: &str, policy: &str| may(&apply, action, role, &[("PolicyARN", policy)]);
        assert_eq!(can("iam:AttachRolePolicy", node, &own), !protects);
        assert_eq!(can("iam:AttachRolePolicy", node, &written), protects);
        assert_eq!(can("iam:DetachRolePolicy", node, &written), protects);
        assert!(can("iam:DetachRolePolicy", node, &own), "what a run attached before can be detached");
        for action in ["iam:AttachRolePolicy", "iam:DetachRolePolicy"] {
            assert!(!can(action, node, &runs) && !can(action, node, "arn:aws:iam::aws:policy/AdministratorAccess"));
            assert!(!can(action, other, &own) && !can(action, other, &written));
        }
        for action in ["iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:DeletePolicy"]
        {
            assert!(!may(&apply, action, &written, &[]), "{action}");
        }
        let module = if protects { &bootstrap } else { &root };
        let nodes = policy(module, "nodes");
        for name in ["cart", "search"] {
            let repository = format!("arn:aws:ecr:eu-central-1:123456789012:repository/{name}");
            assert!(
                may(&nodes, "ecr:BatchGetImage", &repository, &[]) && !may(&nodes, "ecr:PutImage", &repository, &[])
            );
        }
        assert_eq!(root.heads("resource aws_iam_policy").len(), usize::from(!protects));
        let attached = root.value("resource aws_iam_role_policy_attachment nodes", "policy_arn").to_string();
        assert_eq!(
            attached.contains(":policy/hcp-terraform/shop/shared/shop-shared-nodes-protected"),
            protects,
            "{attached}"
        );
        let readme = &compiled.files()["shared/ecr-workspace/README.md"];
        assert_eq!(readme.contains("give existing roles any permission that it writes"), !protects, "{readme}");
    }
}

/// The new policies exist beside the old ones until a run has attached them.
#[test]
fn the_bootstrap_module_is_applied_before_existing_roles_are_protected() {
    let spec = |more: &str| {
        format!(
            "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: {{ cart: {{}} }}\n\
             access: {{ nodes: {{ can: [pull], repositories: all, node_roles: [eks-node] }} }}\n\
             workspace: {{ organization: acme{more} }}\n"
        )
    };
    let case = committed(&spec(""));
    case.write("shop.yaml", spec(", protect_existing_roles: true"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    let said = "note[bootstrap-first]: apply `shared/ecr-workspace` before this change";
    assert!(outcome.err.contains(said), "{}", outcome.err);
    assert!(outcome.err.contains("the policy shop-shared-nodes-protected of existing roles"), "{}", outcome.err);
    assert!(!outcome.err.contains("bootstrap-last"), "{}", outcome.err);
}
