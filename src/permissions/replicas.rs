//! The permissions on the replicas of repositories in other regions of the account.

use std::collections::BTreeMap;

use super::index::Index;
use super::operation::Operation;
use super::reached::Reached;
use super::{Answer, EffectivePermissions, Permissions, Principal};
use crate::iam::{Action, Arn, Bindings};
use crate::platform::Repository;
use crate::policies::arns;

/// A replica, and the permissions that identity policies and its repository policy grant on it.
#[derive(Debug)]
pub struct Replica<'p> {
    /// The repository whose images it gets.
    pub repository: &'p Repository,
    /// Its ARN.
    pub arn: Arn,
    /// The permissions of the principals that have any, by the index of the principal.
    pub granted: BTreeMap<usize, Permissions>,
}

impl Replica<'_> {
    /// The repository and the region in words.
    pub fn title(&self) -> String {
        format!("{} in {}", self.repository.key, self.arn.region)
    }

    /// Its ARN, as reports show it: the account can be unknown.
    pub fn shown_arn(&self, bindings: &Bindings) -> String {
        Arn { account: bindings.shown_account.clone(), ..self.arn.clone() }.to_string()
    }

    /// The principals with permissions on it, in their order.
    pub fn principals<'s, 'p>(
        &'s self,
        permissions: &'s EffectivePermissions<'p>,
    ) -> impl Iterator<Item = (&'s Principal<'p>, &'s Permissions)> {
        self.granted.iter().map(|(at, granted)| (&permissions.principals[*at], granted))
    }
}

impl<'p> EffectivePermissions<'p> {
    /// All replicas, by repository.
    pub(super) fn all_replicas(&self) -> Vec<Replica<'p>> {
        let written = self.platform.repositories.iter().flat_map(|one| arns::replicas(one).map(move |arn| (one, arn)));
        let written: Vec<(&Repository, Arn)> =
            written.filter_map(|(one, arn)| Some((one, arn.bind(self.bindings).parse().ok()?))).collect();
        if written.is_empty() {
            return Vec::new();
        }
        let index = Index::of(self.documents, self.bindings);
        let reached = Reached::of(self.policies, &self.principals);
        let replica = |(repository, arn): (&'p Repository, Arn)| {
            let own = self.policy_of_replica(repository, &arn);
            let statements = index.applying_to(&arn, self.documents, self.bindings);
            let granted = self.judged(reached.by(&statements, own), &statements, own, &arn);
            Replica { repository, arn, granted }
        };
        written.into_iter().map(replica).collect()
    }

    /// The replica with this ARN, if the account of the spec is known.
    pub(super) fn replica(&self, arn: &Arn) -> Option<&Replica<'p>> {
        let is_ours = self.platform.scope.account.as_deref() == Some(arn.account.as_str());
        self.replicas.iter().filter(|_| is_ours).find(|replica| replica.arn == *arn)
    }

    /// The answer about a replica.
    pub(super) fn answer_about(&self, replica: &Replica, principal: usize, operation: Operation) -> Answer<'_, 'p> {
        let own = self.policy_of_replica(replica.repository, &replica.arn);
        let policies: Vec<usize> = self.attached_to(principal).chain(own).collect();
        let caller = &self.principals[principal];
        let allowed = |action: &Action| {
            let ruling = self.ruling_of(&policies, &caller.known, principal, action, &replica.arn);
            ruling.verdict.is_yes()
        };
        let actions = match operation {
            Operation::Action(action) => vec![action],
            Operation::Verb(verb) => {
                caller.sufficient(verb, allowed).unwrap_or_else(|| caller.alternatives(verb).swap_remove(0))
            }
        };
        Answer::by(self, principal, operation, &actions, policies.clone(), &replica.arn)
    }

    fn policy_of_replica(&self, repository: &Repository, arn: &Arn) -> Option<usize> {
        self.policies.replicas.get(&(repository.key.as_str(), arn.region.as_str())).copied()
    }
}
