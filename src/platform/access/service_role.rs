//! Roles that the output creates for ECR itself.

use super::Role;
use super::naming::Naming;
use crate::diagnostic::Diagnostic;
use crate::language::Names;
use crate::platform::Scope;
use crate::source::{Span, Spanned};
use crate::value::AccessName;

/// A role that ECR assumes to do what its service-linked roles cannot do.
#[derive(Clone, Debug)]
pub struct ServiceRole {
    /// The role.
    pub role: Role,
    /// The name of its permission policy: 1 to 128 characters.
    pub policy_name: String,
    /// The place in the spec that requires it.
    pub span: Span,
}

/// The role with this name in place of that of an access entry.
///
/// # Errors
/// The names that follow from the templates of the spec are too long, or not valid in IAM.
pub fn resolve(name: &str, names: &Names, scope: &Scope, span: Span) -> Result<ServiceRole, Diagnostic> {
    let value = AccessName::parse(name).expect("a name in the source code");
    let name = Spanned { value, span };
    let naming = Naming { name: &name, names, scope, session: None, protects_existing_roles: false };
    Ok(ServiceRole { role: naming.role(None)?, policy_name: naming.policy()?, span })
}
