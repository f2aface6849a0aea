//! A region that the AWS SDKs do not know.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Facts, Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unknown-region",
        severity: Severity::Warning,
        what: "A region is not one that the AWS SDKs know.",
        why: "The provider would reject the region in the pipeline or find no endpoint, and file names, ARNs and policies would \
          contain it. A region that AWS opened recently may not be in this list yet: waive the finding in that case.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-centre-1
repositories: { shop: {} }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
",
        ),
        source: "AWS SDK for Python, botocore 1.44.5, `partitions.json`",
        is_claim: false,
    },
    check,
};

/// The regions of all AWS partitions.
pub static REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-isoe-west-1",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "me-west-1",
    "mx-central-1",
    "sa-east-1",
    "sa-west-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-isob-west-1",
    "us-isof-east-1",
    "us-isof-south-1",
    "us-west-1",
    "us-west-2",
];

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let home = (platform.region_span, (platform.region.as_str(), "region".to_owned()));
    let destinations = platform.repositories.iter().flat_map(|repository| {
        let path = format!("repositories.{}.replicate_to", repository.key);
        let destinations = repository.replicate_to.iter();
        destinations.map(move |to| (to.region.span, (to.region.as_str(), path.clone())))
    });
    // One of `repository_defaults` is reported once.
    let regions: BTreeMap<Span, (&str, String)> = [home].into_iter().chain(destinations).collect();
    let unknown = regions.into_iter().filter(|(_, (region, _))| !REGIONS.contains(region));
    let finding = |(span, (region, path)): (Span, (&str, String))| {
        let finding = RULE.finding(span, format!("`{region}` is not a known AWS region"));
        finding.did_you_mean(span, region, REGIONS.iter().copied(), "regions").at(path)
    };
    unknown.map(finding).collect()
}
