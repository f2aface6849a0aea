//! The expected content of the account for piksel's spec and blueprint.

use serde_json::{Value, json};

use super::account::{Account, meaning};
use super::workspace::BOUNDARY;

/// The ARN of the one repository.
pub const REPOSITORY: &str = "arn:aws:ecr:ap-southeast-3:123456789012:repository/piksel-core";

/// The blueprint's pipeline role (section 4), and `BatchGetImage`: an image cannot be pushed without it (ECR user
/// guide, "IAM permissions for pushing an image").
const PUSH: [&str; 7] = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:CompleteLayerUpload",
    "ecr:DescribeImages",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
];

/// The blueprint's role for pods.
const PULL: [&str; 3] = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/// The actions for reading, in addition to those above.
const READ: [&str; 4] =
    ["ecr:DescribeImageScanFindings", "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:ListImages"];

const SERVICE_ACCOUNTS: [[&str; 2]; 4] =
    [["odc", "odc"], ["jupyterhub", "hub"], ["ows", "ows"], ["explorer", "explorer"]];

/// The tags of every resource that can have tags.
pub fn tags() -> Value {
    json!({"Project": "piksel", "Environment": "shared", "Purpose": "container-registry", "ManagedBy": "Terraform",
        "Owner": "DevOps-Team"})
}

/// The whole registry.
pub fn is_there(account: &Account, issuer: &str) {
    assert_eq!(account.at(&["repositories"]), &json!({"piksel-core": repository()}));
    roles_are_there(account, issuer);
    policies_are_there(account);
}

/// Sections 3 and 5, without the moving tag. That the key is AWS managed is not visible, because ECR returns an ARN.
fn repository() -> Value {
    let rule = |priority: u32, description: &str, selection: Value| {
        json!({"rulePriority": priority, "description": description, "selection": selection,
            "action": {"type": "expire"}})
    };
    json!({
        "arn": REPOSITORY,
        "tag_mutability": "IMMUTABLE",
        "encryption": "KMS",
        "scan_on_push": true,
        "tags": tags(),
        "policy": null,
        "lifecycle_policy": {"rules": [
            rule(1, "Expire all but the newest 5 tagged images", json!({"tagStatus": "tagged", "tagPatternList": ["*"],
                "countType": "imageCountMoreThan", "countNumber": 5})),
            rule(2, "Expire untagged images 7 days after the push", json!({"tagStatus": "untagged",
                "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7})),
        ]},
    })
}

fn roles_are_there(account: &Account, issuer: &str) {
    let mut expected = vec![
        ("piksel-shared-image-pipeline".to_owned(), github_trust(), "piksel-shared-image-pipeline"),
        ("piksel-shared-developers".to_owned(), developers_trust(), "piksel-shared-developers"),
    ];
    for [namespace, name] in SERVICE_ACCOUNTS {
        let trust = pods_trust(issuer, namespace, name);
        expected.push((format!("piksel-shared-pods-{namespace}-{name}"), trust, "piksel-shared-pods"));
    }
    for (role, trust, policy) in &expected {
        let found = account.at(&["roles", role]);
        assert_eq!(meaning(&found["trust"]), meaning(trust), "{role}");
        let arn = format!("arn:aws:iam::123456789012:role/piksel/shared/{role}");
        assert_eq!(found["arn"], json!(arn));
        assert_eq!(found["policies"], json!([policy_arn(policy)]), "{role}");
        assert_eq!(found["inline_policies"], json!([]), "{role}");
        assert_eq!(found["boundary"], json!(BOUNDARY), "{role}");
        assert_eq!(found["tags"], tags(), "{role}");
    }
    // The role of the nodes existed before, and has one more policy.
    assert_eq!(account.at(&["roles", "piksel-nodes", "policies"]), &json!([policy_arn("piksel-shared-nodes")]));
    assert_eq!(account.at(&["roles", "piksel-nodes", "boundary"]), &Value::Null);
    assert_eq!(of_the_platform(account, "roles"), expected.len());
}

fn policies_are_there(account: &Account) {
    let expected = [
        ("piksel-shared-image-pipeline", PUSH.to_vec()),
        ("piksel-shared-nodes", PULL.to_vec()),
        ("piksel-shared-pods", PULL.to_vec()),
        ("piksel-shared-developers", [&PULL[..], &READ].concat()),
    ];
    for (policy, actions) in &expected {
        let found = account.at(&["policies", policy]);
        assert_eq!(meaning(&found["document"]), meaning(&permissions(actions)), "{policy}");
        assert_eq!(found["arn"], json!(policy_arn(policy)));
        assert_eq!(found["tags"], tags(), "{policy}");
    }
    assert_eq!(of_the_platform(account, "policies"), expected.len());
}

/// The number of resources of a kind below the platform's path.
fn of_the_platform(account: &Account, kind: &str) -> usize {
    let things = account.at(&[kind]).as_object().expect("an object").values();
    let arns = things.map(|thing| thing["arn"].as_str().expect("an ARN"));
    arns.filter(|arn| arn.contains("/piksel/shared/") && !arn.contains("/hcp-terraform/")).count()
}

fn policy_arn(name: &str) -> String {
    format!("arn:aws:iam::123456789012:policy/piksel/shared/{name}")
}

/// The actions on the repository, and the login, which cannot be limited to a repository.
fn permissions(actions: &[&str]) -> Value {
    json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": actions, "Resource": REPOSITORY},
        {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
    ]})
}

/// Pushes to main and develop and tags of versions, with both forms of the subject, for this repository and not for
/// another one that takes over its name.
fn github_trust() -> Value {
    const ISSUER: &str = "token.actions.githubusercontent.com";
    let contexts = ["ref:refs/heads/main", "ref:refs/heads/develop", "ref:refs/tags/v*"];
    let subjects: Vec<String> = ["repo:piksel/piksel-core", "repo:piksel@1111/piksel-core@2222"]
        .iter()
        .flat_map(|repository| contexts.map(|context| format!("{repository}:{context}")))
        .collect();
    web_identity(
        ISSUER,
        json!({
            "StringEquals": {
                format!("{ISSUER}:aud"): "sts.amazonaws.com",
                format!("{ISSUER}:repository_id"): "2222",
                format!("{ISSUER}:repository_owner_id"): "1111",
            },
            "StringLike": {format!("{ISSUER}:sub"): subjects},
        }),
    )
}

fn pods_trust(issuer: &str, namespace: &str, service_account: &str) -> Value {
    web_identity(
        issuer,
        json!({"StringEquals": {
            format!("{issuer}:aud"): "sts.amazonaws.com",
            format!("{issuer}:sub"): format!("system:serviceaccount:{namespace}:{service_account}"),
        }}),
    )
}

fn web_identity(issuer: &str, condition: Value) -> Value {
    let provider = format!("arn:aws:iam::123456789012:oidc-provider/{issuer}");
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": provider}, "Condition": condition}]})
}

fn developers_trust() -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"AWS": "arn:aws:iam::123456789012:role/Developer"}}]})
}
