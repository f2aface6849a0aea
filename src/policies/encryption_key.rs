//! The policy of the KMS key that ecrgen creates for the repositories.
//!
//! ECR uses a key through two grants. It creates them when a repository is created, with the permissions of the
//! principal that creates the repository (ECR user guide, "Encryption at rest"). Pushes and pulls then need no
//! permission for the key. The key policy therefore lets IAM policies of the account grant two things: creating grants
//! through ECR, and managing the key. No one can use the key to decrypt anything directly.
//!
//! The apply role of a workspace manages the key with the permissions of the key policy. An IAM policy could not name the
//! key, whose ID is not known in advance, so the role could manage every key of the account.

use super::Phase;
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

/// The actions that the AWS provider calls to change the key and its alias.
const APPLIES: [&str; 8] = [
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:EnableKeyRotation",
    "kms:PutKeyPolicy",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
];

/// The policy of the key in a region. In it, `*` is the key itself (KMS developer guide, "Key policies").
pub fn policy(platform: &Platform, region: &str) -> Document {
    let uses = allow(&USE, account()).sid(sid("RepositoriesOfEcr"));
    let uses = uses.when(Operator::STRING_LIKE, "kms:ViaService", [via_ecr(region)]);
    Document::new([management(), uses].into_iter().chain(applies(platform, &APPLIES)))
}

/// The statement of a key policy that lets IAM policies of the account manage the key.
pub(super) fn management() -> Statement {
    allow(&MANAGEMENT, account()).sid(sid("Management"))
}

/// The statement of a key policy that lets the apply role change the key, if there is a workspace.
pub(super) fn applies(platform: &Platform, actions: &[&str]) -> Option<Statement> {
    platform.workspace.is_some().then(|| allow(actions, apply_role(platform)).sid(sid("Applies")))
}

fn allow(actions: &[&str], principal: Text) -> Statement {
    let actions: Vec<ActionPattern> =
        actions.iter().map(|action| action.parse().expect("actions in the source code are well-formed")).collect();
    Statement::allow(actions).by(Principal::aws([principal])).on([Text::from("*")])
}

fn account() -> Text {
    arn::account_root(&Text::from(Symbol::AccountId))
}

/// The ARN of the apply role. The bootstrap module creates it before the key exists.
pub(super) fn apply_role(platform: &Platform) -> Text {
    let name = platform.scope.run_name(Phase::Apply.as_str());
    arn::iam(&format!("role{}{name}", platform.iam.bootstrap_path()))
}

/// The `kms:ViaService` value of requests that come through ECR in a region. The part after the region depends on the partition
/// (KMS developer guide, "kms:ViaService").
pub fn via_ecr(region: &str) -> String {
    format!("ecr.{region}.*")
}
