//! The roles and policies of an access entry, and the roles of runs.

use super::policy::{Policy, Source};
use super::{Phase, Policies, own_role, permission, split};
use crate::iam::{Action, Document, Element, PolicyKind, Principal, Statement, Text};
use crate::platform::access::{Access, Role};
use crate::principals::{Means, sid};
use crate::source::{Span, Spanned};
use crate::value::{ManagedPolicyArn, OrVariable, RoleRef};

/// The result of an access entry that grants access through roles, policies or permission sets of the account.
#[derive(Clone, Debug)]
pub struct Grant<'p> {
    /// The entry.
    pub access: &'p Access,
    /// The permission policy, split into as many policies as IAM requires.
    pub parts: Vec<PolicyPart>,
    /// The roles that ecrgen creates for the entry.
    pub roles: Vec<TrustedRole<'p>>,
    /// The existing roles that the policy is attached to.
    pub attached_to: &'p [Spanned<OrVariable<RoleRef>>],
}

/// One of the policies into which a permission policy is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyPart {
    /// The number, starting at 1. Parts that would be empty leave gaps.
    pub number: u64,
    /// The policy, as an index into the documents.
    pub policy: usize,
}

/// A role that ecrgen creates, and who can assume it.
#[derive(Clone, Debug)]
pub struct TrustedRole<'p> {
    /// The role.
    pub role: &'p Role,
    /// The trust policy, as an index into the documents.
    pub trust: usize,
    /// A short description of who can assume it.
    pub description: String,
    /// The place in the spec that requires the role.
    pub origin: Span,
}

/// The role for one phase of the workspace's runs.
#[derive(Clone, Debug)]
pub struct Run<'p> {
    /// The phase.
    pub phase: Phase,
    /// The name of the role and of its policy.
    pub name: String,
    /// The permission policy, split into as many policies as IAM requires.
    pub parts: Vec<PolicyPart>,
    /// The trust policy, as an index into the documents.
    pub trust: usize,
    /// Existing policies that are attached to the role.
    pub existing: &'p [Spanned<OrVariable<ManagedPolicyArn>>],
}

impl PolicyPart {
    /// The label in Terraform, derived from the label of the whole policy.
    pub fn label(&self, whole: &str) -> String {
        split::label(self.number, whole)
    }
}

impl<'p> Policies<'p> {
    /// Adds the documents of an access entry and returns its grant.
    pub(super) fn grant(&mut self, access: &'p Access) -> Grant<'p> {
        let whole = permission::policy(self.platform, access);
        let parts = self.add_parts(&whole, &access.policy_name, Source::Entry(access));
        let roles = access.roles.iter().map(|role| self.trusted(access, role)).collect();
        Grant { access, parts, roles, attached_to: &access.attached }
    }

    /// Adds a permission policy, split into as many policies as IAM requires.
    pub(super) fn add_parts(&mut self, whole: &Document, name: &str, source: Source<'p>) -> Vec<PolicyPart> {
        let parts = split::parts(whole, &self.bindings);
        let add = |part: split::PolicyPart| {
            let policy = Policy::new(part.name(name), PolicyKind::Managed, part.document, source);
            PolicyPart { number: part.number, policy: self.add(policy) }
        };
        parts.into_iter().map(add).collect()
    }

    fn trusted(&mut self, access: &'p Access, role: &'p Role) -> TrustedRole<'p> {
        let Means::Roles(principal) = access.principal.means() else {
            unreachable!("ecrgen only creates roles for principals that assume roles")
        };
        let account = role.account.as_ref();
        let origin = account.map_or(access.span, |account| account.span);
        let account = account.map(|account| &account.value);
        let mut trust = principal.trust(account, &self.platform.setting());
        let is_referable = |other: &Access| other.principal.kind().key != "assumed_by";
        let pods =
            trust.statements.iter_mut().flat_map(|statement| own_role::refer(self.platform, statement, is_referable));
        let pods: Vec<Text> = pods.collect();
        if !pods.is_empty() {
            separate(&mut trust, pods);
        }
        let description = principal.description(&access.name, account);
        let trust = self.add(Policy::new(&role.name, PolicyKind::Trust, trust, Source::Place(origin)));
        TrustedRole { role, trust, description, origin }
    }
}

/// Moves roles of EKS Pod Identity to their own statement, with the same conditions. Their sessions have tags that they pass on
/// when they assume another role, for which STS requires `sts:TagSession` (EKS user guide, "Access AWS resources using EKS Pod
/// Identity Target IAM Roles").
fn separate(trust: &mut Document, pods: Vec<Text>) {
    let conditions = trust.statements.first().map(|statement| statement.conditions.clone()).unwrap_or_default();
    trust.statements.retain_mut(|statement| {
        let Some(Element::Only(Principal::Listed(lists))) = &mut statement.principal else { return true };
        lists.values_mut().for_each(|names| names.retain(|name| !pods.contains(name)));
        lists.values().any(|names| !names.is_empty())
    });
    let actions = ["sts:AssumeRole", "sts:TagSession"].map(Action::named);
    let statement = Statement::allow(actions).sid(sid("Pods")).by(Principal::aws(pods));
    trust.statements.push(Statement { conditions, ..statement });
}
