//! An event of failed replication in a region that does not send it.

use super::long_rule_name::place;
use crate::diagnostic::{Code, Example, Severity};
use crate::platform::monitoring::event_rules::{Signal, event_rules};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "failed-replication-elsewhere",
        severity: Severity::Warning,
        what: "`replication-failed` is in a spec that replicates its images to other registries.",
        why: "ECR sends the event in the region and account of the destination. Here, it is only sent for images that other registries \
              replicate into this one.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: {}
repositories: { cart: { replicate_to: [eu-west-1] } }
monitoring: { event_log: { events: [replication-failed] } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: {}
repositories: { cart: { replicate_to: [eu-west-1] } }
monitoring: { event_log: { events: [push] } }
",
        ),
        source: "ECR user guide, \"Amazon ECR events and EventBridge\", event for a completed image replication",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let destination = platform.repositories.iter().find_map(|repository| repository.replicate_to.first());
    let failed = event_rules(platform).into_iter().find(|rule| rule.signal == Signal::ReplicationFailed);
    let (Some(destination), Some(rule)) = (destination, failed) else { return Vec::new() };
    let (span, path) = place(rule.receivers[0]);
    let message = format!(
        "a failed replication to {} does not send `replication-failed` here, but in that region",
        destination.region.as_str()
    );
    let help =
        "add the event to a spec for the destination region, or delete it here if no registry replicates into this one";
    vec![RULE.finding(span, message).and(destination.span, "replicated from here").help(help).at(path)]
}
