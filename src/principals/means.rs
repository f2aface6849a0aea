//! How a principal gets what its entry grants.

use super::{Pods, Setting};
use crate::iam::{Action, Document, Statement};
use crate::source::Spanned;
use crate::value::{OrVariable, RoleRef, ServiceAccount};

use super::kinds::permission_set::PermissionSet;

/// How a principal gets what its entry grants.
pub enum Means<'p> {
    /// By roles that the output creates, and that it can assume.
    Roles(&'p dyn Assumable),
    /// By a policy on roles that exist already.
    OtherRoles(&'p [Spanned<OrVariable<RoleRef>>]),
    /// By a permission set of IAM Identity Center that the output creates.
    PermissionSet(&'p PermissionSet),
    /// By the policies of the repositories themselves.
    RepositoryPolicy(&'p dyn ByRepositoryPolicy),
}

/// A principal that assumes roles which the output creates.
pub trait Assumable {
    /// The service accounts that get a role each; none where the entry has a single role.
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>];

    /// Who can assume the role: of one service account, or of the entry.
    fn trust(&self, account: Option<&ServiceAccount>, setting: &Setting) -> Document;

    /// Who that is, in a few words: the role's description.
    fn description(&self, entry: &str, account: Option<&ServiceAccount>) -> String;

    /// The pods whose service accounts are associated with the roles by EKS Pod Identity.
    fn associated(&self) -> Option<&Pods>;
}

/// A principal that the policies of the repositories name.
pub trait ByRepositoryPolicy {
    /// The statements of a repository's policy for an entry of this name that grants these actions.
    fn statements(&self, entry: &str, actions: &[&'static Action], setting: &Setting) -> Vec<Statement>;
}
