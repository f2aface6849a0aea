//! A secret that a pull through cache rule cannot use, because of its region, account or partition.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Arn;
use crate::policies::bindings::partition;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "secret-elsewhere",
        severity: Severity::Error,
        what: "The secret of a pull through cache rule is in another region, account or partition.",
        why: "ECR only reads secrets in the account and region of the rule, so the apply, or the first pull, would fail.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry:
  pull_through_cache:
    docker-hub: { upstream: docker-hub, credential: \"arn:aws:secretsmanager:us-east-1:111111111111:secret:ecr-pullthroughcache/hub-AbCdEf\" }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry:
  pull_through_cache:
    docker-hub: { upstream: docker-hub, credential: \"arn:aws:secretsmanager:eu-central-1:111111111111:secret:ecr-pullthroughcache/hub-AbCdEf\" }
",
        ),
        source: "ECR user guide, \"Creating a pull through cache rule in Amazon ECR\", \"Prerequisites\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let ours = partition(&platform.region).0;
    let found = platform.caches().iter().filter_map(|cache| {
        let arn: Arn = cache.credential.as_ref()?.written()?.as_str().parse().ok()?;
        let account = platform.scope.account.as_deref().unwrap_or(&arn.account);
        let compared = [
            ("partition", arn.partition.as_str(), ours),
            ("region", arn.region.as_str(), platform.region.as_str()),
            ("account", arn.account.as_str(), account),
        ];
        let (what, theirs, needed) = compared.into_iter().find(|(_, theirs, ours)| theirs != ours)?;
        let message =
            format!("this secret is in the {what} {theirs}, but the rule for `{}` is in {needed}", cache.prefix);
        let found = RULE.finding(cache.span, message);
        Some(found.help(format!("create the secret in {needed} too, and write its ARN")).at(cache.path()))
    });
    found.collect()
}
