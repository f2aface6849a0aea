//! The account after applying a spec with guest accounts, a KMS key and a registry policy.
//!
//! moto stores the policies of repositories, registry and key, but does not evaluate them.

use serde_json::{Value, json};

use super::account::life::{Applied, Ground};
use super::account::parliament;
use super::account::{Account, meaning};
use super::bootstrap;
use super::judged::valid::validate;
use super::rendering::{Files, modules, render};
use super::workspace::{Asked, permissions_suffice_but_for};
use crate::harness::Case;
use crate::terraform::binary::Terraform;

const SPEC: &str = "
platform: piksel
environment: shared
region: ap-southeast-3
account: \"123456789012\"
resource_tags: { Owner: DevOps-Team }
terraform: { providers: { aws: \"~> 5.100\" } }
workspace: { organization: piksel }
repository_defaults: { encryption: { kms: create } }
repositories:
  cart:
    resource_tags: { Owner: Shop-Team, Service: \"{platform}/cart\" }
    policy_statements:
      - Sid: NobodyDeletes
        Effect: Deny
        Principal: \"*\"
        Action: [ecr:BatchDeleteImage, ecr:DeleteRepository]
        Condition: { ArnNotLike: { aws:PrincipalArn: \"arn:aws:iam::123456789012:role/cleaner\" } }
  search: { encryption: aes256 }
registry: { accept_replication_from: [\"222222222222\", \"333333333333\"] }
access:
  qa: { can: [pull], repositories: [cart], accounts: [\"222222222222\"], organization: o-a1b2c3d4e5 }
  company: { can: [read], repositories: [cart], accounts: all, organization: o-a1b2c3d4e5 }
  processor: { can: [pull], repositories: [cart], lambda: { functions: [processor] } }
  reports: { can: [pull], repositories: [cart], lambda: { functions: [\"report-*\"], accounts: [\"222222222222\"] } }
";

fn rendered() -> Files {
    render(&Case::new().file("spec.yaml", SPEC), "spec.yaml")
}

#[test]
fn guests_key_and_registry_are_applied_and_destroyed() {
    let Some(applied) = Applied::rendered(&rendered(), Ground::PIKSEL, 7) else { return };
    let asked_by_plan = applied.settles();
    let account = applied.account();
    is_there(&account);
    parliament::finds_nothing(&applied.moto);
    // Terraform stops at the resources that depend on the key.
    applied.protects(&["aws_ecr_repository.cart", "aws_ecr_repository.search"]);
    let asked = Asked {
        plan: asked_by_plan,
        apply: applied.asked.clone(),
        destroy: applied.destroys_completely(&["ecr:DeleteRepository"]),
    };
    for action in ["kms:CreateKey", "kms:CreateAlias", "kms:EnableKeyRotation", "ecr:PutRegistryPolicy"] {
        assert!(asked.apply.contains(action), "{action} in {:?}", asked.apply);
    }
    permissions_suffice_but_for(&account, &asked, &["ecr:DeleteRepository", "kms:ScheduleKeyDeletion"]);
}

/// The bootstrap module must not depend on values that only the root module has.
#[test]
fn roles_and_repositories_are_valid_whatever_the_key() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let keys = [
        "create",
        "alias/registry",
        "\"arn:aws:kms:eu-central-1:123456789012:key/0a-1\"",
        "\"arn:aws:kms:eu-central-1:123456789012:alias/registry\"",
        "{ variable: key }",
        "{ variable: key, default: \"arn:aws:kms:eu-central-1:123456789012:key/0a-1\" }",
    ];
    for key in keys {
        let spec = |workspace: &str| {
            let text = format!(
                "platform: shop\nenvironment: shared\nregion: eu-central-1\n\
                 terraform: {{ providers: {{ aws: \"~> 5.100\" }} }}\n\
                 repositories: {{ cart: {{ encryption: {{ kms: {key} }} }} }}\n{workspace}"
            );
            render(&Case::new().file("spec.yaml", text), "spec.yaml")
        };
        let roles = bootstrap::aws_parts(&spec("workspace: { organization: shop-inc }\n"));
        let roles = &roles["shared/ecr-workspace"];
        for module in [roles, &modules(&spec(""))["shared/ecr"]] {
            let (is_valid, said) = validate(&terraform, module);
            assert!(is_valid, "{key}: {said}");
        }
        let apply = &roles["role_apply.tf"];
        assert!(apply.contains("kms:CreateGrant") && apply.contains("kms:ViaService"), "{key}: {apply}");
    }
}

fn is_there(account: &Account) {
    let policy = account.at(&["repositories", "cart", "policy"]);
    assert_eq!(meaning(policy), meaning(&repository_policy()));
    assert!(account.at(&["repositories", "search", "policy"]).is_null());
    assert_eq!(account.at(&["repositories", "cart", "encryption"]), "KMS");
    assert_eq!(account.at(&["repositories", "search", "encryption"]), "AES256");

    let key = account.at(&["keys", "alias/piksel-shared-ecr"]);
    assert_eq!(meaning(&key["policy"]), meaning(&key_policy()));
    assert_eq!((&key["rotates"], &key["state"]), (&json!(true), &json!("Enabled")));
    assert_eq!((&key["tags"], &key["encrypts"]), (&json!({"Owner": "DevOps-Team"}), &json!(["cart"])));
    assert_eq!(account.names("keys").len(), 1);
    let tags = account.at(&["repositories", "cart", "tags"]);
    assert_eq!(tags, &json!({"Owner": "Shop-Team", "Service": "piksel/cart"}), "its own before those of everything");

    assert_eq!(meaning(account.at(&["registry_policy"])), meaning(&registry_policy()));
}

/// Lambda developer guide, "Create a Lambda function using a container image"; ECR user guide, "Private repository
/// policy examples"; IAM User Guide, "AWS global condition context keys".
fn repository_policy() -> Value {
    let pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
    let lambda = json!({"Service": "lambda.amazonaws.com"});
    let function = |account: &str, name: &str| format!("arn:aws:lambda:ap-southeast-3:{account}:function:{name}");
    let processor = [function("123456789012", "processor"), function("123456789012", "processor:*")];
    let member = json!({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}});
    let friend = json!({"AWS": "arn:aws:iam::222222222222:root"});
    json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": friend, "Condition": member,
            "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]},
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Condition": member, "Action": ["ecr:DescribeImageScanFindings",
            "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:ListImages"]},
        {"Effect": "Allow", "Principal": lambda, "Action": pull,
            "Condition": {"ArnLike": {"aws:SourceArn": processor}}},
        {"Effect": "Allow", "Principal": lambda, "Action": pull,
            "Condition": {"ArnLike": {"aws:SourceArn": function("222222222222", "report-*")}}},
        {"Effect": "Allow", "Principal": friend, "Action": pull},
        {"Effect": "Deny", "Principal": "*", "Action": ["ecr:BatchDeleteImage", "ecr:DeleteRepository"],
            "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/cleaner"}}},
    ]})
}

/// KMS developer guide, "Key policies"; ECR user guide, "Encryption at rest".
fn key_policy() -> Value {
    let account = json!({"AWS": "arn:aws:iam::123456789012:root"});
    json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": account, "Resource": "*", "Action": ["kms:CancelKeyDeletion", "kms:CreateAlias",
            "kms:DeleteAlias", "kms:Describe*", "kms:Disable*", "kms:Enable*", "kms:Get*", "kms:List*", "kms:Put*",
            "kms:RevokeGrant", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:Update*"]},
        {"Effect": "Allow", "Principal": account, "Resource": "*",
            "Action": ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
            "Condition": {"StringLike": {"kms:ViaService": "ecr.ap-southeast-3.*"}}},
        {"Effect": "Allow", "Resource": "*",
            "Principal": {"AWS": "arn:aws:iam::123456789012:role/hcp-terraform/piksel/shared/piksel-shared-ecr-hcp-apply"},
            "Action": ["kms:CreateAlias", "kms:DeleteAlias", "kms:EnableKeyRotation", "kms:PutKeyPolicy",
                "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription"]},
    ]})
}

/// ECR user guide, "Private registry policy examples".
fn registry_policy() -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"AWS": ["arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:root"]},
        "Action": ["ecr:CreateRepository", "ecr:ReplicateImage"],
        "Resource": "arn:aws:ecr:ap-southeast-3:123456789012:repository/*"}]})
}
