//! An apply cannot escalate its permissions. The tests evaluate the rendered documents.

use std::collections::BTreeMap;

use ecrgen::iam::{Action, Bindings, Caller, Context, Decision, Document, Request, evaluate};
use serde_json::Value;

use crate::harness::module::{Module, optional};
use crate::harness::shop;

const SPEC: &str = "repositories: { cart: {}, search: {} }\naccess:\n  \
    pipeline: { can: [push, \"ecr:PutImageScanningConfiguration\"], repositories: [cart], \
                assumed_by: [\"arn:aws:iam::123456789012:role/Runner\"] }\n  \
    developers: { can: [pull, read, delete], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:root\"] }\n  \
    nodes: { can: [pull], repositories: all, node_roles: [{ variable: node_role }] }\n";
const WORKSPACE: &str = "workspace: { organization: acme }\n";
const REPOSITORY: &str = "arn:aws:ecr:eu-central-1:123456789012:repository/cart";

/// The ARN of an IAM resource in the account.
fn iam(resource: &str) -> String {
    format!("arn:aws:iam::123456789012:{resource}")
}

fn created_boundary() -> String {
    iam("policy/hcp-terraform/shop/shared/shop-shared-ecr-boundary")
}

/// A policy document, with the values that are only known in the account filled in.
fn document(policy: &Value) -> Document {
    let text = bound(policy);
    Document::from_json(&text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

/// The JSON of a policy, with the values that are only known in the account filled in.
pub fn bound(policy: &Value) -> String {
    let known = [
        ("${data.aws_partition.current.partition}", "aws"),
        ("${data.aws_caller_identity.current.account_id}", "123456789012"),
        ("${basename(var.node_role)}", "nodes"),
        ("${var.boundary}", "arn:aws:iam::123456789012:policy/guards/ci"),
        ("${aws_ecr_repository.cart.arn}", REPOSITORY),
        ("${aws_ecr_repository.search.arn}", "arn:aws:ecr:eu-central-1:123456789012:repository/search"),
    ];
    let text = known.iter().fold(policy.to_string(), |text, (code, value)| text.replace(code, value));
    assert!(!text.contains("${"), "{text}");
    text
}

pub fn policy(module: &Module, label: &str) -> Document {
    document(&module.value(&format!("resource aws_iam_policy {label}"), "policy"))
}

fn bootstrap(rest: &str) -> Module {
    shop(rest).module("shared/ecr-workspace")
}

/// The IAM condition keys of a request, and their values.
pub type Conditions<'a> = &'a [(&'a str, &'a str)];

pub fn decision(policy: &Document, action: &str, resource: &str, context: Conditions) -> Decision {
    let role = iam("role/hcp-terraform/shop/shared/shop-shared-ecr-hcp-apply").parse().expect("an ARN");
    let context =
        context.iter().fold(Context::default(), |context, (key, value)| context.with(&format!("iam:{key}"), [*value]));
    let caller = Caller::Role { role, session: "run".into() };
    let resource = Some(resource.parse().unwrap_or_else(|_| panic!("{resource}")));
    let request = Request { caller, action: action.into(), resource, context };
    evaluate(std::slice::from_ref(policy), &Bindings::commercial("eu-central-1", "123456789012"), &request)
}

pub fn may(policy: &Document, action: &str, resource: &str, context: Conditions) -> bool {
    matches!(decision(policy, action, resource, context), Decision::Allowed { .. })
}

const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// Checks every single action that a pipeline could use to bypass the boundary (IAM user guide, "Permissions boundaries
/// for IAM entities", "Delegating responsibility to others").
fn cannot_bypass_boundary(apply: &Document, boundary: &str) {
    let role = iam("role/shop/shared/shop-shared-pipeline");
    let elsewhere = iam("role/shop/staging/shop-staging-pipeline");
    let own_policy = iam("policy/shop/shared/anything");
    let own_role = iam("role/hcp-terraform/shop/shared/shop-shared-ecr-hcp-apply");
    let other_boundary = iam("policy/shop/shared/wide");
    let bounded = ("PermissionsBoundary", boundary);
    let ways: [(&str, &str, &str, Conditions); 19] = [
        ("a role without a boundary", "iam:CreateRole", &role, &[]),
        ("an AWS managed policy as boundary", "iam:CreateRole", &role, &[("PermissionsBoundary", ADMINISTRATOR)]),
        ("its own policy as boundary", "iam:CreateRole", &role, &[("PermissionsBoundary", &other_boundary)]),
        ("a role on another path", "iam:CreateRole", &elsewhere, &[bounded]),
        ("another boundary", "iam:PutRolePermissionsBoundary", &role, &[("PermissionsBoundary", &other_boundary)]),
        ("removing the boundary", "iam:DeleteRolePermissionsBoundary", &role, &[bounded]),
        ("removing the boundary of another role", "iam:DeleteRolePermissionsBoundary", &elsewhere, &[bounded]),
        ("attaching administrator access", "iam:AttachRolePolicy", &role, &[bounded, ("PolicyARN", ADMINISTRATOR)]),
        ("a role from before the boundary", "iam:AttachRolePolicy", &role, &[("PolicyARN", &own_policy)]),
        ("attaching to its own role", "iam:AttachRolePolicy", &own_role, &[bounded, ("PolicyARN", &own_policy)]),
        ("an inline policy in its own role", "iam:PutRolePolicy", &own_role, &[bounded]),
        ("an inline policy in a role", "iam:PutRolePolicy", &role, &[bounded]),
        (
            "a role that the spec does not name",
            "iam:AttachRolePolicy",
            &iam("role/Admin"),
            &[("PolicyARN", &own_policy)],
        ),
        (
            "administrator access for the nodes",
            "iam:AttachRolePolicy",
            &iam("role/nodes"),
            &[("PolicyARN", ADMINISTRATOR)],
        ),
        (
            "the trust policy of a role that the spec does not name",
            "iam:UpdateAssumeRolePolicy",
            &iam("role/Admin"),
            &[],
        ),
        ("the trust policy of the node role", "iam:UpdateAssumeRolePolicy", &iam("role/nodes"), &[]),
        ("a wider boundary", "iam:CreatePolicyVersion", boundary, &[]),
        ("an older boundary", "iam:SetDefaultPolicyVersion", boundary, &[]),
        ("a user", "iam:CreateUser", &iam("user/shop/shared/me"), &[bounded]),
    ];
    for (way, action, resource, context) in ways {
        assert!(!may(apply, action, resource, context), "{way}: {action} on {resource}");
    }
}

/// Checks every IAM action on the resources of the runs, with all condition keys set.
fn cannot_change_own_permissions(apply: &Document, boundary: &str) {
    let own = [
        iam("role/hcp-terraform/shop/shared/shop-shared-ecr-hcp-apply"),
        iam("role/hcp-terraform/shop/shared/shop-shared-ecr-hcp-plan"),
        iam("policy/hcp-terraform/shop/shared/shop-shared-ecr-hcp-apply"),
        iam("policy/hcp-terraform/shop/shared/shop-shared-ecr-hcp-plan"),
        boundary.to_owned(),
    ];
    let actions: Vec<&str> = Action::all().map(|action| action.name).filter(|name| name.starts_with("iam:")).collect();
    assert!(actions.len() > 20, "{actions:?}");
    let context = [("PermissionsBoundary", boundary), ("PolicyARN", &iam("policy/shop/shared/anything"))];
    for (action, resource) in actions.iter().flat_map(|action| own.iter().map(move |arn| (action, arn))) {
        let decision = decision(apply, action, resource, &context);
        assert!(matches!(decision, Decision::ExplicitlyDenied { .. }), "{action} on {resource}: {decision:?}");
    }
}

fn can_manage_roles(apply: &Document, boundary: &str) {
    let role = iam("role/shop/shared/shop-shared-pipeline");
    let policy = iam("policy/shop/shared/shop-shared-pipeline");
    let bounded = ("PermissionsBoundary", boundary);
    let attached = ("PolicyARN", policy.as_str());
    let work: [(&str, &str, Conditions); 13] = [
        ("iam:CreateRole", &role, &[bounded]),
        ("iam:PutRolePermissionsBoundary", &role, &[bounded]),
        ("iam:UpdateAssumeRolePolicy", &role, &[]),
        ("iam:AttachRolePolicy", &role, &[bounded, attached]),
        ("iam:DetachRolePolicy", &role, &[bounded, attached]),
        ("iam:DetachRolePolicy", &role, &[attached]),
        ("iam:DeleteRole", &role, &[bounded]),
        ("iam:CreatePolicy", &policy, &[]),
        ("iam:CreatePolicyVersion", &policy, &[]),
        ("iam:DeletePolicy", &policy, &[]),
        ("iam:AttachRolePolicy", "arn:aws:iam::123456789012:role/nodes", &[attached]),
        ("iam:AttachRolePolicy", "arn:aws:iam::123456789012:role/eks/nodes", &[attached]),
        ("iam:DetachRolePolicy", "arn:aws:iam::123456789012:role/eks/nodes", &[attached]),
    ];
    for (action, resource, context) in work {
        assert!(may(apply, action, resource, context), "{action} on {resource}");
    }
}

#[test]
fn an_apply_cannot_escalate_its_permissions() {
    let apply = policy(&bootstrap(&format!("{SPEC}{WORKSPACE}")), "apply");
    cannot_bypass_boundary(&apply, &created_boundary());
    cannot_change_own_permissions(&apply, &created_boundary());
    can_manage_roles(&apply, &created_boundary());
}

#[test]
fn an_apply_cannot_escalate_with_an_existing_boundary() {
    for written in ["\"arn:aws:iam::123456789012:policy/guards/ci\"", "{ variable: boundary }"] {
        let rest = format!("{SPEC}{WORKSPACE}iam: {{ permissions_boundary: {written} }}\n");
        let module = bootstrap(&rest);
        assert!(module.find("resource aws_iam_policy boundary").is_none());
        let apply = policy(&module, "apply");
        cannot_bypass_boundary(&apply, &iam("policy/guards/ci"));
        cannot_change_own_permissions(&apply, &iam("policy/guards/ci"));
        can_manage_roles(&apply, &iam("policy/guards/ci"));
    }
}

#[test]
fn a_boundary_allows_everything_that_entries_can_do() {
    let rest = format!("{SPEC}{WORKSPACE}");
    let (root, bootstrap) = (shop(&rest).module("shared/ecr"), bootstrap(&rest));
    let boundary = policy(&bootstrap, "boundary");
    let mut asked = 0;
    for entry in ["pipeline", "developers"] {
        let policy = policy(&root, entry);
        for action in Action::all().map(|action| action.name) {
            for resource in [REPOSITORY, "arn:aws:ecr:eu-central-1:123456789012:repository/search"] {
                if may(&policy, action, resource, &[]) {
                    asked += 1;
                    assert!(may(&boundary, action, resource, &[]), "{entry}: {action} on {resource}");
                }
            }
        }
    }
    assert!(asked > 20, "{asked}");
}

/// It excludes repository policies, other services and other repositories.
#[test]
fn a_boundary_allows_nothing_outside_the_repositories() {
    let boundary = policy(&bootstrap(&format!("{SPEC}{WORKSPACE}")), "boundary");
    for action in ["ecr:SetRepositoryPolicy", "ecr:DeleteRepository", "ecr:PutLifecyclePolicy"] {
        assert!(!may(&boundary, action, REPOSITORY, &[]), "{action}");
    }
    let elsewhere = "arn:aws:ecr:eu-central-1:123456789012:repository/payroll";
    let outside = ["iam:CreateRole", "iam:PassRole", "sts:AssumeRole", "s3:GetObject", "kms:Decrypt"];
    for action in Action::all().map(|action| action.name).filter(|name| *name != "ecr:GetAuthorizationToken") {
        assert!(!may(&boundary, action, elsewhere, &[]), "{action}");
    }
    for action in outside {
        assert!(!may(&boundary, action, &iam("role/shop/shared/x"), &[]), "{action}");
    }
}

#[test]
fn every_role_of_the_root_module_has_the_boundary() {
    let boundary = |rest: &str| -> BTreeMap<String, Option<String>> {
        let module = shop(rest).module("shared/ecr");
        let roles = module.heads("resource aws_iam_role ").into_iter();
        let boundary = |head: &str| {
            let found = optional(module.block(head), "permissions_boundary").is_some();
            found.then(|| module.value(head, "permissions_boundary").as_str().expect("a text").to_owned())
        };
        roles.map(|head| (head.clone(), boundary(&head))).collect()
    };
    let all_are = |rest: &str, wanted: Option<&str>| {
        let found = boundary(rest);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.values().all(|found| found.as_deref() == wanted), "{found:?}");
    };
    all_are(SPEC, None);
    let computed = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:\
                    policy/hcp-terraform/shop/shared/shop-shared-ecr-boundary";
    all_are(&format!("{SPEC}{WORKSPACE}"), Some(computed));
    all_are(&format!("{SPEC}{WORKSPACE}iam: {{ permissions_boundary: create }}\n"), Some(computed));
    let given = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
    all_are(&format!("{SPEC}iam: {{ permissions_boundary: \"{given}\" }}\n"), Some(given));
    let variable = "iam: { permissions_boundary: { variable: boundary } }\n";
    all_are(&format!("{SPEC}{variable}"), Some("${var.boundary}"));
    let reference = "iam: { permissions_boundary: { ref: aws_iam_policy.guard.arn } }\nterraform: { root: shared }\n";
    all_are(&format!("{SPEC}{reference}"), Some("${aws_iam_policy.guard.arn}"));
}

#[test]
fn a_created_boundary_needs_a_workspace() {
    assert_eq!(
        shop(format!("{SPEC}iam: {{ permissions_boundary: create }}\n")).codes(),
        ["boundary-without-workspace"]
    );
    let reference = "iam: { permissions_boundary: { ref: aws_iam_policy.guard.arn } }\nterraform: { root: shared }\n";
    assert!(shop(format!("{SPEC}{WORKSPACE}{reference}")).codes().contains(&"reference-outside-of-root-module"));
}

/// The boundary does not leave with the last role: an apply must still be able to delete that role, and to create the next
/// one.
#[test]
fn the_boundary_is_there_while_there_is_a_workspace() {
    let module = bootstrap(&format!("repositories: {{ cart: {{}} }}\n{WORKSPACE}"));
    let boundary = policy(&module, "boundary");
    assert!(may(&boundary, "ecr:PutImage", REPOSITORY, &[]));
    let apply = policy(&module, "apply");
    assert!(may(&apply, "iam:DeleteRole", &iam("role/shop/shared/shop-shared-ci"), &[]));
    cannot_bypass_boundary(&apply, &created_boundary());
}

/// A managed policy has at most 6,144 characters, and a role has only one boundary.
#[test]
fn a_boundary_for_many_repositories_uses_their_common_prefix() {
    let spec = |count: usize, prefix: &str| {
        let keys: String = (0..count).map(|i| format!("  {prefix}service-{i:03}: {{}}\n")).collect();
        format!(
            "repositories:\n{keys}access:\n  ops: {{ can: [pull], repositories: [{prefix}service-000], \
                 assumed_by: [\"arn:aws:iam::123456789012:root\"] }}\n{WORKSPACE}"
        )
    };
    let resources = |rest: &str| {
        let policy = bootstrap(rest).value("resource aws_iam_policy boundary", "policy");
        assert!(
            serde_json::to_string(&policy)
                .expect("JSON")
                .replace("${data.aws_partition.current.partition}", "aws")
                .replace("${data.aws_caller_identity.current.account_id}", "123456789012")
                .len()
                <= 6_144
        );
        policy["Statement"][0]["Resource"].clone()
    };
    assert_eq!(resources(&spec(60, "")).as_array().map(Vec::len), Some(60));
    let many = resources(&spec(200, ""));
    assert!(many.as_str().expect("one").ends_with(":repository/service-*"), "{many}");
}
