//! The roles of the workspace's runs: who can assume them, and whether their permissions are sufficient.
//!
//! Terraform runs with the actions of these roles in an account that enforces IAM (`account::sessions`). The requests that it sends
//! are then compared with the documents, which shows where an action comes from: from the role's policy or from that of a key.

mod fresh_account;

use ecrgen::iam::{Document, Effect, Statement};
use serde_json::json;

use super::account::life::Actions;
use super::account::{Account, meaning};
use super::piksel::REPOSITORY;

/// The permissions boundary of the platform's roles. The bootstrap module creates it below a separate path.
pub const BOUNDARY: &str = "arn:aws:iam::123456789012:policy/hcp-terraform/piksel/shared/piksel-shared-ecr-boundary";

/// All actions of the verbs (ECR user guide, "Private repository policies" and "IAM permissions for pushing
/// an image"); no change of a repository's settings or policies.
const VERBS: [&str; 15] = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchDeleteImage",
    "ecr:BatchGetImage",
    "ecr:BatchImportUpstreamImage",
    "ecr:CompleteLayerUpload",
    "ecr:CreateRepository",
    "ecr:DescribeImageScanFindings",
    "ecr:DescribeImages",
    "ecr:DescribeRepositories",
    "ecr:GetDownloadUrlForLayer",
    "ecr:InitiateLayerUpload",
    "ecr:ListImages",
    "ecr:PutImage",
    "ecr:TagResource",
    "ecr:UploadLayerPart",
];

/// The permissions that each kind of run needed.
pub struct Asked {
    /// A plan without changes.
    pub plan: Actions,
    /// An apply that created everything.
    pub apply: Actions,
    /// A destroy.
    pub destroy: Actions,
}

/// Checks that each phase has its own role, for this workspace only.
pub fn roles_are_there(account: &Account) {
    let provider = "arn:aws:iam::123456789012:oidc-provider/app.terraform.io";
    let providers = account.at(&["oidc_providers"]).as_array().expect("a list");
    assert!(providers.contains(&json!(provider)), "{providers:?}");
    for phase in ["plan", "apply"] {
        let role = account.at(&["roles", &name(phase)]);
        let subject =
            format!("organization:piksel:project:Default Project:workspace:piksel-ecr-shared:run_phase:{phase}");
        let condition = json!({"app.terraform.io:aud": "aws.workload.identity", "app.terraform.io:sub": subject});
        let trust = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
            "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": provider},
            "Condition": {"StringEquals": condition}}]});
        assert_eq!(meaning(&role["trust"]), meaning(&trust), "{phase}");
        assert_eq!(role["policies"], json!([account.at(&["policies", &name(phase), "arn"])]), "{phase}");
    }
}

/// Checks that the boundary covers only the platform's repository.
pub fn boundary_is_there(account: &Account) {
    let policy = account.at(&["policies", "piksel-shared-ecr-boundary"]);
    assert_eq!(policy["arn"], BOUNDARY);
    let expected = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": VERBS, "Resource": REPOSITORY},
        {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
    ]});
    assert_eq!(meaning(&policy["document"]), meaning(&expected));
}

/// Checks that plans can only read, and that applies can do everything they need, except for deleting repositories that no
/// spec has marked.
pub fn permissions_suffice(account: &Account, asked: &Asked) {
    permissions_suffice_but_for(account, asked, &["ecr:DeleteRepository"]);
}

/// The same, except for the actions of a destroy that are left to people.
pub fn permissions_suffice_but_for(account: &Account, asked: &Asked, left_to_people: &[&str]) {
    permissions_suffice_for("piksel-shared-ecr", account, asked, left_to_people);
}

/// The same, for the roles whose names start with this.
pub fn permissions_suffice_for(start: &str, account: &Account, asked: &Asked, left_to_people: &[&str]) {
    let name = |phase: &str| format!("{start}-hcp-{phase}");
    let policy = |phase: &str| account.document(&["policies", &name(phase), "document"]);
    let (plan, mut apply) = (policy("plan"), policy("apply"));
    // The policy of a key allows the apply role to manage it.
    let aliases = account.names("keys").into_iter().map(|alias| ["keys", alias, "policy"]);
    let topics = account.names("topics").into_iter().map(|topic| ["topics", topic, "key_policy"]);
    for path in aliases.chain(topics).filter(|path| !account.at(path).is_null()) {
        let by_key = account.document(&path);
        let names_role = |statement: &&Statement| format!("{:?}", statement.principal).contains(&name("apply"));
        apply.statements.extend(by_key.statements.iter().filter(names_role).cloned());
    }
    assert!(asked.plan.len() > 5 && asked.apply.len() > 10 && asked.destroy.len() > 10, "something was recorded");
    assert_eq!(missing(&plan, &asked.plan), [""; 0], "in plans");
    assert_eq!(missing(&apply, &asked.apply), [""; 0], "in applies");
    assert_eq!(missing(&apply, &asked.destroy), left_to_people, "in applies that destroy");

    let reads = |action: &&String| ["Describe", "Get", "List"].iter().any(|verb| action.contains(&format!(":{verb}")));
    let writes: Actions = asked.apply.union(&asked.destroy).filter(|action| !reads(action)).cloned().collect();
    assert_eq!(missing(&plan, &writes), Vec::from_iter(&writes), "a plan writes nothing");
}

fn missing<'a>(policy: &Document, actions: &'a Actions) -> Vec<&'a str> {
    // Deny statements have actions too.
    let allowing: Vec<_> = policy.statements.iter().filter(|statement| statement.effect == Effect::Allow).collect();
    let allowed = |action: &str| allowing.iter().any(|statement| statement.covers_action(action));
    actions.iter().map(String::as_str).filter(|action| !allowed(action)).collect()
}

fn name(phase: &str) -> String {
    format!("piksel-shared-ecr-hcp-{phase}")
}
