//! Who may do what on which repositories, names resolved.

pub mod iam;
pub mod issuers;
mod naming;
pub mod oidc_providers;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::diagnostic::{Diagnostic, codes};
use crate::iam::Action;
use crate::language::access::Access as Written;
use crate::language::{Names, Spec};
use crate::platform::naming::label::Label;
use crate::platform::{Scope, repositories};
use crate::principals::{Can, Issuer, Means, Pods, Principal, Repositories, SharedPrincipal, as_kind};
use crate::source::{Span, Spanned};
use crate::value::{OrVariable, RoleRef, ServiceAccount, SessionDuration};

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
    pub principal: SharedPrincipal,
    /// The roles that the output creates for it.
    pub roles: Vec<Role>,
    /// How long a session can last, if the spec says it.
    pub session: Option<SessionDuration>,
}

/// A role that the output creates.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name in Terraform.
    pub label: Label,
    /// Its name in IAM: 1 to 64 characters, unique in the account whatever the case.
    pub name: String,
    /// How long a session can last, in seconds, if the spec says it.
    pub max_session_duration: Option<u32>,
    /// The service account whose pods assume it, where an entry has one role per service account.
    pub account: Option<Spanned<ServiceAccount>>,
}

impl Access {
    /// The name of the policy that the entry makes, unless the repositories' own policies grant what it says.
    pub fn policy(&self) -> Option<&String> {
        (!self.is_granted_by_repositories()).then_some(&self.policy_name)
    }

    /// Whether it has no role or policy: the repositories' own policies grant what it says.
    pub fn is_granted_by_repositories(&self) -> bool {
        matches!(self.principal.means(), Means::RepositoryPolicy(_))
    }

    /// The principal as one of a kind's own type, if it is of that kind.
    pub fn principal_as<K: Principal + 'static>(&self) -> Option<&K> {
        as_kind(&*self.principal)
    }

    /// The roles that exist already and get its policy.
    pub fn existing_roles(&self) -> &[Spanned<OrVariable<RoleRef>>] {
        match self.principal.means() {
            Means::OtherRoles(roles) => roles,
            Means::Roles(_) | Means::PermissionSet(_) | Means::RepositoryPolicy(_) => &[],
        }
    }

    /// The pods of the cluster whose issuer it trusts.
    pub fn irsa(&self) -> Option<&Pods> {
        match self.principal.issuer() {
            Issuer::Cluster(pods) => Some(pods),
            Issuer::Aws | Issuer::Known { .. } => None,
        }
    }

    /// The pods that EKS Pod Identity associates with its roles.
    pub fn associated(&self) -> Option<&Pods> {
        match self.principal.means() {
            Means::Roles(assumable) => assumable.associated(),
            Means::OtherRoles(_) | Means::PermissionSet(_) | Means::RepositoryPolicy(_) => None,
        }
    }

    /// The actions of one word or name of its `can`, for its kind of principal.
    pub fn actions_of(&self, can: &Can) -> Vec<&'static Action> {
        match can {
            Can::Verb(verb) => (self.principal.kind().actions)(*verb),
            Can::Action(name) => Action::find(name.as_str()).into_iter().collect(),
        }
    }
}

/// The entries of the spec, each that has no fault.
pub fn resolve(spec: &Spec, names: &Names, scope: &Scope, faults: &mut Vec<Diagnostic>) -> Vec<Access> {
    let mut entries = Vec::new();
    let session = spec.iam.as_ref().and_then(|iam| iam.session_duration.as_ref());
    for (name, entry) in spec.access.iter().flat_map(|map| &map.entries) {
        let before = faults.len();
        let path = format!("access.{}", name.as_str());
        let covered = covered(entry, spec, scope, &path, faults);
        let session = entry.session_duration.as_ref().or(session);
        let naming = naming::Naming { name, names, scope, session };
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

/// Names of roles and of policies are unique in an account, whatever their case and path (IAM API reference, CreateRole
/// and CreatePolicy). A policy whose role's name is taken too mostly has its name from the same template: one mistake.
fn unique_names(entries: &[Access], faults: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(&str, String), Span> = BTreeMap::new();
    for entry in entries {
        let roles = entry.roles.iter().map(|role| ("role", &role.name));
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
