//! Resolved access entries: who can do what on which repositories.

mod existing_roles;
pub mod iam;
pub mod issuers;
mod naming;
pub mod oidc_providers;
pub mod service_role;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, codes};
use crate::iam::{Action, Verb};
use crate::language::access::Access as Written;
use crate::language::{Names, Spec};
use crate::platform::naming::label::Label;
use crate::platform::{Scope, repositories};
use crate::principals::{Can, Issuer, Means, Pods, Principal, Repositories, RepositoryRef, SharedPrincipal, as_kind};
use crate::source::{Span, Spanned};
use crate::value::{AccessName, OrVariable, RepositoryArn, RoleRef, ServiceAccount, SessionDuration};

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
    /// Whether the bootstrap module creates its permission policy, so that no run can change it.
    pub is_protected: bool,
    /// Verbs and exact actions, with their places.
    pub can: Vec<Spanned<Can>>,
    /// Keys of the repositories, and the prefixes of those that ECR creates.
    pub repositories: BTreeSet<String>,
    /// Repositories outside of the spec.
    pub outside: Vec<Spanned<RepositoryArn>>,
    /// The principal.
    pub principal: SharedPrincipal,
    /// The roles that the output creates for it.
    pub roles: Vec<Role>,
    /// The existing roles that its policy is attached to.
    pub attached: Vec<Spanned<OrVariable<RoleRef>>>,
    /// Roles of other accounts, which the repository policies grant access to: IAM attaches policies only within an account.
    pub guests: Vec<Spanned<RoleRef>>,
    /// The maximum session duration, if the spec sets it.
    pub session: Option<SessionDuration>,
}

/// A role that the output creates.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name in Terraform.
    pub label: Label,
    /// Its name in IAM: 1 to 64 characters, unique in the account regardless of case.
    pub name: String,
    /// The maximum session duration in seconds, if the spec sets it.
    pub max_session_duration: Option<u32>,
    /// The service account whose pods assume it, if the entry has one role per service account.
    pub account: Option<Spanned<ServiceAccount>>,
}

impl Access {
    /// The name of the permission policy of the entry; `None` if repository policies grant its access.
    pub fn policy(&self) -> Option<&String> {
        (!self.is_granted_by_repositories()).then_some(&self.policy_name)
    }

    /// Whether only repository policies grant its access, so that it has no role and no policy.
    pub fn is_granted_by_repositories(&self) -> bool {
        match self.principal.means() {
            Means::RepositoryPolicy(_) => true,
            Means::OtherRoles(_) => self.attached.is_empty(),
            Means::Roles(_) | Means::PermissionSet(_) => false,
        }
    }

    /// Whether repository policies have statements for it.
    pub fn is_in_repository_policies(&self) -> bool {
        matches!(self.principal.means(), Means::RepositoryPolicy(_)) || !self.guests.is_empty()
    }

    /// The principal as the type of a kind, if it is of that kind.
    pub fn principal_as<K: Principal + 'static>(&self) -> Option<&K> {
        as_kind(&*self.principal)
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

    /// The item of its `can` that lets it create repositories.
    pub fn creates(&self) -> Option<&Spanned<Can>> {
        self.can.iter().find(|can| match &can.value {
            Can::Verb(verb) => *verb == Verb::Create,
            Can::Action(action) => action.as_str().eq_ignore_ascii_case("ecr:CreateRepository"),
        })
    }

    /// The actions of one item of its `can`, for its kind of principal.
    pub fn actions_of(&self, can: &Can) -> Vec<&'static Action> {
        match can {
            Can::Verb(verb) => (self.principal.kind().actions)(*verb),
            Can::Action(name) => Action::find(name.as_str()).into_iter().collect(),
        }
    }
}

/// Resolves the entries of the spec; those with errors are left out.
pub fn resolve(spec: &Spec, names: &Names, scope: &Scope, faults: &mut Vec<Diagnostic>) -> Vec<Access> {
    let mut entries = Vec::new();
    let session = spec.iam.as_ref().and_then(|iam| iam.session_duration.as_ref());
    let protects = spec.workspace.as_ref().and_then(|workspace| workspace.protect_existing_roles.as_ref());
    let protects_existing_roles = protects.is_some_and(|protects| protects.value);
    let known = spec.repositories.iter().flat_map(|map| map.names());
    let known: BTreeSet<&str> = known.chain(prefixes(spec)).collect();
    for (name, entry) in spec.access.iter().flat_map(|map| &map.entries) {
        let before = faults.len();
        let path = format!("access.{}", name.as_str());
        let covered = covered(entry, &known, spec, scope, &path, faults);
        let session = entry.session_duration.as_ref().or(session);
        let naming = naming::Naming { name, names, scope, session, protects_existing_roles };
        match naming.access(entry, covered) {
            Ok(access) if faults.len() == before => entries.extend(access),
            Ok(_) => {}
            Err(fault) => faults.push(fault.at(path)),
        }
    }
    unique_names(&entries, faults);
    entries
}

/// The prefixes of repositories that ECR creates.
fn prefixes(spec: &Spec) -> impl Iterator<Item = &str> {
    let cached = spec.registry.iter().flat_map(|registry| &registry.pull_through_cache).flat_map(|map| map.names());
    spec.repository_templates.iter().flat_map(|map| map.names()).chain(cached)
}

/// The error of a name that no entry has. `names` are those that exist.
pub fn unknown(name: &Spanned<AccessName>, names: Vec<&str>) -> Diagnostic {
    let message = format!("access entry `{}` does not exist", name.as_str());
    let fault = Diagnostic::new(&codes::UNKNOWN_ACCESS, name.span, message);
    fault.did_you_mean(name.span, name.as_str(), names, "access entries")
}

/// The repositories that an entry covers. An unknown key is an error.
fn covered(
    entry: &Written,
    known: &BTreeSet<&str>,
    spec: &Spec,
    scope: &Scope,
    path: &str,
    faults: &mut Vec<Diagnostic>,
) -> Covered {
    let items = match entry.repositories.as_ref().map(|written| &written.value) {
        None => return Covered::default(),
        Some(Repositories::All) => {
            return Covered { keys: known.iter().map(|&key| key.to_owned()).collect(), outside: Vec::new() };
        }
        Some(Repositories::These(items)) => items,
    };
    let mut covered = Covered::default();
    for item in items {
        match &item.value {
            RepositoryRef::Arn(arn) => covered.outside.push(Spanned { value: arn.clone(), span: item.span }),
            RepositoryRef::Key(key) if known.contains(key.as_str()) => {
                covered.keys.insert(key.as_str().to_owned());
            }
            RepositoryRef::Key(key) => {
                let fault = repositories::unknown(key, item.span, spec, scope);
                faults.extend(fault.map(|fault| fault.at(format!("{path}.repositories"))));
            }
        }
    }
    covered
}

/// The repositories that an entry covers.
#[derive(Default)]
struct Covered {
    /// Keys of repositories of the spec.
    keys: BTreeSet<String>,
    /// Repositories outside of the spec.
    outside: Vec<Spanned<RepositoryArn>>,
}

/// Reports names of roles and policies that are used twice. They are unique in an account, regardless of case and path
/// (IAM API reference, CreateRole and CreatePolicy). If both the role name and the policy name of an entry are used
/// twice, they usually come from the same template, so only one error is reported.
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
                    "role" => (&codes::ROLE_NAME_TAKEN, format!("two roles have the same name, `{name}`")),
                    _ => (&codes::POLICY_NAME_TAKEN, format!("two policies have the same name, `{name}`")),
                };
                faults.push(
                    Diagnostic::new(code, entry.span, message)
                        .and(first, "the first entry")
                        .help(format!("use `{{access}}` in `names.{kind}`"))
                        .at(format!("access.{}", entry.name)),
                );
            }
        }
    }
}
