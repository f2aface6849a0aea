//! What an access entry becomes, and the roles of runs.

use super::policy::{Policy, Source};
use super::{Phase, Policies, permission, split};
use crate::iam::PolicyKind;
use crate::platform::access::{Access, Role};
use crate::principals::Means;
use crate::source::{Span, Spanned};
use crate::value::{OrVariable, RoleRef};

/// What an access entry becomes that is granted by roles, policies and permission sets of the account.
#[derive(Clone, Debug)]
pub struct Grant<'p> {
    /// The entry.
    pub access: &'p Access,
    /// What may be done, in as many policies as IAM needs for it.
    pub parts: Vec<PolicyPart>,
    /// The roles that are created for it.
    pub roles: Vec<TrustedRole<'p>>,
    /// The roles that exist already and get the policy.
    pub attached_to: &'p [Spanned<OrVariable<RoleRef>>],
}

/// One of the policies into which a permission policy is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyPart {
    /// Its number, from 1; where policies have run empty there are gaps.
    pub number: u64,
    /// The policy, an index into the documents.
    pub policy: usize,
}

/// A role that is created, and who can assume it.
#[derive(Clone, Debug)]
pub struct TrustedRole<'p> {
    /// The role.
    pub role: &'p Role,
    /// Its trust policy, an index into the documents.
    pub trust: usize,
    /// Who can assume it, in a few words.
    pub description: String,
    /// What in the spec asked for it.
    pub origin: Span,
}

/// The role of a phase of the workspace's runs.
#[derive(Clone, Debug)]
pub struct Run {
    /// The phase.
    pub phase: Phase,
    /// The name of the role and of its policy.
    pub name: String,
    /// What it may do, in as many policies as IAM needs for it.
    pub parts: Vec<PolicyPart>,
    /// Its trust policy, an index into the documents.
    pub trust: usize,
}

impl PolicyPart {
    /// Its label in Terraform, after that of the whole policy.
    pub fn label(&self, whole: &str) -> String {
        split::label(self.number, whole)
    }
}

impl<'p> Policies<'p> {
    /// What an access entry becomes; its documents are added.
    pub(super) fn grant(&mut self, access: &'p Access) -> Grant<'p> {
        let whole = permission::policy(access);
        let parts = split::parts(&whole, &self.bindings);
        let mut add = |part: split::PolicyPart| {
            let name = part.name(&access.policy_name);
            let policy = Policy::new(name, PolicyKind::Managed, part.document, Source::Entry(access));
            PolicyPart { number: part.number, policy: self.add(policy) }
        };
        let parts = parts.into_iter().map(&mut add).collect();
        let roles = access.roles.iter().map(|role| self.trusted(access, role)).collect();
        Grant { access, parts, roles, attached_to: access.existing_roles() }
    }

    fn trusted(&mut self, access: &'p Access, role: &'p Role) -> TrustedRole<'p> {
        let Means::Roles(principal) = access.principal.means() else {
            unreachable!("only such principals have roles created for them")
        };
        let account = role.account.as_ref();
        let origin = account.map_or(access.span, |account| account.span);
        let account = account.map(|account| &account.value);
        let trust = principal.trust(account, &self.platform.setting());
        let description = principal.description(&access.name, account);
        let trust = self.add(Policy::new(&role.name, PolicyKind::Trust, trust, Source::Place(origin)));
        TrustedRole { role, trust, description, origin }
    }
}
