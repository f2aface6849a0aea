//! The policy of the KMS key that is made for the repositories.
//!
//! ECR uses a key by two grants that it makes when a repository is made, in the name of whoever makes it (ECR user guide,
//! "Encryption at rest"); pushes and pulls then need no right to the key. So the account's policies can give the making
//! of grants by way of ECR, and the management of the key; nobody can use it to decrypt something directly.

use crate::iam::{ActionPattern, Document, Operator, Principal, Statement, Symbol, Text, arn};
use crate::platform::Platform;
use crate::principals::sid;

/// What the account's policies can give to whoever manages the key: neither its use nor grants of it.
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

/// What ECR does in the name of whoever makes a repository.
pub const USE: [&str; 3] = ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"];

/// The policy. Its `*` is the key itself (KMS developer guide, "Key policies").
pub fn policy(platform: &Platform) -> Document {
    let allow = |actions: &[&str]| {
        let actions: Vec<ActionPattern> =
            actions.iter().map(|action| action.parse().expect("an action of this program is well-formed")).collect();
        let account = arn::account_root(&Text::from(Symbol::AccountId));
        Statement::allow(actions).by(Principal::aws([account])).on([Text::from("*")])
    };
    Document::new([
        allow(&MANAGEMENT).sid(sid("Management")),
        allow(&USE).sid(sid("RepositoriesOfEcr")).when(Operator::STRING_LIKE, "kms:ViaService", [via_ecr(platform)]),
    ])
}

/// How KMS knows that a request comes by way of ECR; what follows the region differs by partition (KMS developer guide,
/// "kms:ViaService").
pub fn via_ecr(platform: &Platform) -> String {
    format!("ecr.{}.*", platform.region)
}
