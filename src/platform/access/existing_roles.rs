//! The existing roles of an access entry, by how they can get its permissions.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::{Span, Spanned};
use crate::value::{OrVariable, RoleRef};

/// The existing roles of an access entry.
#[derive(Default)]
pub(super) struct ExistingRoles {
    /// Roles of the account of the spec, and those whose account is not known. IAM attaches policies only within an account.
    pub attached: Vec<Spanned<OrVariable<RoleRef>>>,
    /// Roles of other accounts.
    pub guests: Vec<Spanned<RoleRef>>,
}

impl ExistingRoles {
    /// Sorts the roles of an entry. `own` is the account of the spec, if the spec has it.
    ///
    /// # Errors
    ///
    /// A role is listed twice. A policy can be attached to a role only once, and role names are unique in an account
    /// regardless of case and path.
    pub fn of(roles: &[Spanned<OrVariable<RoleRef>>], own: Option<&str>) -> Result<Self, Diagnostic> {
        let mut seen: BTreeMap<(Option<&str>, String), Span> = BTreeMap::new();
        let mut existing = ExistingRoles::default();
        for role in roles {
            let OrVariable::Literal(written) = &role.value else {
                existing.attached.push(role.clone());
                continue;
            };
            let other = written.account().filter(|account| own.is_some_and(|own| own != *account));
            if let Some(first) = seen.insert((other, written.name().to_lowercase()), role.span) {
                let message = format!("role `{}` is listed twice", written.name());
                let fault = Diagnostic::new(&codes::DUPLICATE_ITEM, role.span, message).and(first, "first listed here");
                return Err(fault.help("delete one of the two"));
            }
            match other {
                Some(_) => existing.guests.push(Spanned { value: written.clone(), span: role.span }),
                None => existing.attached.push(role.clone()),
            }
        }
        Ok(existing)
    }
}
