//! Repositories that are replicated by a spec that does not own the registry.

use super::{destinations, path};
use crate::diagnostic::{Code, Example, Severity};
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
    if platform.registry.is_some() || !facts.know(&["registry"]) {
        return Vec::new();
    }
    let found = destinations(platform).take(1).map(|(repository, destination)| {
        let message = format!("repository `{}` is replicated, but this spec does not have `registry`", repository.key);
        let help = "add `registry: {}` if this spec owns what AWS has once per account and region; otherwise, write \
                    `replicate_to` in the spec that does";
        RULE.finding(destination.span, message).help(help).at(path(repository))
    });
    found.collect()
}
