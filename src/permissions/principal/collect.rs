//! Collects all principals that the output gives permissions to, with their policies.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::mem::{self, Discriminant};

use crate::iam::{self, Arn, Bindings, Caller, Context, Document, Effect, Element, PrincipalKind, Text};
use crate::policies::phase::policy_name;
use crate::policies::{Grant, Policies, Run};
use crate::principals::Means;
use crate::source::Spanned;
use crate::value::{OrVariable, RoleRef};

use super::caller::{KnownRoles, named};
use super::known::{self, RoleArn};
use super::{Kind, Principal};

/// A principal found in a policy.
struct Found<'p> {
    kind: Kind,
    aws_name: String,
    caller: Caller,
    role_arn: RoleArn,
    /// The entry that it comes from, and what distinguishes it from other principals of the entry.
    member: Option<(&'p str, String)>,
}

/// The principals collected so far.
struct Collector<'p> {
    policies: &'p Policies<'p>,
    principals: Vec<Principal<'p>>,
    /// For each principal, how much of its ARN is known if it is a role.
    role_arns: Vec<RoleArn>,
    /// For each principal, the entries that it comes from, and what distinguishes it from other principals of the
    /// entry.
    members: Vec<Vec<(&'p str, String)>>,
    /// The index of each principal.
    known: HashMap<Key<'p>, usize>,
    known_members: HashSet<(usize, &'p str, String)>,
    callers: HashSet<Caller>,
}

/// What makes a principal the same as another: its kind, its name, and for an anonymous one its entry.
#[derive(PartialEq, Eq, Hash)]
struct Key<'p> {
    kind: Discriminant<Kind>,
    name: String,
    entry: Option<&'p str>,
}

impl<'p> Key<'p> {
    fn of(found: &Found<'p>) -> Self {
        let (kind, name) = match &found.kind {
            Kind::Role { .. } | Kind::ExistingRole => (&Kind::ExistingRole, found.aws_name.to_ascii_lowercase()),
            kind => (kind, found.aws_name.clone()),
        };
        let entry = found.member.as_ref().filter(|_| kind.is_anonymous()).map(|(entry, _)| *entry);
        Key { kind: mem::discriminant(kind), name, entry }
    }
}

/// All principals that the policies give permissions to.
pub(in crate::permissions) fn principals<'p>(policies: &'p Policies<'p>) -> Vec<Principal<'p>> {
    let mut collector = Collector {
        policies,
        principals: Vec::new(),
        role_arns: Vec::new(),
        members: Vec::new(),
        known: HashMap::new(),
        known_members: HashSet::new(),
        callers: HashSet::new(),
    };
    policies.grants.iter().for_each(|grant| collector.grant(grant));
    for run in &policies.runs {
        collector.run(run);
    }
    // What policies name besides has no policies of its own, so the roles are known now.
    let roles = KnownRoles::of(policies, &collector.principals);
    collector.repository_policies(&roles);
    collector.registry_policy(&roles);
    collector.name_all();
    collector.principals
}

impl<'p> Collector<'p> {
    /// The index of the principal that was found, which is added if it is new. Role names ignore case. A service and
    /// `Everybody` are a separate principal in each entry, because the conditions of the entry decide who they are.
    fn principal(&mut self, found: Found<'p>) -> usize {
        let at = *self.known.entry(Key::of(&found)).or_insert_with(|| {
            self.callers.insert(found.caller.clone());
            self.principals.push(Principal {
                name: String::new(),
                names: Vec::new(),
                kind: found.kind,
                aws_name: found.aws_name,
                entries: Vec::new(),
                needs: Vec::new(),
                policies: Vec::new(),
                unjudged: Vec::new(),
                boundary: None,
                caller: found.caller,
                known: Context::open(),
            });
            self.role_arns.push(found.role_arn);
            self.members.push(Vec::new());
            self.principals.len() - 1
        });
        let new = found.member.filter(|(entry, part)| self.known_members.insert((at, *entry, part.clone())));
        self.members[at].extend(new);
        at
    }

    fn grant(&mut self, grant: &'p Grant<'p>) {
        let access = grant.access;
        let policies: Vec<usize> = grant.parts.iter().map(|part| part.policy).collect();
        for trusted in &grant.roles {
            let name = &trusted.role.name;
            let account = trusted.role.account.as_ref();
            let part = account.map_or_else(|| name.clone(), |account| account.as_str().to_owned());
            let kind = Kind::Role { trust: trusted.trust, description: trusted.description.clone() };
            let found = self.role(kind, &self.policies.platform.iam.path, name, Some((access.name.as_str(), part)));
            let principal = self.principal(found);
            let principal = &mut self.principals[principal];
            principal.policies.extend(&policies);
            // The content of a boundary created elsewhere is unknown. It is ignored, because a boundary can only remove
            // permissions.
            principal.boundary = self.policies.boundary;
        }
        for role in grant.attached_to {
            let (name, path) = existing(&role.value);
            let member = (access.name.as_str(), name.clone());
            let role_arn = match &role.value {
                OrVariable::Literal(role) if role.as_str() == role.name() => RoleArn::WithoutPath,
                OrVariable::Literal(_) => RoleArn::Whole,
                OrVariable::Variable(_) | OrVariable::Reference(_) => RoleArn::Account,
            };
            let found = Found { role_arn, ..self.role(Kind::ExistingRole, &path, &name, Some(member)) };
            let principal = self.principal(found);
            self.principals[principal].policies.extend(&policies);
        }
        if let Means::PermissionSet(set) = access.principal.means() {
            let found = self.permission_set(set.name.as_str(), (access.name.as_str(), set.name.as_str().to_owned()));
            let principal = self.principal(found);
            self.principals[principal].policies.extend(&policies);
        }
    }

    /// A permission set, as the role that Identity Center creates for it (IAM Identity Center user guide, "Referencing
    /// permission sets in resource policies"). AWS chooses only the last part of the name of that role.
    fn permission_set(&self, name: &str, member: (&'p str, String)) -> Found<'p> {
        let path = format!("/aws-reserved/sso.amazonaws.com/{}/", self.policies.platform.region);
        let role = format!("AWSReservedSSO_{name}_{}", "0".repeat(16));
        Found { aws_name: name.to_owned(), ..self.role(Kind::PermissionSet, &path, &role, Some(member)) }
    }

    /// The role for a run phase of the workspace, whose runs manage everything in the root module.
    fn run(&mut self, run: &'p Run) {
        let platform = self.policies.platform;
        let workspace = platform.workspace.as_ref().map_or("", |workspace| &workspace.name);
        let phase = run.phase.as_str();
        let description = format!("Runs of the workspace {workspace} in the {phase} phase");
        let kind = Kind::Role { trust: run.trust, description };
        let found = self.role(kind, &platform.iam.bootstrap_path(), &run.name, None);
        let principal = self.principal(found);
        let principal = &mut self.principals[principal];
        principal.policies.extend(run.parts.iter().map(|part| part.policy));
        principal.unjudged.extend(run.existing.iter().map(|policy| policy_name(&policy.value)));
        // An entry with the same name takes precedence.
        if platform.access.iter().all(|access| access.name != phase) {
            principal.names.push(phase.to_owned());
        }
    }

    fn role(&self, kind: Kind, path: &str, name: &str, member: Option<(&'p str, String)>) -> Found<'p> {
        let Bindings { partition, account_id, .. } = &self.policies.bindings;
        let role = Arn {
            partition: partition.clone(),
            service: "iam".into(),
            region: String::new(),
            account: account_id.clone(),
            resource: format!("role{path}{name}"),
        };
        let caller = Caller::Role { role, session: "session".into() };
        Found { kind, aws_name: name.to_owned(), caller, role_arn: RoleArn::Whole, member }
    }

    /// The principals in repository policies, in the order of the repositories.
    fn repository_policies(&mut self, roles: &KnownRoles) {
        let mut seen = BTreeSet::new();
        for repository in self.policies.platform.all_repositories() {
            let at = self.policies.repositories.get(repository.key.as_str());
            if let Some(at) = at.filter(|at| seen.insert(**at)) {
                let policy = &self.policies.documents[*at];
                self.principals_in(roles, &policy.document, |at| match policy.entry(at) {
                    Some(access) => (Some(access.name.as_str()), access.guests.as_slice()),
                    None => (None, &[][..]),
                });
            }
        }
    }

    /// The principals in the registry policy.
    fn registry_policy(&mut self, roles: &KnownRoles) {
        if let Some(at) = self.policies.registry {
            let policy = &self.policies.documents[at];
            self.principals_in(roles, &policy.document, |at| match policy.entry(at) {
                Some(access) => (Some(access.name.as_str()), access.guests.as_slice()),
                None => (Some("registry"), &[][..]),
            });
        }
    }

    /// Collects the principals that the statements of a policy allow, each with the entry that it comes from. A statement for
    /// roles of other accounts names their accounts, and only these roles meet its condition.
    fn principals_in(
        &mut self,
        roles: &KnownRoles,
        policy: &Document,
        source: impl Fn(usize) -> (Option<&'p str>, &'p [Spanned<RoleRef>]),
    ) {
        let allowing = policy.statements.iter().enumerate().filter(|(_, statement)| statement.effect == Effect::Allow);
        for (at, statement) in allowing {
            let (entry, guests) = source(at);
            let bound = |name: &Text| (name.bind(&self.policies.bindings), name.is_given());
            let names: Vec<(PrincipalKind, (String, bool))> = match &statement.principal {
                Some(_) if !guests.is_empty() => {
                    guests.iter().map(|role| (PrincipalKind::Aws, (role.as_str().to_owned(), false))).collect()
                }
                Some(Element::Only(listed @ iam::Principal::Listed(_))) => {
                    listed.names().map(|(kind, name)| (kind, bound(name))).collect()
                }
                Some(_) => vec![(PrincipalKind::Aws, ("*".to_owned(), false))],
                None => Vec::new(),
            };
            for (kind, (name, is_given)) in names {
                let (kind, aws_name, caller, role_arn) = match is_given {
                    true => (Kind::Named, name.clone(), Caller::Given(name), RoleArn::Whole),
                    false => named(kind, &name, &self.policies.bindings.partition, roles),
                };
                // If the policy names a role of the output, the role has already been collected.
                if kind != Kind::Named || !guests.is_empty() || !self.callers.contains(&caller) {
                    let part = guests.iter().find(|role| role.as_str() == aws_name).and_then(part);
                    let part = part.unwrap_or_else(|| aws_name.clone());
                    let member = entry.map(|entry| (entry, part));
                    let (policies, boundary) = roles.attached(&caller);
                    let is_session = kind == Kind::Named;
                    let at = self.principal(Found { kind, aws_name, caller, role_arn, member });
                    if is_session {
                        self.principals[at].policies = policies;
                        self.principals[at].boundary = boundary;
                    }
                }
            }
        }
    }

    /// Sets the names of all principals. If an entry has several, each name consists of the entry and the
    /// distinguishing part.
    fn name_all(&mut self) {
        let kinds = self.policies.platform.access.iter().map(|access| (access.name.as_str(), access.principal.kind()));
        let kinds: BTreeMap<&str, _> = kinds.collect();
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        self.members.iter().flatten().for_each(|(entry, _)| *sizes.entry(*entry).or_default() += 1);
        for (principal, members) in self.principals.iter_mut().zip(&self.members) {
            for (entry, part) in members {
                let whole = format!("{entry}/{part}");
                if sizes[entry] == 1 {
                    principal.names.extend([(*entry).to_owned(), whole]);
                } else {
                    principal.names.extend([whole, (*entry).to_owned()]);
                }
                principal.entries.push(entry);
            }
            let kinds = principal.entries.iter().filter_map(|entry| kinds.get(entry));
            principal.needs.extend(kinds.map(|kind| kind.actions));
            principal.names.push(principal.aws_name.clone());
            match (&principal.kind, &principal.caller) {
                (Kind::Role { .. } | Kind::ExistingRole, Caller::Role { role, .. }) => {
                    principal.names.push(role.to_string())
                }
                (Kind::Account, Caller::Role { role, .. }) => {
                    let Arn { partition, account, .. } = role;
                    principal.names.push(format!("arn:{partition}:iam::{account}:root"));
                }
                _ => {}
            }
            principal.name.clone_from(&principal.names[0]);
        }
        for (principal, role_arn) in self.principals.iter_mut().zip(&self.role_arns) {
            principal.known = known::context(principal, *role_arn, self.policies.platform, &self.policies.bindings);
        }
    }
}

/// What distinguishes a role of another account in the names of principals.
fn part(role: &Spanned<RoleRef>) -> Option<String> {
    Some(format!("{}/{}", role.value.account()?, role.value.name()))
}

/// The name and the path of an existing role. If the role is known only after apply, the expression replaces the name.
fn existing(role: &OrVariable<RoleRef>) -> (String, String) {
    match role {
        OrVariable::Literal(role) => {
            let path = role.as_str().split_once(":role").and_then(|(_, name)| name.rsplit_once('/'));
            (role.name().to_owned(), path.map_or_else(|| "/".to_owned(), |(path, _)| format!("{path}/")))
        }
        OrVariable::Variable(variable) => (format!("var.{}", variable.name.as_str()), "/".into()),
        OrVariable::Reference(reference) => (reference.as_str().to_owned(), "/".into()),
    }
}
