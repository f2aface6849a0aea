//! The platforms with several environments: each is applied, planned again and destroyed in an emulated account, and what the
//! AWS API then returns is compared with the documents that the specs follow.

mod compute_layer;
mod idp;
mod pipeops;
mod services;

use serde_json::{Value, json};

use super::account::life::{Applied, Ground};
use super::account::{Account, meaning, parliament};
use super::rendering::{Files, twin, twin_names};
use super::workspace::{Asked, permissions_suffice_for};

const GITHUB: &str = "token.actions.githubusercontent.com";

/// The role of the nodes exists, and so do these OIDC providers.
const PREPARED: (&str, &[&str]) = ("prepare_platforms.py", &[GITHUB, "gitlab.com"]);

/// The root modules that the tests of this folder apply: the twin and the folder of the module.
const APPLIED: [(&str, &str); 7] = [
    ("compute-layer", compute_layer::DEV.folder),
    ("compute-layer", compute_layer::PROD.folder),
    ("idp", idp::POC.folder),
    ("pipeops", pipeops::DEV.folder),
    ("pipeops", pipeops::PROD.folder),
    ("services", services::DEV.folder),
    ("services", services::PROD.folder),
];

/// The hand-written files of the root modules that are shared.
pub fn beside(folder: &str) -> impl Iterator<Item = (String, String)> {
    let shared = [compute_layer::DEV, compute_layer::PROD, idp::POC];
    let of_folder = shared.into_iter().find(|ground| ground.folder == folder).map_or(&[][..], |ground| ground.beside);
    of_folder.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
}

#[test]
fn every_root_module_is_applied() {
    let of_piksel = |name: &String| name.starts_with("piksel");
    let roots = twin_names().into_iter().filter(|name| !of_piksel(name)).flat_map(|name| {
        let folders: Vec<String> = super::bootstrap::root_parts(&twin(&name)).into_keys().collect();
        folders.into_iter().map(move |folder| (name.clone(), folder))
    });
    let expected = APPLIED.map(|(name, folder)| (name.to_owned(), folder.to_owned()));
    assert_eq!(Vec::from_iter(roots), expected);
}

/// Applies a root module of a twin, compares the account with what a function expects, plans again, and destroys everything. With
/// a workspace, the roles of its runs must suffice. `left_to_people` lists what the apply role must not do even then.
fn lives(
    output: &Files,
    ground: Ground,
    resources: usize,
    left_to_people: &[&str],
    expect: impl FnOnce(&Applied, &Account),
) {
    let Some(applied) = Applied::rendered(output, ground, resources) else { return };
    let plan = applied.settles();
    let account = applied.account();
    expect(&applied, &account);
    parliament::finds_nothing(&applied.moto);
    let role = account.names("roles").into_iter().find_map(|name| name.strip_suffix("-hcp-apply")).map(str::to_owned);
    let asked = Asked { plan, apply: applied.asked.clone(), destroy: applied.destroys_completely(left_to_people) };
    if let Some(role) = role {
        permissions_suffice_for(&role, &account, &asked, left_to_people);
    }
}

/// A lifecycle rule as AWS returns it, without its description.
fn expire(priority: u32, selection: Value) -> Value {
    json!({ "rulePriority": priority, "selection": selection, "action": { "type": "expire" } })
}

/// The selection of the newest images with a tag that starts with this prefix.
fn prefixed(prefix: &str, count: u32) -> Value {
    json!({ "tagStatus": "tagged", "tagPrefixList": [prefix], "countType": "imageCountMoreThan", "countNumber": count })
}

/// The selection of images with such a tag that were pushed more than some days ago.
fn prefixed_older(prefix: &str, days: u32) -> Value {
    json!({ "tagStatus": "tagged", "tagPrefixList": [prefix], "countType": "sinceImagePushed", "countUnit": "days", "countNumber": days })
}

/// The selection that keeps all images with a tag that matches: no repository has as many.
fn all_with(pattern: &str) -> Value {
    json!({ "tagStatus": "tagged", "tagPatternList": [pattern], "countType": "imageCountMoreThan", "countNumber": 999_999 })
}

fn untagged_older(days: u32) -> Value {
    json!({ "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": days })
}

fn newest(count: u32) -> Value {
    json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": count })
}

/// Checks the settings and the lifecycle rules of a repository.
fn has_repository(account: &Account, name: &str, settings: Value, rules: &[Value]) {
    let mut found = account.at(&["repositories", name]).clone();
    let policy = found["lifecycle_policy"].take();
    for (key, expected) in settings.as_object().expect("settings") {
        assert_eq!(found[key], *expected, "{key} of {name}");
    }
    let mut found = policy["rules"].clone();
    for rule in found.as_array_mut().expect("rules") {
        rule.as_object_mut().expect("a rule").remove("description");
    }
    assert_eq!(found, json!(rules), "{name}");
}

/// The trust policy of a role for tokens of an issuer.
fn web_identity(account: &str, issuer: &str, condition: Value) -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": { "Federated": format!("arn:aws:iam::{account}:oidc-provider/{issuer}") }, "Condition": condition }] })
}

/// The trust policy for workflows of the one repository that a spec names. The IDs keep out a repository that takes over the name.
fn github(ground: Ground, mut condition: Value) -> Value {
    for (claim, value) in [("aud", "sts.amazonaws.com"), ("repository_id", "2222"), ("repository_owner_id", "1111")] {
        condition["StringEquals"][format!("{GITHUB}:{claim}")] = value.into();
    }
    web_identity(ground.account, GITHUB, condition)
}

/// Checks who can assume a role.
fn is_trusted(account: &Account, role: &str, trust: &Value) {
    assert_eq!(meaning(account.at(&["roles", role, "trust"])), meaning(trust), "{role}");
}

/// Checks that a policy allows these actions on these ARNs, and the login.
fn allows(account: &Account, policy: &str, actions: &[&str], arns: &[String]) {
    let expected = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": actions, "Resource": arns },
        { "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*" },
    ] });
    assert_eq!(meaning(account.at(&["policies", policy, "document"])), meaning(&expected), "{policy}");
}

/// ECR user guide, "IAM permissions for pushing an image".
const PUSH: [&str; 6] = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:CompleteLayerUpload",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
];

/// ECR user guide, "Private repository policies".
const PULL: [&str; 3] = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
