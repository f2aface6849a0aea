//! A replica that is in none of the networks that it can be used from.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::{OnlyFrom, Repository};
use crate::prose;
use crate::rules::{Facts, Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "replica-without-network",
        severity: Severity::Warning,
        what: "A repository with `only_from` has replicas in more regions than it has networks.",
        why: "`only_from` also applies to the replicas that ecrgen creates. A VPC and its endpoints belong to one region, and an \
              endpoint for ECR reaches the registry of that region, unless it was created for a service of another one. A \
              replica in a region without a listed network cannot be used when it is needed.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: {}
repositories: { shop: { replicate_to: [eu-west-1], only_from: { vpcs: [vpc-0a1b2c3d4e5f67890] } } }
waive: { lambda-access-removed: { at: [repositories], reason: no functions } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: {}
repositories: { shop: { replicate_to: [eu-west-1], only_from: { vpcs: [vpc-0a1b2c3d4e5f67890, vpc-0f9e8d7c6b5a43210] } } }
waive: { lambda-access-removed: { at: [repositories], reason: no functions } }
",
        ),
        source: "AWS PrivateLink guide, \"Access AWS services through AWS PrivateLink\"; IAM user guide, \"AWS global condition \
                 context keys\", `aws:SourceVpc`",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    // Networks of `repository_defaults` have one place.
    let found: BTreeMap<Span, Finding> = platform.repositories.iter().filter_map(finding).collect();
    found.into_values().collect()
}

fn finding(repository: &Repository) -> Option<(Span, Finding)> {
    let only = repository.only_from.as_ref().filter(|only| only.ip_ranges.is_none())?;
    let regions: Vec<&str> = repository.replicas().map(|(region, _)| region).collect();
    if regions.is_empty() || networks(only) > regions.len() {
        return None;
    }
    let message = format!(
        "the replicas of `{}` in {} have the same `only_from`, which has too few networks for all these regions",
        repository.key,
        prose::few(regions.iter().copied(), prose::NAMED)
    );
    let help = "add the VPC endpoints or VPCs of these regions; if the endpoints were created for ECR in other regions, waive this warning";
    Some((only.span, RULE.finding(only.span, message).help(help).at(format!("{}.only_from", repository.path()))))
}

/// The most networks that these can be: ECR needs two endpoints in each VPC, `ecr.api` and `ecr.dkr` (ECR user guide, "Amazon ECR
/// interface VPC endpoints").
fn networks(only: &OnlyFrom) -> usize {
    let endpoints = only.vpc_endpoints.as_ref().map_or(0, Vec::len);
    only.vpcs.as_ref().map_or(0, Vec::len) + endpoints.div_ceil(2)
}
