//! Principals that only a question names: roles, users and sessions that the policies reach without naming them.

use crate::iam::evaluate::names_of;
use crate::iam::{self, Arn, Caller, Effect, Element, Statement};

use super::caller::{self, KnownRoles};
use super::{Kind, Principal, known};
use crate::permissions::{EffectivePermissions, Query};

impl EffectivePermissions<'_> {
    /// Adds the principal with this ARN, if no principal has this name and a policy reaches it: a session of a role that
    /// has permissions, or a role, user or session that a resource-based policy allows through its account or through a
    /// wildcard.
    pub fn add_asked(&mut self, name: &str) {
        let asked = Query { principal: name, action: "", repository: "" };
        let Ok(arn) = name.parse::<Arn>() else { return };
        if !matches!(asked.principal_in(self), Ok(None)) || !["iam", "sts"].contains(&arn.service.as_str()) {
            return;
        }
        let roles = KnownRoles::of(self.policies, &self.principals);
        let Some((caller, role_arn)) = caller::caller(arn, &roles) else { return };
        let (policies, boundary) = roles.attached(&caller);
        let role = self.principals.iter().find(|role| role.has_role_of(&caller));
        let is_reached = role.is_some() || self.resource_statements().any(|one| self.reaches(one, &caller));
        if !is_reached {
            return;
        }
        let needs = role.map_or_else(Vec::new, |role| role.needs.clone());
        let unjudged = role.map_or_else(Vec::new, |role| role.unjudged.clone());
        let mut principal = Principal {
            name: name.to_owned(),
            names: vec![name.to_owned()],
            kind: Kind::Named,
            aws_name: name.to_owned(),
            entries: Vec::new(),
            needs,
            policies,
            unjudged,
            boundary,
            caller,
            known: iam::Context::open(),
        };
        principal.known = known::context(&principal, role_arn, self.platform, self.bindings);
        self.principals.push(principal);
    }

    /// The statements of the repository policies and of the registry policy.
    fn resource_statements(&self) -> impl Iterator<Item = &Statement> {
        let documents = self.policies.repositories.values().copied().chain(self.policies.registry);
        documents.flat_map(|at| &self.documents[at].document.statements)
    }

    fn reaches(&self, statement: &Statement, caller: &Caller) -> bool {
        let is_named = match &statement.principal {
            Some(Element::Only(listed)) if !listed.is_everyone(self.bindings) => {
                let listed: Vec<String> = listed.names().map(|(_, name)| name.bind(self.bindings)).collect();
                names_of(caller).any(|name| listed.contains(&name))
            }
            Some(_) => true,
            None => false,
        };
        is_named && statement.effect == Effect::Allow
    }
}
