//! The ways in which a principal gets the permissions of its access entry.

use std::collections::BTreeSet;

use super::{Pods, Setting};
use crate::iam::{Action, Document, Statement};
use crate::source::{Span, Spanned};
use crate::value::{OrVariable, RoleRef, ServiceAccount};

use super::kinds::permission_set::PermissionSet;

/// The way in which a principal gets the permissions of its access entry.
pub enum Means<'p> {
    /// Through roles that the output creates and that the principal can assume.
    Roles(&'p dyn Assumable),
    /// Through a policy that is attached to existing roles.
    OtherRoles(&'p [Spanned<OrVariable<RoleRef>>]),
    /// Through a permission set of IAM Identity Center that the output creates.
    PermissionSet(&'p PermissionSet),
    /// Through the repository policies.
    RepositoryPolicy(&'p dyn ByRepositoryPolicy),
}

/// A principal that assumes roles that the output creates.
pub trait Assumable {
    /// The service accounts, each of which gets its own role. Empty if the entry has a single role.
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>];

    /// The trust policy of the role of one service account, or of the only role of the entry.
    fn trust(&self, account: Option<&ServiceAccount>, setting: &Setting) -> Document;

    /// The description of the role: a few words about who can assume it.
    fn description(&self, entry: &str, account: Option<&ServiceAccount>) -> String;

    /// The key of the spec that adds a condition on this claim to the trust policy, and the place of its value.
    fn condition_on(&self, _claim: &str) -> Option<(&'static str, Span)> {
        None
    }

    /// The pods whose service accounts EKS Pod Identity associates with the roles.
    fn associated(&self) -> Option<&Pods>;
}

/// A principal that repository policies name.
pub trait ByRepositoryPolicy {
    /// The statements in a repository policy for an access entry with this name that grants these actions.
    fn statements(&self, entry: &str, actions: &[&'static Action], setting: &Setting) -> Vec<Statement>;

    /// The callers that these statements name. A denial to everyone must leave them out.
    fn callers(&self, setting: &Setting) -> Callers;
}

/// The callers that the statements of an entry name, apart from AWS services.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Callers {
    /// IDs of accounts.
    pub accounts: BTreeSet<String>,
    /// IDs of organizations.
    pub organizations: BTreeSet<String>,
    /// Patterns of paths in organizations, as `aws:PrincipalOrgPaths` has them.
    pub organization_paths: BTreeSet<String>,
}

impl Callers {
    /// Whether only AWS services are named.
    pub fn are_services(&self) -> bool {
        *self == Callers::default()
    }
}
