//! Edits for pods with IAM roles for service accounts.

use super::yaml::add_item;
use super::{Draft, Proposal};
use crate::principals::Pods;
use crate::value::ServiceAccount;

/// Adds the service account, which gets its own role.
pub(super) fn proposal(draft: &Draft, pods: &Pods) -> Option<Proposal> {
    let subject = draft.case.token().subject()?.strip_prefix("system:serviceaccount:")?;
    let account = ServiceAccount::parse(&subject.replacen(':', "/", 1))?;
    if !draft.case.fails_only(&["sub"]) {
        return None;
    }
    let edit = add_item(draft.sources, &pods.service_accounts, account.as_str());
    let also = format!(
        "every pod of the cluster {} with this service account, to a new role with the permissions of `{}`",
        pods.cluster_name(),
        draft.entry
    );
    let change = draft.change(format!("add `{}` to `service_accounts`", account.as_str()), vec![edit], also)?;
    Some(Proposal { creates_role: true, ..change })
}
