//! Names of the roles and the policy of an access entry.

use super::existing_roles::ExistingRoles;
use super::{Access, Covered, Role};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::Names;
use crate::language::access::Access as Written;
use crate::platform::Scope;
use crate::platform::naming::label::Label;
use crate::platform::naming::template::expand;
use crate::principals::Means;
use crate::source::{Span, Spanned};
use crate::value::{AccessName, NameTemplate, ServiceAccount, SessionDuration};

/// Computes the names for an entry.
pub(super) struct Naming<'a> {
    pub(super) name: &'a Spanned<AccessName>,
    pub(super) names: &'a Names,
    pub(super) scope: &'a Scope,
    pub(super) session: Option<&'a Spanned<SessionDuration>>,
    /// Whether the bootstrap module creates the policies of existing roles.
    pub(super) protects_existing_roles: bool,
}

impl Naming<'_> {
    /// The resolved entry; `None` if its principal or its `can` could not be decoded.
    pub(super) fn access(&self, entry: &Written, covered: Covered) -> Result<Option<Access>, Diagnostic> {
        let label = Label::of(self.name.as_str());
        if !label.fits_a_file_name() {
            let bytes = label.bytes();
            let message =
                format!("the name of this access entry is too long: it has {bytes} bytes, but 200 are allowed");
            return Err(Diagnostic::new(&codes::KEY_TOO_LONG, self.name.span, message).help("use a shorter name"));
        }
        let (Some(can), Some(principal)) = (&entry.can, &entry.principal) else { return Ok(None) };
        let means = principal.means();
        let existing = match means {
            Means::OtherRoles(roles) => ExistingRoles::of(roles, self.scope.account.as_deref())?,
            Means::Roles(_) | Means::PermissionSet(_) | Means::RepositoryPolicy(_) => ExistingRoles::default(),
        };
        let has_sessions = matches!(means, Means::Roles(_) | Means::PermissionSet(_));
        if let (Some(session), false) = (&entry.session_duration, has_sessions) {
            let message = "`session_duration` has no effect here, because this entry does not create a role";
            let help = "delete `session_duration`, and set the duration where the role is created";
            return Err(Diagnostic::new(&codes::SESSION_WITHOUT_ROLE, session.span, message).on_key().help(help));
        }
        let is_protected = self.protects_existing_roles && !existing.attached.is_empty();
        Ok(Some(Access {
            name: self.name.as_str().to_owned(),
            span: self.name.span,
            label,
            roles: self.roles(&means)?,
            attached: existing.attached,
            guests: existing.guests,
            policy_name: if is_protected { self.protected_policy()? } else { self.policy()? },
            is_protected,
            can: can.clone(),
            repositories: covered.keys,
            outside: covered.outside,
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
    pub(super) fn role(&self, account: Option<&Spanned<ServiceAccount>>) -> Result<Role, Diagnostic> {
        let template = Template { key: "role", written: self.names.role.as_ref() };
        let mut name = self.expanded(template)?;
        let mut label = self.name.as_str().to_owned();
        let mut span = self.name.span;
        if let Some(account) = account {
            name = format!("{name}-{}", account.as_str().replace('/', "-"));
            label = format!("{label}/{}", account.as_str());
            span = account.span;
        }
        template.fits(&name, 64, "role", span)?;
        let max_session_duration = self.session.map(|session| session.seconds());
        Ok(Role { label: Label::of(&label), name, max_session_duration, account: account.cloned() })
    }

    pub(super) fn policy(&self) -> Result<String, Diagnostic> {
        let (role, policy) = (self.names.role.as_ref(), self.names.policy.as_ref());
        let template = match policy {
            Some(_) => Template { key: "policy", written: policy },
            None => Template { key: "role", written: role },
        };
        let name = self.expanded(template)?;
        template.fits(&name, 128, "policy", self.name.span)?;
        Ok(name)
    }

    /// The name of a policy of the bootstrap module. It differs from that of the root module, so that both can exist until a run
    /// has attached this one.
    fn protected_policy(&self) -> Result<String, Diagnostic> {
        let name = format!("{}-protected", self.policy()?);
        let template = Template { key: "policy", written: self.names.policy.as_ref() };
        template.fits(&name, 128, "policy", self.name.span)?;
        Ok(name)
    }

    fn expanded(&self, template: Template) -> Result<String, Diagnostic> {
        let (text, span) = template.written.map_or((DEFAULT_NAME, self.name.span), |t| (t.as_str(), t.span));
        expand(text, span, self.scope, &[("access", self.name.as_str())])
    }
}

/// The template of a name, which is the value of a key of `names`.
#[derive(Clone, Copy)]
struct Template<'a> {
    key: &'static str,
    written: Option<&'a Spanned<NameTemplate>>,
}

impl Template<'_> {
    /// Checks a name from the template, which belongs to the entry or service account at `user`.
    ///
    /// IAM user guide, "IAM and AWS STS quotas" and the API's `roleNameType`, `policyNameType`.
    fn fits(self, name: &str, limit: usize, what: &str, user: Span) -> Result<(), Diagnostic> {
        let is_bad = |c: char| !c.is_ascii_alphanumeric() && !"_+=,.@-".contains(c);
        // Braces are those of placeholders, whose values are names and contain none of these characters.
        let is_bad_in_template = |c: char| is_bad(c) && !"{}".contains(c);
        let in_template = |written: &Spanned<NameTemplate>| written.first(is_bad_in_template);
        match name.chars().find(|c| is_bad(*c)) {
            Some(bad) => Err(self.contains(bad, what, self.written.map_or(user, in_template))),
            None if name.len() > limit => Err(self.too_long(name, limit, what, user)),
            None => Ok(()),
        }
    }

    /// The same for every entry, so it does not name one.
    fn contains(self, bad: char, what: &str, place: Span) -> Diagnostic {
        let key = self.key;
        let fault =
            Diagnostic::new(&codes::BAD_IAM_NAME, place, format!("IAM does not allow `{bad}` in the name of a {what}"));
        match bad {
            '/' => fault.help(format!(
                "remove the part up to `/` from `names.{key}`; to give roles and policies a path, write it under `iam.path`"
            )),
            _ => fault.help(format!("remove `{bad}` from `names.{key}`")),
        }
    }

    fn too_long(self, name: &str, limit: usize, what: &str, user: Span) -> Diagnostic {
        let message =
            format!("{what} name `{name}` is too long: it has {} characters, but IAM allows {limit}", name.len());
        let fault = Diagnostic::new(&codes::BAD_IAM_NAME, user, message);
        match self.written {
            Some(written) => fault
                .and(written.span, format!("template of the {what} name"))
                .help(format!("write a shorter template under `names.{}`, or a shorter name here", self.key)),
            None => fault.help(format!(
                "write a shorter template than `{DEFAULT_NAME}` under `names.{}`, or a shorter name here",
                self.key
            )),
        }
    }
}

/// The template of role and policy names if the spec has none.
const DEFAULT_NAME: &str = "{platform}-{environment}-{access}";
