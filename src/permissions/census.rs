//! Everybody to whom the output gives something, and the policies that do it.

use std::collections::{BTreeMap, BTreeSet};

use crate::generate;
use crate::iam::{Arn, Bindings, Caller, Document, Effect, Element, PolicyKind, Principal, PrincipalKind, Text};
use crate::platform::access::iam::Boundary;
use crate::platform::{self, Platform, Workspace};
use crate::policies::hcp::{self, Phase};
use crate::policies::provider::{self, HCP};
use crate::policies::{Grant, boundary, grants, registry_policy, repository_policy, run_permissions, split};

use super::emitted::{Emitted, Source};
use super::holder::{Holder, Kind};
use crate::value::{OrVariable, RoleRef};

/// The policies, and everybody they speak of.
pub(super) struct Census<'p> {
    pub(super) documents: Vec<Emitted<'p>>,
    pub(super) holders: Vec<Holder<'p>>,
    pub(super) repository_policies: BTreeMap<&'p str, usize>,
    pub(super) registry_policy: Option<usize>,
}

/// One that was found: what it is, and how a policy calls it.
struct Found<'p> {
    kind: Kind,
    aws_name: String,
    caller: Caller,
    /// The entry that speaks of it, and what tells it from others of the entry.
    member: Option<(&'p str, String)>,
}

/// A census while it is taken.
struct Taker<'p, 'b> {
    platform: &'p Platform,
    bindings: &'b Bindings,
    census: Census<'p>,
    /// For each holder: the entries that speak of it, and what tells it from others of the entry.
    members: Vec<Vec<(&'p str, String)>>,
    /// The permissions boundary of the roles made here, as an index into the documents.
    boundary: Option<usize>,
}

impl<'p> Census<'p> {
    pub(super) fn of(platform: &'p Platform, bindings: &Bindings) -> Self {
        let census = Census {
            documents: Vec::new(),
            holders: Vec::new(),
            repository_policies: BTreeMap::new(),
            registry_policy: None,
        };
        let mut taker = Taker { platform, bindings, census, members: Vec::new(), boundary: None };
        taker.boundary();
        grants(platform).for_each(|grant| taker.grant(grant));
        platform.workspace.iter().for_each(|workspace| taker.workspace(workspace));
        taker.repository_policies();
        taker.registry_policy();
        taker.name_everybody();
        taker.census
    }
}

impl<'p> Taker<'p, '_> {
    fn document(&mut self, emitted: Emitted<'p>) -> usize {
        self.census.documents.push(emitted);
        self.census.documents.len() - 1
    }

    /// The holder that was found, perhaps before. Names of roles are the same whatever their case; a service and
    /// everybody are somebody else in each entry, for it is the entry's conditions that say who.
    fn holder(&mut self, found: Found<'p>) -> usize {
        let is_role = |kind: &Kind| matches!(kind, Kind::Role { .. } | Kind::ExistingRole);
        let same =
            |(holder, members): (&Holder, &Vec<(&str, String)>)| match (is_role(&holder.kind), is_role(&found.kind)) {
                (true, true) => holder.aws_name.eq_ignore_ascii_case(&found.aws_name),
                (false, false) if holder.kind.is_anonymous() => {
                    let entry = |member: Option<&(&'p str, String)>| member.map(|(entry, _)| *entry);
                    holder.kind == found.kind
                        && holder.aws_name == found.aws_name
                        && members.first().map(|(entry, _)| *entry) == entry(found.member.as_ref())
                }
                (false, false) => holder.kind == found.kind && holder.aws_name == found.aws_name,
                _ => false,
            };
        let at = self.census.holders.iter().zip(&self.members).position(same).unwrap_or_else(|| {
            self.census.holders.push(Holder {
                name: String::new(),
                names: Vec::new(),
                kind: found.kind,
                aws_name: found.aws_name,
                entries: Vec::new(),
                policies: Vec::new(),
                boundary: None,
                caller: found.caller,
            });
            self.members.push(Vec::new());
            self.census.holders.len() - 1
        });
        let new = found.member.filter(|member| !self.members[at].contains(member));
        self.members[at].extend(new);
        at
    }

    fn grant(&mut self, grant: Grant<'p>) {
        let access = grant.access;
        let entry = Source::Entry(access);
        let parts = grant.parts.into_iter();
        let policies: Vec<usize> = parts
            .map(|part| {
                let name = part.name(&access.policy_name);
                self.document(Emitted::new(name, PolicyKind::Managed, part.document, entry))
            })
            .collect();
        let parts = access.principal.parts();
        for (i, trusted) in grant.roles.into_iter().enumerate() {
            let name = &trusted.role.name;
            let part = parts.get(i).map_or_else(|| name.clone(), |part| (*part).to_owned());
            let source = Source::Place(trusted.origin);
            let trust = self.document(Emitted::new(name, PolicyKind::Trust, trusted.trust, source));
            let kind = Kind::Role { trust, description: trusted.description };
            let found = self.role(kind, &self.platform.iam.path, name, Some((access.name.as_str(), part)));
            let holder = self.holder(found);
            let holder = &mut self.census.holders[holder];
            holder.policies.extend(&policies);
            holder.boundary = self.boundary;
        }
        for role in grant.attached_to {
            let (name, path) = existing(&role.value);
            let member = (access.name.as_str(), name.clone());
            let found = self.role(Kind::ExistingRole, &path, &name, Some(member));
            let holder = self.holder(found);
            self.census.holders[holder].policies.extend(&policies);
        }
        if let platform::Principal::PermissionSet(set, _) = &access.principal {
            let found = self.permission_set(set.name.as_str(), (access.name.as_str(), set.name.as_str().to_owned()));
            let holder = self.holder(found);
            self.census.holders[holder].policies.extend(&policies);
        }
    }

    /// A permission set, as the role that is made of it (IAM Identity Center user guide, "Referencing permission sets in
    /// resource policies"); only the last part of that role's name is AWS's choice.
    fn permission_set(&self, name: &str, member: (&'p str, String)) -> Found<'p> {
        let path = format!("/aws-reserved/sso.amazonaws.com/{}/", self.platform.region);
        let role = format!("AWSReservedSSO_{name}_{}", "0".repeat(16));
        Found { aws_name: name.to_owned(), ..self.role(Kind::PermissionSet, &path, &role, Some(member)) }
    }

    /// The permissions boundary that the bootstrap module makes. Of one that is there nobody knows what it says, and it
    /// is left out of account: it only ever takes away.
    fn boundary(&mut self) {
        let (Some(Boundary::Made(name)), Some(workspace)) = (&self.platform.iam.boundary, &self.platform.workspace)
        else {
            return;
        };
        if self.platform.access.iter().any(|access| !access.principal.roles().is_empty()) {
            let source = Source::Place(workspace.span);
            let policy = boundary::policy(self.platform);
            self.boundary = Some(self.document(Emitted::new(name, PolicyKind::Managed, policy, source)));
        }
    }

    /// The roles of the workspace's runs, which manage whatever the root module holds.
    fn workspace(&mut self, workspace: &Workspace) {
        let types = generate::resource_types(self.platform);
        Phase::ALL.into_iter().for_each(|phase| self.phase(workspace, phase, &types));
    }

    fn phase(&mut self, workspace: &Workspace, phase: Phase, types: &BTreeSet<String>) {
        let name = self.platform.scope.run_name(phase.as_str());
        let source = Source::Place(workspace.span);
        let policy = run_permissions::policy(self.platform, phase, types);
        let parts = split::parts(&policy, self.bindings).into_iter();
        let policies: Vec<usize> = parts
            .map(|part| self.document(Emitted::new(part.name(&name), PolicyKind::Managed, part.document, source)))
            .collect();
        let trust = hcp::trust(workspace, phase, provider::arn(self.platform, "hcp", &Text::from(HCP)));
        let trust = self.document(Emitted::new(&name, PolicyKind::Trust, trust, source));
        let description = format!("Runs of the workspace {} in the {} phase", workspace.name, phase.as_str());
        let kind = Kind::Role { trust, description };
        let found = self.role(kind, &self.platform.iam.bootstrap_path(), &name, None);
        let holder = self.holder(found);
        let holder = &mut self.census.holders[holder];
        holder.policies.extend(policies);
        // An entry of the same name keeps it.
        if self.platform.access.iter().all(|access| access.name != phase.as_str()) {
            holder.names.push(phase.as_str().to_owned());
        }
    }

    fn role(&self, kind: Kind, path: &str, name: &str, member: Option<(&'p str, String)>) -> Found<'p> {
        let Bindings { partition, account_id, .. } = self.bindings;
        let role = Arn {
            partition: partition.clone(),
            service: "iam".into(),
            region: String::new(),
            account: account_id.clone(),
            resource: format!("role{path}{name}"),
        };
        Found { kind, aws_name: name.to_owned(), caller: Caller::Role { role, session: "session".into() }, member }
    }

    /// The repositories' own policies; those that are the same are one document of many.
    fn repository_policies(&mut self) {
        let mut known: BTreeMap<Document, usize> = BTreeMap::new();
        for repository in &self.platform.repositories {
            let (statements, sources): (Vec<_>, Vec<_>) =
                repository_policy::sourced(self.platform, repository).into_iter().unzip();
            if statements.is_empty() {
                continue;
            }
            let policy = Document::new(statements);
            let at = match known.get(&policy) {
                Some(at) => {
                    self.census.documents[*at].owners.push(repository.name.clone());
                    *at
                }
                None => {
                    let source = |source| match source {
                        repository_policy::Source::Entry(access) => Source::Entry(access),
                        repository_policy::Source::Written(span) => Source::Place(span),
                    };
                    let (owners, kind) = (vec![repository.name.clone()], PolicyKind::Repository);
                    let sources = sources.into_iter().map(source).collect();
                    let emitted = Emitted { owners, kind, document: policy.clone(), sources };
                    let entry = |statement| emitted.entry(statement).map(|access| access.name.as_str());
                    self.everybody_in(&policy, entry);
                    known.insert(policy, self.census.documents.len());
                    self.document(emitted)
                }
            };
            self.census.repository_policies.insert(&repository.key, at);
        }
    }

    /// The registry's own policy, which speaks of all repositories.
    fn registry_policy(&mut self) {
        let Some(registry) = &self.platform.registry else { return };
        let Some(policy) = registry_policy::policy(self.platform) else { return };
        self.everybody_in(&policy, |_| Some("registry"));
        let source = Source::Place(registry.span);
        let registry = self.document(Emitted::new("the registry", PolicyKind::Registry, policy, source));
        self.census.registry_policy = Some(registry);
    }

    /// Whom the statements of a policy let in, each with the entry that it comes from.
    fn everybody_in(&mut self, policy: &Document, entry: impl Fn(usize) -> Option<&'p str>) {
        let allowing = policy.statements.iter().enumerate().filter(|(_, statement)| statement.effect == Effect::Allow);
        for (at, statement) in allowing {
            let names: Vec<(PrincipalKind, String)> = match &statement.principal {
                Some(Element::Only(listed @ Principal::Listed(_))) => {
                    listed.names().map(|(kind, name)| (kind, name.bind(self.bindings))).collect()
                }
                Some(_) => vec![(PrincipalKind::Aws, "*".to_owned())],
                None => Vec::new(),
            };
            for (kind, name) in names {
                let (kind, aws_name, caller) = named(kind, &name, &self.bindings.partition);
                // A role of ours that a policy names is there already.
                let is_known = |holder: &Holder| holder.caller == caller;
                if !self.census.holders.iter().any(is_known) || kind != Kind::Named {
                    let member = entry(at).map(|entry| (entry, aws_name.clone()));
                    self.holder(Found { kind, aws_name, caller, member });
                }
            }
        }
    }

    /// Of several that one entry speaks of, each is called by the entry and its part of it.
    fn name_everybody(&mut self) {
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        self.members.iter().flatten().for_each(|(entry, _)| *sizes.entry(*entry).or_default() += 1);
        for (holder, members) in self.census.holders.iter_mut().zip(&self.members) {
            for (entry, part) in members {
                let whole = format!("{entry}/{part}");
                if sizes[entry] == 1 {
                    holder.names.extend([(*entry).to_owned(), whole]);
                } else {
                    holder.names.extend([whole, (*entry).to_owned()]);
                }
                holder.entries.push(entry);
            }
            holder.names.push(holder.aws_name.clone());
            match (&holder.kind, &holder.caller) {
                (Kind::Role { .. } | Kind::ExistingRole, Caller::Role { role, .. }) => {
                    holder.names.push(role.to_string())
                }
                (Kind::Account, Caller::Role { role, .. }) => {
                    let Arn { partition, account, .. } = role;
                    holder.names.push(format!("arn:{partition}:iam::{account}:root"));
                }
                _ => {}
            }
            holder.name.clone_from(&holder.names[0]);
        }
    }
}

/// Name and path of a role that is there. Of one that only the apply knows, the expression in the place of its name.
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

/// What a principal of a policy is, how it is called, and as whom it asks.
fn named(kind: PrincipalKind, name: &str, partition: &str) -> (Kind, String, Caller) {
    if name == "*" && kind == PrincipalKind::Aws {
        return (Kind::Everybody, name.into(), Caller::Anonymous);
    }
    let arn = name.parse::<Arn>().ok();
    let account = match &arn {
        Some(arn) if arn.resource == "root" => Some(arn.account.as_str()),
        None if kind == PrincipalKind::Aws && name.len() == 12 => Some(name),
        _ => None,
    };
    if let Some(account) = account {
        let member = Arn {
            partition: arn.as_ref().map_or(partition, |arn| &arn.partition).to_owned(),
            service: "iam".into(),
            region: String::new(),
            account: account.to_owned(),
            resource: "role/any".into(),
        };
        return (Kind::Account, account.to_owned(), Caller::Role { role: member, session: "session".into() });
    }
    match (kind, arn) {
        (PrincipalKind::Service, _) => (Kind::Service, name.into(), Caller::Service(name.into())),
        (PrincipalKind::Aws, Some(arn)) if arn.resource.starts_with("user/") => {
            (Kind::Named, name.into(), Caller::User(arn))
        }
        (PrincipalKind::Aws, Some(role)) => {
            (Kind::Named, name.into(), Caller::Role { role, session: "session".into() })
        }
        _ => (Kind::Named, name.into(), Caller::Federated { provider: name.into() }),
    }
}
