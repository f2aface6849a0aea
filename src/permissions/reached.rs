//! Finds the principals that statements can apply to, without evaluating the statements for each principal.

use std::collections::{BTreeSet, HashMap};

use crate::iam::evaluate::names_of;
use crate::iam::{self, Effect, Element, Statement, StatementIndex};
use crate::policies::Policies;

use super::principal::Principal;

/// The principals, by what statements apply to them through.
pub(super) struct Reached<'p> {
    policies: &'p Policies<'p>,
    all: usize,
    /// By the identity policies that are attached to them.
    attached: HashMap<usize, Vec<usize>>,
    /// By the names under which policies can list them.
    named: HashMap<String, Vec<usize>>,
}

impl<'p> Reached<'p> {
    pub(super) fn of(policies: &'p Policies<'p>, principals: &[Principal]) -> Self {
        let mut reached = Reached { policies, all: principals.len(), attached: HashMap::new(), named: HashMap::new() };
        for (at, principal) in principals.iter().enumerate() {
            for policy in &principal.policies {
                reached.attached.entry(*policy).or_default().push(at);
            }
            for name in names_of(&principal.caller) {
                reached.named.entry(name).or_default().push(at);
            }
        }
        reached
    }

    /// All principals to which one of these statements or a repository policy can give permissions, and perhaps others.
    pub(super) fn by(&self, statements: &[StatementIndex], repository_policy: Option<usize>) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for place in statements {
            found.extend(self.attached.get(&place.document).into_iter().flatten());
            if self.policies.registry == Some(place.document) {
                self.listed(&self.policies.document(place.document).statements[place.statement], &mut found);
            }
        }
        let own = repository_policy.into_iter().flat_map(|at| &self.policies.document(at).statements);
        own.for_each(|statement| self.listed(statement, &mut found));
        found
    }

    /// Adds the principals that a statement of a resource-based policy allows something.
    fn listed(&self, statement: &Statement, found: &mut BTreeSet<usize>) {
        if statement.effect != Effect::Allow {
            return;
        }
        match &statement.principal {
            Some(Element::Only(listed @ iam::Principal::Listed(_))) => {
                for (_, name) in listed.names() {
                    match name.bind(&self.policies.bindings).as_str() {
                        "*" => found.extend(0..self.all),
                        name => found.extend(self.named.get(name).into_iter().flatten()),
                    }
                }
            }
            _ => found.extend(0..self.all),
        }
    }
}
