//! The policy of the KMS key that ecrgen creates for the repositories.
//!
//! ECR uses a key through two grants. It creates them when a repository is created, with the permissions of the
//! principal that creates the repository (ECR user guide, "Encryption at rest"). Pushes and pulls then need no
//! permission for the key. The key policy therefore lets IAM policies of the account grant two things: creating grants
//! through ECR, and managing the key. No one can use the key to decrypt anything directly.

use crate::iam::{ActionPattern, Document, Operator, Principal, Statement, Symbol, Text, arn};
use crate::platform::Platform;
use crate::principals::sid;

/// The actions that IAM policies of the account can grant for managing the key. They include neither using the key nor
/// creating grants for it.
const MANAGEMENT: [&str; 14] = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:Describe*",
    "kms:Disable*",
    "kms:Enable*",
    "kms:Get*",
    "kms:List*",
    "kms:Put*",
    "kms:RevokeGrant",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:Update*",
];

/// The actions that ECR calls with the permissions of the principal that creates a repository.
pub const USE: [&str; 3] = ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"];

/// The key policy. In it, `*` is the key itself (KMS developer guide, "Key policies").
pub fn policy(platform: &Platform) -> Document {
    let allow = |actions: &[&str]| {
        let actions: Vec<ActionPattern> =
            actions.iter().map(|action| action.parse().expect("actions in the source code are well-formed")).collect();
        let account = arn::account_root(&Text::from(Symbol::AccountId));
        Statement::allow(actions).by(Principal::aws([account])).on([Text::from("*")])
    };
    Document::new([
        allow(&MANAGEMENT).sid(sid("Management")),
        allow(&USE).sid(sid("RepositoriesOfEcr")).when(Operator::STRING_LIKE, "kms:ViaService", [via_ecr(platform)]),
    ])
}

/// The `kms:ViaService` value of requests that come through ECR. The part after the region depends on the partition
/// (KMS developer guide, "kms:ViaService").
pub fn via_ecr(platform: &Platform) -> String {
    format!("ecr.{}.*", platform.region)
}
