//! An apply cannot grant itself more than it has: judged over the documents as they are rendered.

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

/// An ARN of IAM in the account.
fn iam(resource: &str) -> String {
    format!("arn:aws:iam::123456789012:{resource}")
}

fn made() -> String {
    iam("policy/hcp-terraform/shop/shared/shop-shared-ecr-boundary")
}

/// A policy, with what only the account knows filled in.
fn document(policy: &Value) -> Document {
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
    Document::from_json(&text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

fn policy(module: &Module, label: &str) -> Document {
    document(&module.value(&format!("resource aws_iam_policy {label}"), "policy"))
}

fn bootstrap(rest: &str) -> Module {
    shop(rest).module("shared/ecr-workspace")
}

/// What comes with a request: condition keys of IAM, and their values.
type Conditions<'a> = &'a [(&'a str, &'a str)];

fn decision(policy: &Document, action: &str, resource: &str, context: Conditions) -> Decision {
    let role = iam("role/hcp-terraform/shop/shared/shop-shared-ecr-hcp-apply").parse().expect("an ARN");
    let context =
        context.iter().fold(Context::default(), |context, (key, value)| context.with(&format!("iam:{key}"), [*value]));
    let caller = Caller::Role { role, session: "run".into() };
    let resource = Some(resource.parse().unwrap_or_else(|_| panic!("{resource}")));
    let request = Request { caller, action: action.into(), resource, context };
    evaluate(std::slice::from_ref(policy), &Bindings::commercial("eu-central-1", "123456789012"), &request)
}

fn may(policy: &Document, action: &str, resource: &str, context: Conditions) -> bool {
    matches!(decision(policy, action, resource, context), Decision::Allowed { .. })
}

const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// What a pipeline needs to go around the boundary, each by itself (IAM user guide, "Permissions boundaries for IAM
/// entities", "Delegating responsibility to others").
fn no_way_around(apply: &Document, boundary: &str) {
    let role = iam("role/shop/shared/shop-shared-pipeline");
    let elsewhere = iam("role/shop/staging/shop-staging-pipeline");
    let own_policy = iam("policy/shop/shared/anything");
    let own_role = iam("role/hcp-terraform/shop/shared/shop-shared-ecr-hcp-apply");
    let other_boundary = iam("policy/shop/shared/wide");
    let bounded = ("PermissionsBoundary", boundary);
    let ways: [(&str, &str, &str, Conditions); 19] = [
        ("a role without boundary", "iam:CreateRole", &role, &[]),
        ("AWS's own as boundary", "iam:CreateRole", &role, &[("PermissionsBoundary", ADMINISTRATOR)]),
        ("its own policy as boundary", "iam:CreateRole", &role, &[("PermissionsBoundary", &other_boundary)]),
        ("a role on another path", "iam:CreateRole", &elsewhere, &[bounded]),
        ("another boundary", "iam:PutRolePermissionsBoundary", &role, &[("PermissionsBoundary", &other_boundary)]),
        ("no boundary any more", "iam:DeleteRolePermissionsBoundary", &role, &[bounded]),
        ("no boundary on others", "iam:DeleteRolePermissionsBoundary", &elsewhere, &[bounded]),
        ("administrator", "iam:AttachRolePolicy", &role, &[bounded, ("PolicyARN", ADMINISTRATOR)]),
        ("a role from before", "iam:AttachRolePolicy", &role, &[("PolicyARN", &own_policy)]),
        ("its own role", "iam:AttachRolePolicy", &own_role, &[bounded, ("PolicyARN", &own_policy)]),
        ("a policy inside its own role", "iam:PutRolePolicy", &own_role, &[bounded]),
        ("a policy inside a role", "iam:PutRolePolicy", &role, &[bounded]),
        ("a role nobody named", "iam:AttachRolePolicy", &iam("role/Admin"), &[("PolicyARN", &own_policy)]),
        ("administrator nodes", "iam:AttachRolePolicy", &iam("role/nodes"), &[("PolicyARN", ADMINISTRATOR)]),
        ("who assumes a role nobody named", "iam:UpdateAssumeRolePolicy", &iam("role/Admin"), &[]),
        ("who assumes the nodes' role", "iam:UpdateAssumeRolePolicy", &iam("role/nodes"), &[]),
        ("a wider boundary", "iam:CreatePolicyVersion", boundary, &[]),
        ("an older boundary", "iam:SetDefaultPolicyVersion", boundary, &[]),
        ("a user", "iam:CreateUser", &iam("user/shop/shared/me"), &[bounded]),
    ];
    for (way, action, resource, context) in ways {
        assert!(!may(apply, action, resource, context), "{way}: {action} on {resource}");
    }
}

/// Whatever IAM can do with them, and whatever comes with the request.
fn own_rights_are_out_of_reach(apply: &Document, boundary: &str) {
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

fn work_goes_on(apply: &Document, boundary: &str) {
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
fn an_apply_cannot_grant_itself_more_than_it_has() {
    let apply = policy(&bootstrap(&format!("{SPEC}{WORKSPACE}")), "apply");
    no_way_around(&apply, &made());
    own_rights_are_out_of_reach(&apply, &made());
    work_goes_on(&apply, &made());
}

#[test]
fn nor_with_a_boundary_that_is_there() {
    for written in ["\"arn:aws:iam::123456789012:policy/guards/ci\"", "{ variable: boundary }"] {
        let rest = format!("{SPEC}{WORKSPACE}iam: {{ permissions_boundary: {written} }}\n");
        let module = bootstrap(&rest);
        assert!(module.find("resource aws_iam_policy boundary").is_none());
        let apply = policy(&module, "apply");
        no_way_around(&apply, &iam("policy/guards/ci"));
        own_rights_are_out_of_reach(&apply, &iam("policy/guards/ci"));
        work_goes_on(&apply, &iam("policy/guards/ci"));
    }
}

#[test]
fn a_boundary_takes_nothing_from_what_entries_can_do() {
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

/// Neither the policies of a repository nor anything outside of ECR, and no other repository.
#[test]
fn a_boundary_ends_at_the_platforms_repositories() {
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
fn a_boundary_has_to_be_made_by_somebody() {
    assert_eq!(
        shop(format!("{SPEC}iam: {{ permissions_boundary: create }}\n")).codes(),
        ["boundary-without-workspace"]
    );
    let reference = "iam: { permissions_boundary: { ref: aws_iam_policy.guard.arn } }\nterraform: { root: shared }\n";
    assert_eq!(shop(format!("{SPEC}{WORKSPACE}{reference}")).codes(), ["reference-outside-of-root-module"]);
}

/// Where nobody gets a role there is nothing to bound.
#[test]
fn a_platform_without_roles_needs_no_boundary() {
    let module = bootstrap(&format!("repositories: {{ cart: {{}} }}\n{WORKSPACE}"));
    assert!(module.find("resource aws_iam_policy boundary").is_none());
    let apply = module.value("resource aws_iam_policy apply", "policy").to_string();
    assert!(!apply.contains("iam:"), "{apply}");
}

/// A managed policy has 6,144 characters, and a role one boundary.
#[test]
fn a_boundary_of_many_repositories_goes_by_the_beginning_of_their_names() {
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

/// Their policies an apply writes too, and on them there is no boundary of ours.
#[test]
fn who_has_no_boundary_is_said_to_the_administrator() {
    let readme = |access: &str| {
        let rest = format!("repositories: {{ cart: {{}} }}\n{access}{WORKSPACE}");
        let readme = shop(&rest).files().remove("shared/ecr-workspace/README.md");
        readme.expect("a README").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let entry = |who: &str| format!("access: {{ a: {{ can: [pull], repositories: all, {who} }} }}\n");
    let (confined, bounded) = ("so the apply role is confined", "The roles it makes have a permissions boundary");
    let unbounded = "have no boundary of this platform, and an apply can give them any permission";
    let says = |who: &str| [confined, bounded, unbounded].map(|text| readme(who).contains(text));
    assert_eq!(says(""), [false, false, false]);
    assert_eq!(says(&entry("assumed_by: [\"arn:aws:iam::123456789012:root\"]")), [true, true, false]);
    assert_eq!(says(&entry("node_roles: [nodes]")), [true, false, true]);
    let set = "permission_set: { name: Pull, instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\" }";
    assert_eq!(says(&entry(set)), [true, false, true]);
}
