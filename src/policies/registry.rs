//! The policy of the registry (ECR user guide, "Private registry permissions").
//!
//! Repositories that other registries replicate keep their names in this registry. ECR creates those that do not exist.

use crate::iam::{Action, Document, Principal, Statement, Text, arn};
use crate::platform::Platform;
use crate::principals::sid;

/// The registry policy, if the registry accepts replication from other accounts.
pub fn policy(platform: &Platform) -> Option<Document> {
    let accounts = &platform.registry.as_ref()?.accept_replication_from;
    let roots = accounts.iter().map(|account| arn::account_root(&Text::from(account.as_str())));
    let actions = ["ecr:CreateRepository", "ecr:ReplicateImage"].map(Action::named);
    let statement =
        Statement::allow(actions).sid(sid("Replication")).by(Principal::aws(roots)).on([arn::repository("*")]);
    (!accounts.is_empty()).then(|| Document::new([statement]))
}
