//! The callers that the names of principals represent.

use std::collections::HashMap;

use crate::iam::{Arn, Caller, PrincipalKind};
use crate::policies::Policies;

use super::known::RoleArn;
use super::{Kind, Principal};

/// The roles whose ARNs are known.
pub(super) struct KnownRoles {
    /// By account and name. In an account, names of roles are unique whatever their paths.
    by_name: HashMap<(String, String), Arn>,
    /// The policies and the boundary of the roles that have some.
    attached: HashMap<Arn, (Vec<usize>, Option<usize>)>,
}

impl KnownRoles {
    /// The roles of these principals, and those that policies name.
    pub(super) fn of(policies: &Policies, principals: &[Principal]) -> Self {
        let resource_policies = policies.repositories.values().copied().chain(policies.registry);
        let statements = resource_policies.flat_map(|at| &policies.document(at).statements);
        let elements = statements.filter_map(|statement| statement.principal.as_ref());
        let named = elements.flat_map(|element| element.listed().names());
        let named = named.filter_map(|(_, name)| name.bind(&policies.bindings).parse::<Arn>().ok());
        let is_given = |principal: &&Principal| {
            principal.kind.has_policies() || principal.kind == Kind::Named && principal.aws_name.contains(":role/")
        };
        let own = principals.iter().filter(is_given);
        let own = own.filter_map(|principal| match &principal.caller {
            Caller::Role { role, .. } => Some(role.clone()),
            _ => None,
        });
        let roles = named.filter(|arn| arn.service == "iam" && arn.resource.starts_with("role/")).chain(own);
        let key = |role: &Arn| (role.account.clone(), role.resource.rsplit('/').next().unwrap_or_default().to_owned());
        let mut attached = HashMap::new();
        for (principal, role) in principals.iter().filter_map(|principal| Some((principal, principal.role()?))) {
            attached.entry(role.clone()).or_insert_with(|| (principal.policies.clone(), principal.boundary));
        }
        KnownRoles { by_name: roles.map(|role| (key(&role), role)).collect(), attached }
    }

    /// The policies and the boundary of the role that a caller is a session of.
    pub(super) fn attached(&self, caller: &Caller) -> (Vec<usize>, Option<usize>) {
        match caller {
            Caller::Role { role, .. } => self.attached.get(role).cloned().unwrap_or_default(),
            _ => Default::default(),
        }
    }
}

/// The caller with this ARN, if it is a role, a user or a session of a role. The ARN of a session has the name of its
/// role, but not its path.
pub(super) fn caller(arn: Arn, roles: &KnownRoles) -> Option<(Caller, RoleArn)> {
    let session = arn.resource.strip_prefix("assumed-role/").and_then(|rest| rest.split_once('/'));
    if let Some((name, session)) = session {
        let known = roles.by_name.get(&(arn.account.clone(), name.to_owned())).cloned();
        let role_arn = if known.is_some() { RoleArn::Whole } else { RoleArn::WithoutPath };
        let role =
            known.unwrap_or_else(|| Arn { service: "iam".into(), resource: format!("role/{name}"), ..arn.clone() });
        return Some((Caller::Role { role, session: session.to_owned() }, role_arn));
    }
    let caller = match arn.resource.split_once('/')?.0 {
        "role" => Caller::Role { role: arn, session: "session".into() },
        // A federated user, too, is not limited by the boundary when a policy names it.
        "user" | "federated-user" => Caller::User(arn),
        _ => return None,
    };
    Some((caller, RoleArn::Whole))
}

/// The kind and the name of a principal in a policy, and the caller that its requests come from.
pub(super) fn named(
    kind: PrincipalKind,
    name: &str,
    partition: &str,
    roles: &KnownRoles,
) -> (Kind, String, Caller, RoleArn) {
    if name == "*" && kind == PrincipalKind::Aws {
        return (Kind::Everybody, name.into(), Caller::Anonymous, RoleArn::Whole);
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
        let caller = Caller::Role { role: member, session: "session".into() };
        return (Kind::Account, account.to_owned(), caller, RoleArn::Whole);
    }
    let caller = match kind {
        PrincipalKind::Service => Some((Caller::Service(name.into()), RoleArn::Whole)),
        PrincipalKind::Aws => arn.and_then(|arn| caller(arn, roles)),
        PrincipalKind::CanonicalUser | PrincipalKind::Federated => None,
    };
    let (caller, role_arn) = caller.unwrap_or((Caller::Federated { provider: name.into() }, RoleArn::Whole));
    let kind = if kind == PrincipalKind::Service { Kind::Service } else { Kind::Named };
    (kind, name.into(), caller, role_arn)
}
