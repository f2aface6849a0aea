//! Who may do what on which repositories, names resolved.

pub mod guests;
pub mod iam;
pub mod issuer;
pub mod oidc_providers;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use self::guests::Accounts;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::Spec;
use crate::language::access::{Access as Written, Can, Github, Gitlab, Hcp, Lambda, PermissionSet, Pods, Repositories};
use crate::platform::naming::label::Label;
use crate::platform::naming::template::expand;
use crate::platform::{Scope, repositories};
use crate::source::{Span, Spanned};
use crate::value::{AccessName, OrVariable, PrincipalArn, RoleRef, ServiceAccount, SessionDuration};

/// One access entry.
#[derive(Clone, Debug)]
pub struct Access {
    /// Its name in the spec.
    pub name: String,
    /// Where the name is written.
    pub span: Span,
    /// Its name in Terraform.
    pub label: Label,
    /// Name of its permission policy: 1 to 128 characters.
    pub policy_name: String,
    /// Verbs and exact actions, with their places.
    pub can: Vec<Spanned<Can>>,
    /// Keys of the repositories.
    pub repositories: BTreeSet<String>,
    /// Who.
    pub principal: Principal,
}

/// Who an access entry speaks of.
#[derive(Clone, Debug)]
pub enum Principal {
    /// GitHub Actions: a role made here.
    Github(Role, Box<Github>),
    /// GitLab CI: a role made here.
    Gitlab(Role, Box<Gitlab>),
    /// Runs of another HCP Terraform workspace: a role made here.
    Hcp(Role, Box<Hcp>),
    /// Pods: a role made here for each service account.
    Irsa(Pods, Vec<(Role, Spanned<ServiceAccount>)>),
    /// Pods by EKS Pod Identity: a role made here for each service account, and its association.
    PodIdentity(Pods, Vec<(Role, Spanned<ServiceAccount>)>),
    /// Existing roles of nodes, with which the kubelet pulls.
    NodeRoles(Vec<Spanned<OrVariable<RoleRef>>>),
    /// Other existing roles.
    Roles(Vec<Spanned<OrVariable<RoleRef>>>),
    /// A role made here that others may assume.
    AssumedBy(Role, Vec<Spanned<OrVariable<PrincipalArn>>>),
    /// People, by a permission set made here.
    PermissionSet(PermissionSet, Option<SessionDuration>),
    /// Other accounts, let in by the repositories' own policies.
    Accounts(Accounts),
    /// Lambda functions, let in by the repositories' own policies.
    Lambda(Lambda),
}

/// A role made here.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name in Terraform.
    pub label: Label,
    /// Its name in IAM: 1 to 64 characters, unique in the account whatever the case.
    pub name: String,
    /// How long a session can last, in seconds, if the spec says it.
    pub max_session_duration: Option<u32>,
}

impl Access {
    /// The name of the policy that the entry makes, unless the repositories' own let it in.
    pub fn policy(&self) -> Option<&String> {
        (!self.principal.is_guest()).then_some(&self.policy_name)
    }
}

impl Principal {
    /// Whether it has no role or policy here: the repositories' own policies let it in.
    pub fn is_guest(&self) -> bool {
        matches!(self, Principal::Accounts(_) | Principal::Lambda(_))
    }

    /// The key under which a spec writes such a principal.
    pub fn kind(&self) -> &'static str {
        match self {
            Principal::Github(..) => "github",
            Principal::Gitlab(..) => "gitlab",
            Principal::Hcp(..) => "hcp",
            Principal::Irsa(..) => "irsa",
            Principal::PodIdentity(..) => "pod_identity",
            Principal::NodeRoles(_) => "node_roles",
            Principal::Roles(_) => "roles",
            Principal::AssumedBy(..) => "assumed_by",
            Principal::PermissionSet(..) => "permission_set",
            Principal::Accounts(_) => "accounts",
            Principal::Lambda(_) => "lambda",
        }
    }

    /// What tells the roles of one entry apart, role by role, where it makes several.
    pub fn parts(&self) -> Vec<&str> {
        match self {
            Principal::Irsa(_, roles) | Principal::PodIdentity(_, roles) => {
                roles.iter().map(|(_, account)| account.as_str()).collect()
            }
            Principal::Github(..)
            | Principal::Gitlab(..)
            | Principal::Hcp(..)
            | Principal::AssumedBy(..)
            | Principal::NodeRoles(_)
            | Principal::Roles(_)
            | Principal::PermissionSet(..)
            | Principal::Accounts(_)
            | Principal::Lambda(_) => Vec::new(),
        }
    }

    /// The roles this entry makes.
    pub fn roles(&self) -> Vec<&Role> {
        match self {
            Principal::Github(role, _)
            | Principal::Gitlab(role, _)
            | Principal::Hcp(role, _)
            | Principal::AssumedBy(role, _) => vec![role],
            Principal::Irsa(_, roles) | Principal::PodIdentity(_, roles) => {
                roles.iter().map(|(role, _)| role).collect()
            }
            Principal::NodeRoles(_)
            | Principal::Roles(_)
            | Principal::PermissionSet(..)
            | Principal::Accounts(_)
            | Principal::Lambda(_) => Vec::new(),
        }
    }
}

/// The entries of the spec, each that has no fault.
pub fn resolve(
    spec: &Spec,
    names: &crate::platform::Names,
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Access> {
    let mut entries = Vec::new();
    let session = spec.iam.as_ref().and_then(|iam| iam.session_duration.as_ref());
    for (name, entry) in spec.access.iter().flat_map(|map| &map.entries) {
        let before = faults.len();
        let path = format!("access.{}", name.as_str());
        let covered = covered(entry, spec, scope, &path, faults);
        let session = entry.session_duration.as_ref().or(session);
        let naming = Naming { name, names, scope, session };
        match naming.access(entry, covered) {
            Ok(access) if faults.len() == before => entries.extend(access),
            Ok(_) => {}
            Err(fault) => faults.push(fault.at(path)),
        }
    }
    unique_names(&entries, faults);
    entries
}

/// The keys an entry covers; what it names and nobody has is a fault.
fn covered(entry: &Written, spec: &Spec, scope: &Scope, path: &str, faults: &mut Vec<Diagnostic>) -> BTreeSet<String> {
    let names = || spec.repositories.iter().flat_map(|map| map.names());
    let keys = match entry.repositories.as_ref().map(|written| &written.value) {
        None => return BTreeSet::new(),
        Some(Repositories::All) => return names().map(str::to_owned).collect(),
        Some(Repositories::These(keys)) => keys,
    };
    let known: HashSet<&str> = names().collect();
    let unknown = keys.iter().filter(|key| !known.contains(key.as_str()));
    let unknown = unknown.filter_map(|key| repositories::unknown(key, spec, scope));
    faults.extend(unknown.map(|fault| fault.at(format!("{path}.repositories"))));
    keys.iter().map(|key| key.as_str()).filter(|key| known.contains(key)).map(str::to_owned).collect()
}

/// A policy is attached to a role once, however the role is written: an account has one role of a name, whatever its
/// case and path.
fn each_once(roles: &[Spanned<OrVariable<RoleRef>>]) -> Result<(), Diagnostic> {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for role in roles {
        let OrVariable::Literal(written) = &role.value else { continue };
        if let Some(first) = seen.insert(written.name().to_lowercase(), role.span) {
            let message = format!("the role `{}` is named twice", written.name());
            let fault = Diagnostic::new(&codes::DUPLICATE_ITEM, role.span, message).and(first, "the first time");
            return Err(fault.help("keep one of the two"));
        }
    }
    Ok(())
}

/// Names what an entry makes.
struct Naming<'a> {
    name: &'a Spanned<AccessName>,
    names: &'a crate::platform::Names,
    scope: &'a Scope,
    session: Option<&'a Spanned<SessionDuration>>,
}

impl Naming<'_> {
    /// The entry; none where a fault of decoding has left nobody or nothing.
    fn access(&self, entry: &Written, repositories: BTreeSet<String>) -> Result<Option<Access>, Diagnostic> {
        let label = Label::of(self.name.as_str());
        if !label.fits_a_file_name() {
            let message = "this name is too long to be part of a file name";
            return Err(Diagnostic::new(&codes::KEY_TOO_LONG, self.name.span, message).help("use a shorter one"));
        }
        entry.node_roles.iter().chain(&entry.roles).try_for_each(|roles| each_once(roles))?;
        let (Some(can), Some(principal)) = (&entry.can, self.principal(entry)?) else { return Ok(None) };
        let no_sessions = principal.roles().is_empty() && !matches!(principal, Principal::PermissionSet(..));
        if let (Some(session), true) = (&entry.session_duration, no_sessions) {
            let message = "this entry makes no role whose sessions could be limited";
            let help = "leave it out: how long sessions last is said where the roles are made";
            return Err(Diagnostic::new(&codes::SESSION_WITHOUT_ROLE, session.span, message).help(help));
        }
        Ok(Some(Access {
            name: self.name.as_str().to_owned(),
            span: self.name.span,
            label,
            policy_name: self.policy()?,
            can: can.clone(),
            repositories,
            principal,
        }))
    }

    fn principal(&self, entry: &Written) -> Result<Option<Principal>, Diagnostic> {
        if let Some(github) = &entry.github {
            return Ok(Some(Principal::Github(self.role(None)?, Box::new(github.clone()))));
        }
        if let Some(gitlab) = &entry.gitlab {
            return Ok(Some(Principal::Gitlab(self.role(None)?, Box::new(gitlab.clone()))));
        }
        if let Some(hcp) = &entry.hcp {
            return Ok(Some(Principal::Hcp(self.role(None)?, Box::new(hcp.clone()))));
        }
        if let Some(irsa) = &entry.irsa {
            return Ok(Some(Principal::Irsa(irsa.clone(), self.role_each(irsa)?)));
        }
        if let Some(pods) = &entry.pod_identity {
            return Ok(Some(Principal::PodIdentity(pods.clone(), self.role_each(pods)?)));
        }
        if let Some(principals) = &entry.assumed_by {
            return Ok(Some(Principal::AssumedBy(self.role(None)?, principals.clone())));
        }
        if let Some(set) = &entry.permission_set {
            return Ok(Some(Principal::PermissionSet(set.clone(), self.session.map(|session| session.value.clone()))));
        }
        if let Some(accounts) = guests::accounts(entry)? {
            return Ok(Some(Principal::Accounts(accounts)));
        }
        if let Some(lambda) = &entry.lambda {
            return Ok(Some(Principal::Lambda(lambda.clone())));
        }
        if let Some(roles) = &entry.node_roles {
            return Ok(Some(Principal::NodeRoles(roles.clone())));
        }
        Ok(entry.roles.clone().map(Principal::Roles))
    }

    fn role_each(&self, pods: &Pods) -> Result<Vec<(Role, Spanned<ServiceAccount>)>, Diagnostic> {
        pods.service_accounts.iter().map(|account| Ok((self.role(Some(account))?, account.clone()))).collect()
    }

    /// A role's name: the template's, and for a service account namespace and name behind it.
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
        Ok(Role { label: Label::of(&label), name, max_session_duration })
    }

    fn policy(&self) -> Result<String, Diagnostic> {
        let name = self.expanded(self.names.policy.as_ref().or(self.names.role.as_ref()))?;
        self.fits(&name, 128, "policy", self.name.span)?;
        Ok(name)
    }

    fn expanded(&self, template: Option<&Spanned<crate::value::NameTemplate>>) -> Result<String, Diagnostic> {
        let (text, span) =
            template.map_or(("{platform}-{environment}-{access}", self.name.span), |t| (t.as_str(), t.span));
        expand(text, span, self.scope, &[("access", self.name.as_str())])
    }

    /// IAM user guide, "IAM and AWS STS quotas" and the API's `roleNameType`, `policyNameType`.
    fn fits(&self, name: &str, limit: usize, what: &str, span: Span) -> Result<(), Diagnostic> {
        let bad = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"_+=,.@-".contains(*c));
        let message = match bad {
            Some(c) => format!("`{name}` cannot name a {what}: IAM does not take `{c}` in it"),
            None if name.len() > limit => {
                format!("`{name}` has {} characters, and IAM takes {limit} in the name of a {what}", name.len())
            }
            None => return Ok(()),
        };
        let help = match bad {
            Some('/') => "the path of roles and policies is written under `iam.path`".to_owned(),
            Some(_) => format!("names come from `names.{what}`; leave it out there"),
            None => format!("names come from `names.{what}`; shorten it there"),
        };
        Err(Diagnostic::new(&codes::BAD_IAM_NAME, span, message).help(help))
    }
}

/// Names of roles and of policies are unique in an account, whatever their case and path (IAM API reference, CreateRole
/// and CreatePolicy). A policy whose role's name is taken too mostly has its name from the same template: one mistake.
fn unique_names(entries: &[Access], faults: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(&str, String), Span> = BTreeMap::new();
    for entry in entries {
        let roles = entry.principal.roles().into_iter().map(|role| ("role", &role.name));
        let mut taken = None;
        for (kind, name) in roles.chain(entry.policy().map(|name| ("policy", name))) {
            let before = seen.insert((kind, name.to_lowercase()), entry.span);
            if let Some(first) = before.filter(|_| taken != Some(name)) {
                taken = Some(name);
                let (code, message) = match kind {
                    "role" => (&codes::ROLE_NAME_TAKEN, format!("two roles would be called `{name}`")),
                    _ => (&codes::POLICY_NAME_TAKEN, format!("two policies would be called `{name}`")),
                };
                faults.push(
                    Diagnostic::new(code, entry.span, message)
                        .and(first, "the first one")
                        .help(format!("`{{access}}` in `names.{kind}` keeps them apart"))
                        .at(format!("access.{}", entry.name)),
                );
            }
        }
    }
}
