//! Registries that ECR cannot replicate to, or not as the spec says.

use std::collections::BTreeMap;

use super::{destinations, path};
use crate::diagnostic::{Code, Example, Severity};
use crate::platform::repositories::replication::{Destination, Registry};
use crate::policies::bindings::partition;
use crate::rules::{Facts, Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "replication-destination",
        severity: Severity::Error,
        what: "A repository is to be replicated to a registry that ECR cannot replicate to, or in a way that ecrgen cannot.",
        why: "ECR replicates to other registries of the same partition, and each registry can be a destination once. The root module \
          manages replicas only in its own account. The policy of a registry in another account names the account that \
          replicates to it, so the spec must state that account.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: {}
repositories: { cart: { replicate_to: [eu-central-1] } }
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
        source: "ECR user guide, \"Private image replication\", \"Considerations for private image replication\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found: Vec<Finding> = destinations(&facts.platform.repositories)
        .flat_map(|(repository, destination)| {
            let path = path(repository);
            faults(facts, destination).into_iter().map(move |fault| fault.at(&path))
        })
        .collect();
    for repository in &facts.platform.repositories {
        let mut seen: BTreeMap<Registry, Span> = BTreeMap::new();
        for destination in &repository.replicate_to {
            if let Some(first) = seen.insert(destination.registry(), destination.span) {
                let message = format!("images are replicated to {} twice", destination.in_words());
                let fault = RULE.finding(destination.span, message).and(first, "the first destination");
                let fault = fault.help("delete one of the two").at(path(repository));
                // One of `repository_defaults` is reported once.
                if found.iter().all(|other| other.labels != fault.labels) {
                    found.push(fault);
                }
            }
        }
    }
    found
}

fn faults(facts: &Facts, destination: &Destination) -> Vec<Finding> {
    let platform = facts.platform;
    let (region, home) = (destination.region.as_str(), platform.region.as_str());
    let place = destination.region.span;
    let mut faults = Vec::new();
    if destination.account.is_none() && region == home {
        let message = format!("a registry cannot be replicated to itself: {home} is the region of this spec");
        let help = "write another region, or the `account` of another registry: `{ region: REGION, account: \"ID\" }`";
        faults.push(RULE.finding(place, message).and(platform.region_span, "the region of this spec").help(help));
    }
    let (own, theirs) = (partition(home).0, partition(region).0);
    if own != theirs {
        let message = format!(
            "{region} is in the partition {theirs}, but {home} is in {own}: ECR replicates only within a partition"
        );
        let help = format!("write a region of the partition {own}");
        faults.push(RULE.finding(place, message).and(platform.region_span, "the region of this spec").help(help));
    }
    if let Some(place) = destination.unmanageable {
        let (message, help) = match &destination.account {
            Some(account) => (
                format!("the root module cannot manage a replica in account {}", account.as_str()),
                "a replica in another account has neither `replica: managed` nor `encryption`; the spec of that account can have the repository",
            ),
            None => (
                "ECR creates a `plain` replica, which always has the default encryption".to_owned(),
                "delete `encryption`, or `replica: plain`",
            ),
        };
        faults.push(RULE.finding(place, message).help(help));
    }
    let is_unknown = platform.scope.account.is_none() && facts.know(&["account"]);
    if let Some(account) = destination.account.as_ref().filter(|_| is_unknown) {
        let message = format!(
            "replicating to account {} needs the account of this spec: the registry policy there must name it",
            account.as_str()
        );
        let help = "add `account: \"123456789012\"`, with the ID of your account in quotes";
        faults.push(RULE.finding(account.span, message).help(help));
    }
    faults
}
