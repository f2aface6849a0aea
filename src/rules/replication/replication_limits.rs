//! A replication configuration that is larger than AWS or the AWS provider accepts.

use std::collections::BTreeSet;

use super::{destinations, path};
use crate::diagnostic::{Code, Example, Severity};
use crate::platform::replication::{self, MOST_DESTINATIONS, MOST_FILTERS, MOST_RULES};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "replication-limits",
        severity: Severity::Error,
        what: "The replication configuration would have more rules, destinations or filters than AWS or the AWS provider accepts.",
        why: "ECR replicates to at most 25 registries, and a rule has at most 100 filters. The AWS provider accepts at most 10 rules. \
          Registries that get the same repositories share a rule, so each different set of repositories needs one. The apply \
          would fail.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: {}
repositories:
  a: { replicate_to: [eu-west-1] }
  b: { replicate_to: [eu-west-2] }
  c: { replicate_to: [eu-west-3] }
  d: { replicate_to: [eu-north-1] }
  e: { replicate_to: [eu-south-1] }
  f: { replicate_to: [eu-south-2] }
  g: { replicate_to: [eu-central-2] }
  h: { replicate_to: [us-east-1] }
  i: { replicate_to: [us-east-2] }
  j: { replicate_to: [us-west-1] }
  k: { replicate_to: [us-west-2] }
names: { repository: \"shop/{repository}\" }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: {}
repository_defaults: { replicate_to: [eu-west-1, eu-west-2, us-east-1] }
repositories: { a: {}, b: {}, c: {} }
names: { repository: \"shop/{repository}\" }
",
        ),
        source: "ECR user guide, \"Amazon ECR service quotas\"; terraform-provider-aws, aws_ecr_replication_configuration",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let rules = replication::rules(platform);
    let repositories = replication::repositories(platform);
    let Some((repository, last)) = destinations(repositories).next_back() else { return Vec::new() };
    let registries: BTreeSet<_> = rules.iter().flat_map(|rule| &rule.destinations).collect();
    let most_filters = rules.iter().map(|rule| rule.filters.len()).max().unwrap_or_default();
    let too_many = [
        (registries.len(), MOST_DESTINATIONS, "destinations", "replicate to fewer registries"),
        (
            rules.len(),
            MOST_RULES,
            "rules, one for each set of repositories",
            "replicate more repositories to the same registries",
        ),
        (
            most_filters,
            MOST_FILTERS,
            "filters in a rule, one for each repository",
            "give the replicated repositories a common prefix that no other repository has, for example with `names.repository`",
        ),
    ];
    let finding = |(count, most, what, help): (usize, usize, &str, &str)| {
        let message =
            format!("the replication configuration would have {count} {what}, but at most {most} are possible");
        (count > most).then(|| RULE.finding(last.span, message).help(help).at(path(repository)))
    };
    too_many.into_iter().filter_map(finding).collect()
}
