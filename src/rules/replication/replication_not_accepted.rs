//! Replication into a registry of another environment that does not accept it.

use super::{destinations, path};
use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "replication-not-accepted",
        severity: Severity::Warning,
        what: "Images are replicated into the registry of another environment, whose policy does not allow it.",
        why: "A registry in another account must name the account that replicates to it, and has one policy. If an environment of the \
              spec has `registry` there, it writes this policy, so ecrgen writes no file for that account.",
        bad: Example::Spec(
            "
platform: shop
region: eu-central-1
environments:
  dev:
    account: \"111111111111\"
    registry: {}
    repositories: { cart: { replicate_to: [{ region: us-east-1, account: \"222222222222\" }] } }
  prod: { account: \"222222222222\", region: us-east-1, registry: {} }
",
        ),
        good: Example::Spec(
            "
platform: shop
region: eu-central-1
environments:
  dev:
    account: \"111111111111\"
    registry: {}
    repositories: { cart: { replicate_to: [{ region: us-east-1, account: \"222222222222\" }] } }
  prod: { account: \"222222222222\", region: us-east-1, registry: { accept_replication_from: [\"111111111111\"] } }
",
        ),
        source: "ECR user guide, \"Private image replication\"; ECR API reference, PutRegistryPolicy",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    let Some(own) = platform.scope.account.as_deref() else { return Vec::new() };
    let found = destinations(&platform.repositories).filter_map(|(repository, destination)| {
        let account = destination.account.as_ref()?.as_str();
        let here = facts.environments_in(account).filter(|other| other.region == destination.region.as_str());
        let (owner, registry) = here.filter_map(|other| Some((other, other.registry.as_ref()?))).next()?;
        if registry.accept_replication_from.iter().any(|accepted| accepted.as_str() == own) {
            return None;
        }
        let environment = &owner.scope.environment;
        let message =
            format!("the registry of environment `{environment}` does not accept replication from account {own}");
        let help = format!("write `accept_replication_from: [\"{own}\"]` under `registry` of `{environment}`");
        let found = RULE.finding(destination.span, message).and(registry.span, "the registry");
        Some(found.help(help).at(path(repository)))
    });
    found.collect()
}
