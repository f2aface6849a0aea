//! Names of the roles and the policy of an access entry.

use std::collections::{BTreeMap, BTreeSet};

use super::{Access, Role};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::Names;
use crate::language::access::Access as Written;
use crate::platform::Scope;
use crate::platform::naming::label::Label;
use crate::platform::naming::template::expand;
use crate::principals::Means;
use crate::source::{Span, Spanned};
use crate::value::{AccessName, NameTemplate, OrVariable, RoleRef, ServiceAccount, SessionDuration};

/// Reports a role that is listed twice. A policy can be attached to a role only once, and role names are unique in an
/// account regardless of case and path.
fn each_once(roles: &[Spanned<OrVariable<RoleRef>>]) -> Result<(), Diagnostic> {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for role in roles {
        let OrVariable::Literal(written) = &role.value else { continue };
        if let Some(first) = seen.insert(written.name().to_lowercase(), role.span) {
            let message = format!("role `{}` is listed twice", written.name());
            let fault = Diagnostic::new(&codes::DUPLICATE_ITEM, role.span, message).and(first, "first listed here");
            return Err(fault.help("delete one of the two"));
        }
    }
    Ok(())
}

/// Computes the names for an entry.
pub(super) struct Naming<'a> {
    pub(super) name: &'a Spanned<AccessName>,
    pub(super) names: &'a Names,
    pub(super) scope: &'a Scope,
    pub(super) session: Option<&'a Spanned<SessionDuration>>,
}

impl Naming<'_> {
    /// The resolved entry; `None` if its principal or its `can` could not be decoded.
    pub(super) fn access(&self, entry: &Written, repositories: BTreeSet<String>) -> Result<Option<Access>, Diagnostic> {
        let label = Label::of(self.name.as_str());
        if !label.fits_a_file_name() {
            let message = "the name of this access entry is too long for a file name";
            return Err(Diagnostic::new(&codes::KEY_TOO_LONG, self.name.span, message).help("use a shorter name"));
        }
        let (Some(can), Some(principal)) = (&entry.can, &entry.principal) else { return Ok(None) };
        let means = principal.means();
        if let Means::OtherRoles(roles) = means {
            each_once(roles)?;
        }
        let has_sessions = matches!(means, Means::Roles(_) | Means::PermissionSet(_));
        if let (Some(session), false) = (&entry.session_duration, has_sessions) {
            let message = "`session_duration` has no effect here, because this entry does not create a role";
            let help = "delete `session_duration`, and set the duration where the role is created";
            return Err(Diagnostic::new(&codes::SESSION_WITHOUT_ROLE, session.span, message).help(help));
        }
        Ok(Some(Access {
            name: self.name.as_str().to_owned(),
            span: self.name.span,
            label,
            roles: self.roles(&means)?,
            policy_name: self.policy()?,
            can: can.clone(),
            repositories,
            principal: principal.clone(),
            session: self.session.map(|session| session.value.clone()),
        }))
    }

    /// The roles to create: one per service account, or a single one.
    fn roles(&self, means: &Means) -> Result<Vec<Role>, Diagnostic> {
        let Means::Roles(assumable) = means else { return Ok(Vec::new()) };
        match assumable.service_accounts() {
            [] => Ok(vec![self.role(None)?]),
            accounts => accounts.iter().map(|account| self.role(Some(account))).collect(),
        }
    }

    /// A role. Its name comes from the template, followed by the namespace and name of the service account, if any.
    fn role(&self, account: Option<&Spanned<ServiceAccount>>) -> Result<Role, Diagnostic> {
        let mut name = self.expanded(self.names.role.as_ref())?;
        let mut label = self.name.as_str().to_owned();
        let mut span = self.name.span;
        if let Some(account) = account {
            name = format!("{name}-{}", account.as_str().replace('/', "-"));
            label = format!("{label}/{}", account.as_str());
            span = account.span;
        }
        self.fits(&name, 64, "role", span)?;
        let max_session_duration = self.session.map(|session| session.seconds());
        Ok(Role { label: Label::of(&label), name, max_session_duration, account: account.cloned() })
    }

    fn policy(&self) -> Result<String, Diagnostic> {
        let name = self.expanded(self.names.policy.as_ref().or(self.names.role.as_ref()))?;
        self.fits(&name, 128, "policy", self.name.span)?;
        Ok(name)
    }

    fn expanded(&self, template: Option<&Spanned<NameTemplate>>) -> Result<String, Diagnostic> {
        let (text, span) =
            template.map_or(("{platform}-{environment}-{access}", self.name.span), |t| (t.as_str(), t.span));
        expand(text, span, self.scope, &[("access", self.name.as_str())])
    }

    /// IAM user guide, "IAM and AWS STS quotas" and the API's `roleNameType`, `policyNameType`.
    fn fits(&self, name: &str, limit: usize, what: &str, span: Span) -> Result<(), Diagnostic> {
        let bad = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"_+=,.@-".contains(*c));
        let message = match bad {
            Some(c) => format!("`{name}` is not a valid {what} name: IAM does not allow `{c}` in it"),
            None if name.len() > limit => {
                format!("{what} name `{name}` is too long: it has {} characters, but IAM allows {limit}", name.len())
            }
            None => return Ok(()),
        };
        let help = match bad {
            Some('/') => format!(
                "remove the part up to `/` from `names.{what}`; to give roles and policies a path, write it under `iam.path`"
            ),
            Some(c) => format!("remove `{c}` from the template `names.{what}`"),
            None => format!("write a shorter template under `names.{what}`"),
        };
        Err(Diagnostic::new(&codes::BAD_IAM_NAME, span, message).help(help))
    }
}
