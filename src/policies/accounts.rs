//! Statements of a repository policy for other accounts (ECR user guide, "Private repository policy examples").
//!
//! They let the account in as a whole; who of it may pull, its own policies say (IAM User Guide, "Cross-account policy
//! evaluation logic"), which also have to grant `ecr:GetAuthorizationToken`: no repository policy can.

use crate::iam::{Action, Operator, Principal, Statement, Text, arn};
use crate::platform::access::Access;
use crate::platform::access::guests::Accounts;
use crate::policies::permission::{actions, sid};
use crate::policies::repository_policy::sid_of;

/// The statement of an entry.
pub fn statement(access: &Access, accounts: &Accounts) -> Statement {
    let granted: Vec<&Action> = actions(access).into_iter().filter(|action| action.is_scopable()).collect();
    let (principal, organization) = match accounts {
        Accounts::These(accounts, organization) => {
            let roots = accounts.iter().map(|account| arn::account_root(&Text::from(account.as_str())));
            (Principal::aws(roots), organization.as_ref())
        }
        // No principal stands for an organisation: everybody, on the condition of belonging to it (IAM User Guide,
        // "AWS global condition context keys", `aws:PrincipalOrgID`).
        Accounts::OfOrganization(organization) => (Principal::aws(["*"]), Some(organization)),
    };
    let statement = Statement::allow(granted).sid(sid(&sid_of(&access.name))).by(principal);
    match organization {
        Some(id) => statement.when(Operator::STRING_EQUALS, "aws:PrincipalOrgID", [id.as_str()]),
        None => statement,
    }
}
