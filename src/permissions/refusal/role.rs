//! The answer of one role to a token.

use super::check::{Check, Outcome, TokenStatement};
use crate::iam::{Bindings, Document, PrincipalKind, Token};
use crate::permissions::{EffectivePermissions, Kind, Principal};
use crate::platform::Access;

/// What one role answers to a token.
#[derive(Debug)]
pub struct RoleAnswer<'r, 'p> {
    /// The permissions that the role belongs to.
    pub permissions: &'r EffectivePermissions<'p>,
    /// The role.
    pub principal: &'r Principal<'p>,
    /// Whether the request names this role.
    pub is_requested: bool,
    /// Every condition of the statement of its trust policy that comes closest.
    pub checks: Vec<Check>,
    /// The token as this role sees it.
    pub(super) token: Token,
    trust: &'r Document,
}

/// Whether a role admits a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenVerdict {
    /// It does.
    Admitted,
    /// It does if the claims that are not known have the right values.
    Conditional,
    /// It does not.
    Refused,
}

/// The answers of all roles that take tokens.
pub fn answers<'r, 'p>(permissions: &'r EffectivePermissions<'p>, token: &Token) -> Vec<RoleAnswer<'r, 'p>> {
    permissions.principals.iter().filter_map(|principal| answer(permissions, principal, token)).collect()
}

fn answer<'r, 'p>(
    permissions: &'r EffectivePermissions<'p>,
    principal: &'r Principal<'p>,
    token: &Token,
) -> Option<RoleAnswer<'r, 'p>> {
    let Kind::Role { trust, .. } = principal.kind else { return None };
    let trust = &permissions.documents[trust].document;
    let judged = statements(trust, permissions.bindings).into_iter().map(|statement| {
        let seen = statement.token(token);
        (statement.checks(&seen), seen)
    });
    let failing = |checks: &[Check]| checks.iter().filter(|check| check.outcome == Outcome::Fails).count();
    let (checks, token_seen) = judged.min_by_key(|(checks, _)| failing(checks))?;
    let requested = token.requested_role().and_then(|arn| arn.rsplit('/').next());
    let is_requested = requested.is_some_and(|name| name.eq_ignore_ascii_case(&principal.aws_name));
    Some(RoleAnswer { permissions, principal, is_requested, checks, token: token_seen, trust })
}

/// The statements that allow tokens, one per provider.
fn statements<'t>(trust: &'t Document, bindings: &'t Bindings) -> Vec<TokenStatement<'t>> {
    let of_statement = trust.statements.iter().flat_map(|statement| {
        let names = statement.principal.iter().flat_map(|principal| principal.listed().names());
        names.map(move |name| (statement, name))
    });
    let federated = of_statement.filter(|(_, (kind, _))| *kind == PrincipalKind::Federated);
    federated.filter_map(|(statement, (_, provider))| TokenStatement::of(statement, provider, bindings)).collect()
}

impl<'p> RoleAnswer<'_, 'p> {
    /// Whether the role admits the token. A refusal by AWS shows that the claims that are not known have other values.
    pub fn verdict(&self) -> TokenVerdict {
        let has = |outcome| self.checks.iter().any(|check| check.outcome == outcome);
        match (has(Outcome::Fails), has(Outcome::Unknown)) {
            (true, _) => TokenVerdict::Refused,
            (false, true) if self.is_requested && self.token.was_refused() => TokenVerdict::Refused,
            (false, true) => TokenVerdict::Conditional,
            (false, false) => TokenVerdict::Admitted,
        }
    }

    /// Whether the role admits the token, as far as it is known.
    pub fn is_admitted(&self) -> bool {
        self.verdict() != TokenVerdict::Refused
    }

    /// The conditions that keep the token out, or those that may do so if AWS refused a token that meets all others.
    pub fn failed(&self) -> impl Iterator<Item = &Check> {
        let has_failed = self.checks.iter().any(|check| check.outcome == Outcome::Fails);
        let wanted = if has_failed { Outcome::Fails } else { Outcome::Unknown };
        let is_refused = !self.is_admitted();
        self.checks.iter().filter(move |check| is_refused && check.outcome == wanted)
    }

    /// The conditions on claims that are not known.
    pub fn unknown(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.outcome == Outcome::Unknown)
    }

    /// The access entry of the role; `None` for the roles of the workspace.
    pub fn access(&self) -> Option<&'p Access> {
        let entries = &self.principal.entries;
        self.permissions.platform.access.iter().find(|access| entries.contains(&access.name.as_str()))
    }

    /// Whether the trust policy accepts this subject.
    pub(super) fn accepts_subject(&self, subject: &str) -> bool {
        statements(self.trust, self.permissions.bindings).iter().any(|statement| statement.accepts_subject(subject))
    }

    /// The values of a claim that the trust policy accepts.
    pub(super) fn accepted(&self, claim: &str) -> impl Iterator<Item = &str> {
        let checks = self.checks.iter().filter(move |check| check.claim == claim);
        checks.flat_map(|check| &check.accepted).map(String::as_str)
    }
}
