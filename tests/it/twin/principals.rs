//! Kinds of principal that no shipped spec has: all of them are valid in Terraform, and applied as far as moto allows.
//!
//! moto supports neither EKS Pod Identity associations nor the tags of permission sets.

use ecrgen::iam::{Bindings, Caller, Context, Decision, Document, Effect, Request, evaluate};
use ecrgen::policies::Phase;
use ecrgen::policies::run_permissions;
use serde_json::{Value, json};

use super::account::life::{asked_for, module, succeed};
use super::account::moto::Moto;
use super::account::parliament;
use super::account::{Account, ID, meaning};
use super::judged::valid::validate;
use super::rendering::{self, Files};
use crate::harness::Compiled;
use crate::terraform::binary::Terraform;

const BASE: &str = "
platform: shop
environment: prod
region: ap-southeast-3
terraform: { directory: registry, providers: { aws: \"~> 5.100\" } }
repositories: { cart: {} }
oidc_providers: { github: look_up, gitlab: create, hcp: create }
outputs: { gitlab_provider: oidc_providers.gitlab.arn, hcp_provider: oidc_providers.hcp.arn }
access:
  github: { can: [push], repositories: [cart], github: { repository: o/r, owner_id: 1, repository_id: 2, branches: [main] } }
  gitlab:
    can: [push]
    repositories: [cart]
    gitlab: { project: g/p, project_id: 3, branches: [main], tags: [\"v*\"], protected: true, audience: \"https://gitlab.com\" }
  hcp: { can: [push], repositories: [cart], hcp: { organization: acme, workspace: images, phases: [apply] } }
";

const NOT_FOR_MOTO: &str = "
  pods: { can: [push], repositories: [cart], pod_identity: { cluster: { variable: cluster }, service_accounts: [ci/a, ci/b] } }
  agents: { can: [push], repositories: [cart], oidc: { issuer: \"https://agent.buildkite.com\", subjects: [\"organization:shop:pipeline:cart:*\"] } }
  people: { can: [read], repositories: [cart], permission_set: { name: Cart, instance: { variable: identity_center } } }
";

fn rendered(spec: &str) -> Files {
    rendering::modules(&Compiled::of(spec).files()).remove("registry").expect("a root module")
}

/// The permissions of the runs of a workspace that manages the spec's output.
fn run_permissions_of(spec: &str, phase: Phase) -> Document {
    run_permissions::policy(Compiled::of(spec).platform(), phase)
}

#[test]
fn every_kind_is_valid() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let (is_valid, said) = validate(&terraform, &rendered(&format!("{BASE}{NOT_FOR_MOTO}")));
    assert!(is_valid, "{said}");
}

#[test]
fn forges_and_runs_are_applied_and_destroyed() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let Some(moto) = Moto::start() else { return };
    moto.script("prepare.py", &[]);
    let before = Account(moto.script("read_back.py", &[]));
    let mut files = rendered(BASE);
    let module = module(&moto, &files);
    succeed(&terraform, &module, &["init"]);
    let (said, mut asked) = asked_for(&moto, || succeed(&terraform, &module, &["apply", "-auto-approve"]));
    assert!(said.contains("Resources: 12 added, 0 changed, 0 destroyed."), "{said}");
    for issuer in ["gitlab.com", "app.terraform.io"] {
        let arn = format!("arn:aws:iam::{ID}:oidc-provider/{issuer}");
        assert!(said.contains(&format!("_provider = \"{arn}\"")), "{said}");
    }
    succeed(&terraform, &module, &["plan", "-detailed-exitcode"]);
    roles_are_there(&Account(moto.script("read_back.py", &[])));
    parliament::finds_nothing(&moto);

    for (path, text) in &mut files {
        *text = text.replace("prevent_destroy = true", "prevent_destroy = false");
        module.write(path, text);
    }
    let (_, destroyed) = asked_for(&moto, || succeed(&terraform, &module, &["destroy", "-auto-approve"]));
    assert_eq!(Account(moto.script("read_back.py", &[])), before);

    asked.extend(destroyed);
    let apply = run_permissions_of(BASE, Phase::Apply);
    let allowing: Vec<_> = apply.statements.iter().filter(|statement| statement.effect == Effect::Allow).collect();
    let missing: Vec<&String> =
        asked.iter().filter(|action| !allowing.iter().any(|statement| statement.covers_action(action))).collect();
    // A run destroys neither a repository that the spec does not mark nor a provider with prevent_destroy.
    assert_eq!(missing, ["ecr:DeleteRepository", "iam:DeleteOpenIDConnectProvider"]);
}

fn roles_are_there(account: &Account) {
    let trust = |issuer: &str, condition: Value| {
        json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": format!("arn:aws:iam::{ID}:oidc-provider/{issuer}")},
            "Condition": condition,
        }]})
    };
    let github = "token.actions.githubusercontent.com";
    let expected = [
        (
            "github",
            trust(
                github,
                json!({"StringEquals": {
                    format!("{github}:aud"): "sts.amazonaws.com",
                    format!("{github}:repository_id"): "2",
                    format!("{github}:repository_owner_id"): "1",
                    format!("{github}:sub"): ["repo:o/r:ref:refs/heads/main", "repo:o@1/r@2:ref:refs/heads/main"],
                }}),
            ),
        ),
        (
            "gitlab",
            trust(
                "gitlab.com",
                json!({
                    "StringEquals": {
                        "gitlab.com:aud": "https://gitlab.com",
                        "gitlab.com:project_id": "3",
                        "gitlab.com:ref_protected": "true",
                    },
                    "StringLike": {"gitlab.com:sub": [
                        "project_path:g/p:ref_type:branch:ref:main",
                        "project_path:g/p:ref_type:tag:ref:v*",
                        "project_id:3:ref_type:branch:ref:main",
                        "project_id:3:ref_type:tag:ref:v*",
                    ]},
                }),
            ),
        ),
        (
            "hcp",
            trust(
                "app.terraform.io",
                json!({"StringEquals": {
                    "app.terraform.io:aud": "aws.workload.identity",
                    "app.terraform.io:sub": "organization:acme:project:Default Project:workspace:images:run_phase:apply",
                }}),
            ),
        ),
    ];
    for (entry, trust) in expected {
        let role = account.at(&["roles", &format!("shop-prod-{entry}")]);
        assert_eq!(meaning(&role["trust"]), meaning(&trust), "{entry}");
        assert_eq!(role["policies"], json!([account.at(&["policies", &format!("shop-prod-{entry}"), "arn"])]));
    }
}

/// Service Authorization Reference, "Amazon Elastic Kubernetes Service" and "AWS IAM Identity Center".
#[test]
fn a_workspace_can_manage_associations_and_permission_sets() {
    let with = |cluster: &str, id: &str| {
        format!(
            "{BASE}  pods: {{ can: [push], repositories: [cart], pod_identity: {{ cluster: {cluster}, service_accounts: [ci/a] }} }}
  people: {{ can: [read], repositories: [cart], permission_set: {{ name: Cart, instance: {id} }} }}
"
        )
    };
    let spec = with("main", "\"arn:aws:sso:::instance/ssoins-0123456789abcdef\"");
    let eks = |resource: &str| format!("arn:aws:eks:ap-southeast-3:{ID}:{resource}");
    let role = |name: &str| format!("arn:aws:iam::{ID}:role/{name}");
    let (cluster, association) = (eks("cluster/main"), eks("podidentityassociation/main/a-0123456789"));
    let instance = "arn:aws:sso:::instance/ssoins-0123456789abcdef";
    let set = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef";
    let reads = [
        ("eks:DescribePodIdentityAssociation", association.as_str()),
        ("sso:DescribePermissionSet", instance),
        ("sso:DescribePermissionSet", set),
        ("sso:ListTagsForResource", set),
        ("sso:ListCustomerManagedPolicyReferencesInPermissionSet", set),
    ];
    let writes = [
        ("eks:CreatePodIdentityAssociation", cluster.as_str()),
        ("eks:UpdatePodIdentityAssociation", &association),
        ("eks:DeletePodIdentityAssociation", &association),
        ("eks:TagResource", &association),
        ("iam:PassRole", &role("shop/prod/shop-prod-pods-ci-a")),
        ("sso:CreatePermissionSet", instance),
        ("sso:UpdatePermissionSet", set),
        ("sso:DeletePermissionSet", set),
        ("sso:TagResource", set),
        ("sso:AttachCustomerManagedPolicyReferenceToPermissionSet", set),
        ("sso:DetachCustomerManagedPolicyReferenceFromPermissionSet", set),
        ("sso:ProvisionPermissionSet", set),
        ("sso:ProvisionPermissionSet", "arn:aws:sso:::account/210987654321"),
        ("sso:DescribePermissionSetProvisioningStatus", instance),
    ];
    let [plan, apply] = Phase::ALL.map(|phase| run_permissions_of(&spec, phase));
    for (action, resource) in reads {
        assert!(allows(&plan, action, resource) && allows(&apply, action, resource), "{action} on {resource}");
    }
    for (action, resource) in writes {
        assert!(allows(&apply, action, resource), "{action} on {resource}");
        assert!(!allows(&plan, action, resource), "a plan and {action}");
    }
    for (action, resource) in [
        ("eks:CreatePodIdentityAssociation", eks("cluster/other")),
        ("eks:DeletePodIdentityAssociation", eks("podidentityassociation/other/a-0123456789")),
        ("iam:PassRole", role("Administrator")),
        ("sso:DeletePermissionSet", "arn:aws:sso:::permissionSet/ssoins-other/ps-0123456789abcdef".into()),
    ] {
        assert!(!allows(&apply, action, &resource), "{action} on {resource}");
    }
    let unknown = run_permissions_of(&with("{ variable: cluster }", "{ variable: identity_center }"), Phase::Apply);
    assert!(allows(&unknown, "eks:CreatePodIdentityAssociation", &cluster));
    assert!(allows(&unknown, "sso:DeletePermissionSet", set));
}

fn allows(policy: &Document, action: &str, resource: &str) -> bool {
    let role = format!("arn:aws:iam::{ID}:role/hcp-terraform/x").parse().expect("an ARN");
    let request = Request {
        caller: Caller::Role { role, session: "run".into() },
        action: action.into(),
        resource: Some(resource.parse().expect("an ARN")),
        context: Context::default().with("iam:PassedToService", ["pods.eks.amazonaws.com"]),
    };
    let bindings = Bindings::commercial("ap-southeast-3", ID);
    matches!(evaluate(std::slice::from_ref(policy), &bindings, &request), Decision::Allowed { .. })
}
