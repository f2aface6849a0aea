//! Whole other accounts that the repositories' own policies let in.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::access::{Access as Written, Accounts as WrittenAccounts};
use crate::source::Spanned;
use crate::value::{AccountId, OrganizationId};

/// Other accounts.
#[derive(Clone, Debug)]
pub enum Accounts {
    /// These; with an organisation only while they belong to it.
    These(Vec<Spanned<AccountId>>, Option<Spanned<OrganizationId>>),
    /// Every account of an organisation, those that join it later too.
    OfOrganization(Spanned<OrganizationId>),
}

/// The accounts of an entry. That a whole organisation is let in is never left to what is not written: `organization`
/// narrows, and `accounts: all` is what opens.
pub fn accounts(entry: &Written) -> Result<Option<Accounts>, Diagnostic> {
    let error = |span, message, help| Err(Diagnostic::new(&codes::UNFIT_ORGANIZATION, span, message).help(help));
    match (&entry.accounts, &entry.organization) {
        (None, None) => Ok(None),
        (None, Some(organization)) => error(
            organization.span,
            "`organization` narrows `accounts`, and there are none",
            "write `accounts: all` beside it for every account of the organisation",
        ),
        (Some(accounts), organization) => match (&accounts.value, organization) {
            (WrittenAccounts::These(these), organization) => {
                Ok(Some(Accounts::These(these.clone(), organization.clone())))
            }
            (WrittenAccounts::All, Some(organization)) => Ok(Some(Accounts::OfOrganization(organization.clone()))),
            (WrittenAccounts::All, None) => error(
                accounts.span,
                "`accounts: all` without an organisation is every account of AWS",
                "write `organization: o-…` beside it, or name the accounts",
            ),
        },
    }
}
