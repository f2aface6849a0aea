//! Roles of other accounts in a repository policy.
//!
//! AWS replaces the ARN of a role in `Principal` with the ID of the role, which a role of the same name that is created later
//! does not have. The statement therefore names the account, and a condition limits it to the roles (IAM user guide, "AWS JSON
//! policy elements: Principal" and "AWS global condition context keys", `aws:PrincipalArn`). The account's own policies must
//! allow the role the same, and the login to the registry.

use std::collections::BTreeSet;

use crate::iam::{Action, Operator, Principal, Statement, Text, arn};
use crate::platform::Access;
use crate::principals::{sid, sid_of};

/// The statement of an entry for its roles of other accounts; `None` if it has none.
pub(super) fn statement(access: &Access, actions: &[&'static Action]) -> Option<Statement> {
    let accounts: BTreeSet<&str> = access.guests.iter().filter_map(|role| role.value.account()).collect();
    if accounts.is_empty() {
        return None;
    }
    let granted = actions.iter().copied().filter(|action| action.is_scopable());
    let roots = accounts.into_iter().map(|account| arn::account_root(&Text::from(account)));
    let roles = access.guests.iter().map(|role| exactly(role.as_str()));
    let statement = Statement::allow(granted).sid(sid(&sid_of(&access.name))).by(Principal::aws(roots));
    Some(statement.when(Operator::ARN_EQUALS, "aws:PrincipalArn", roles))
}

/// The value that only this ARN matches: the path of a role can contain characters that are wildcards in conditions (IAM user
/// guide, "IAM policy elements: Variables and tags").
pub(super) fn exactly(arn: &str) -> String {
    let part = |character: char| match character {
        '*' | '?' | '$' => format!("${{{character}}}"),
        other => other.to_string(),
    };
    arn.chars().map(part).collect()
}
