//! A KMS key that a repository cannot use, because of its region or partition.

use super::keys;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Arn;
use crate::policies::bindings::partition;
use crate::rules::{Facts, Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "kms-key-elsewhere",
        severity: Severity::Error,
        what: "A repository or Terraform's state is to be encrypted with a KMS key of another region or partition.",
        why: "ECR and S3 reject a key that is in a different region from the repository or the bucket, so the apply would fail.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop: { encryption: { kms: \"arn:aws:kms:eu-west-1:123456789012:alias/registry\" } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop: { encryption: { kms: \"arn:aws:kms:eu-central-1:123456789012:alias/registry\" } }
",
        ),
        source: "ECR API reference, EncryptionConfiguration, `kmsKey`; S3 user guide, \"Using server-side encryption with AWS KMS keys\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let of_repositories = keys(platform).into_iter().filter_map(|(span, (arn, repository))| {
        let what = if repository.is_created() { "template" } else { "repository" };
        let path = format!("{}.encryption", repository.path());
        finding(span, arn, &platform.region, &format!("{what} `{}`", repository.key), path)
    });
    let backend = platform.root.backend.as_ref();
    let of_state = backend.and_then(|backend| {
        let key = backend.kms_key.as_ref()?;
        let path = "terraform.backend.s3.kms_key".to_owned();
        finding(key.span, key.as_str(), &backend.region, "the bucket of the state", path)
    });
    of_repositories.chain(of_state).collect()
}

/// The finding about a key that encrypts `what`, which is in `needed`.
fn finding(span: Span, arn: &str, needed: &str, what_uses_it: &str, path: String) -> Option<Finding> {
    let Arn { partition: in_partition, region, .. } = arn.parse().ok()?;
    let own = (partition(needed).0, needed);
    let (what, theirs, ours) = match (in_partition == own.0, region == own.1) {
        (true, true) => return None,
        (false, _) => ("partition", in_partition.as_str(), own.0),
        (true, false) => ("region", region.as_str(), own.1),
    };
    let message = format!("this KMS key is in the {what} {theirs}, but {what_uses_it} is in {ours}");
    let found = RULE.finding(span, message).help(format!("write the ARN of a key in {}", own.1));
    Some(found.at(path))
}
