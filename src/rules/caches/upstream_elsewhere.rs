//! An upstream registry of ECR in another partition.

use crate::diagnostic::{Code, Example, Severity};
use crate::policies::bindings::partition;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "upstream-elsewhere",
        severity: Severity::Error,
        what: "The upstream registry of a pull through cache rule is an ECR registry in another partition.",
        why: "ECR pulls from another ECR registry with an IAM role, and the roles of one partition, such as `aws`, have no access in \
              another one, such as `aws-cn`.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { base: { upstream: ecr, url: 222222222222.dkr.ecr.cn-north-1.amazonaws.com.cn } } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { base: { upstream: ecr, url: 222222222222.dkr.ecr.eu-west-1.amazonaws.com } } }
",
        ),
        source: "ECR user guide, \"Setting up permissions for cross-account ECR to ECR PTC\"; IAM user guide, \"Cross account resource access in IAM\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let ours = partition(&platform.region).0;
    let found = platform.caches().iter().filter_map(|cache| {
        let (_, region) = cache.upstream_registry()?;
        let theirs = partition(region).0;
        let message = format!("{region} is in the partition {theirs}, and the registry of the spec is in {ours}");
        let found = RULE.finding(cache.span, message).help("use an upstream registry in the same partition");
        (theirs != ours).then(|| found.at(cache.path()))
    });
    found.collect()
}
