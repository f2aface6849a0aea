//! Repositories that are replicated by a spec that does not own the registry.

use super::{destinations, path};
use crate::diagnostic::{Code, Example, Severity};
use crate::platform::registry::{is_same_registry, may_be_same_registry};
use crate::prose::listed;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "replication-without-registry",
        severity: Severity::Error,
        what: "A repository is replicated, but the spec does not have `registry`.",
        why: "AWS has one replication configuration per account and region, and writing it replaces what other configurations \
          wrote. `registry` states that this spec owns it. Without it, nothing would be replicated.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { cart: { replicate_to: [eu-west-1] } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: {}
repositories: { cart: { replicate_to: [eu-west-1] } }
",
        ),
        source: "ECR API reference, PutReplicationConfiguration",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    let owners = facts.environments.iter().filter(|other| other.registry.is_some());
    let is_here = owners.clone().any(|other| is_same_registry(other, platform));
    let is_known = facts.environments.iter().all(|other| other.gaps.spare("registry"));
    if platform.registry.is_some() || is_here || !is_known {
        return Vec::new();
    }
    let maybe_here = owners.clone().find(|other| may_be_same_registry(other, platform));
    let found = destinations(&platform.repositories).take(1).map(|(repository, destination)| {
        let message = format!("repository `{}` is replicated, but this spec does not have `registry`", repository.key);
        let help = match maybe_here {
            Some(other) => {
                let without = [platform, other].into_iter().filter(|one| one.scope.account.is_none());
                let without = listed(without.map(|one| format!("`{}`", one.scope.environment)), 2);
                format!(
                    "write `account` in {without}, so that `registry` in `{}` covers both if they share the registry",
                    other.scope.environment
                )
            }
            None => "add `registry: {}` if this spec owns what AWS has once per account and region; otherwise, write \
                     `replicate_to` in the spec that does"
                .to_owned(),
        };
        RULE.finding(destination.span, message).help(help).at(path(repository))
    });
    found.collect()
}
