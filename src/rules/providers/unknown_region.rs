//! A region that the AWS SDKs do not know.

use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unknown-region",
        severity: Severity::Warning,
        what: "The `region` is not one that the AWS SDKs know.",
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
    let region = platform.region.as_str();
    if REGIONS.contains(&region) {
        return Vec::new();
    }
    let message = format!("`{region}` is not a known AWS region");
    let finding = RULE.finding(platform.region_span, message);
    vec![finding.did_you_mean(platform.region_span, region, REGIONS.iter().copied(), "regions").at("region")]
}
