//! Why a token cannot assume a role: AWS answers each refusal with the same sentence and names no claim.
//!
//! The conditions of each trust policy are evaluated one by one, so that those that fail can be named. From them, and from
//! what the issuers document about their subjects, follow the likely cause and an edit of the spec that admits the token.

mod cause;
mod check;
mod closest;
mod proposal;
mod role;

pub use cause::Cause;
pub use check::{Check, Outcome};
pub use proposal::Proposal;
pub use role::{RoleAnswer, TokenVerdict, answers};

use super::EffectivePermissions;
use crate::iam::Token;
use crate::platform::Access;
use crate::source::Sources;

/// What the roles of the spec answer to a token.
#[derive(Debug)]
pub struct TokenAnswer<'r, 'p> {
    /// The token.
    pub token: &'r Token,
    /// Each role that the output creates and that takes tokens.
    pub roles: Vec<RoleAnswer<'r, 'p>>,
    /// The role that was requested or else came closest, as an index into `roles`. `None` if no role takes tokens.
    pub closest: Option<usize>,
    /// Why the closest role refuses the token, the most likely cause first. Empty if it does not.
    pub causes: Vec<Cause>,
    /// The smallest edit of the spec that admits the token, if there is one.
    pub proposal: Option<Proposal>,
}

impl<'r, 'p> TokenAnswer<'r, 'p> {
    /// The answer of all roles of these platforms.
    pub fn of(token: &'r Token, permissions: &'r [EffectivePermissions<'p>], sources: &Sources) -> Self {
        let roles: Vec<RoleAnswer> =
            permissions.iter().flat_map(|permissions| role::answers(permissions, token)).collect();
        let closest = closest::closest(&roles, token);
        let mut answer = TokenAnswer { token, roles, closest, causes: Vec::new(), proposal: None };
        if answer.requests_unknown_role() {
            answer.causes.push(Cause::UnknownRole);
        }
        let Some(role) = answer.closest().filter(|role| !role.is_admitted()) else { return answer };
        let case = Case { role, access: role.access() };
        let causes = cause::causes(&case);
        let proposal = causes.first().and_then(|cause| proposal::proposal(&case, *cause, sources));
        answer.causes.extend(causes);
        answer.proposal = proposal.filter(|_| !answer.requests_unknown_role());
        answer
    }

    /// Whether the requested role, or else any role, admits the token.
    pub fn is_admitted(&self) -> bool {
        match (self.token.requested_role(), self.closest()) {
            (Some(_), Some(closest)) => closest.is_admitted() && !self.requests_unknown_role(),
            (Some(_), None) => false,
            (None, _) => self.roles.iter().any(RoleAnswer::is_admitted),
        }
    }

    /// The role that was requested or else came closest.
    pub fn closest(&self) -> Option<&RoleAnswer<'r, 'p>> {
        self.closest.map(|at| &self.roles[at])
    }

    /// Whether a role was requested that the output does not create.
    pub fn requests_unknown_role(&self) -> bool {
        self.token.requested_role().is_some() && !self.roles.iter().any(|role| role.is_requested)
    }
}

/// A refusal by one role.
struct Case<'c, 'r, 'p> {
    role: &'c RoleAnswer<'r, 'p>,
    /// The access entry of the role; `None` for the roles of the workspace.
    access: Option<&'p Access>,
}

impl Case<'_, '_, '_> {
    /// The claims of the token, as this role sees them.
    fn token(&self) -> &Token {
        &self.role.token
    }

    /// Whether the token does not meet a condition on this claim.
    fn fails(&self, claim: &str) -> bool {
        self.role.checks.iter().any(|check| check.claim == claim && check.outcome == Outcome::Fails)
    }

    /// Whether no condition on any other claim keeps the token out.
    fn fails_only(&self, claims: &[&str]) -> bool {
        self.role.failed().all(|check| claims.contains(&check.claim.as_str()))
    }
}
