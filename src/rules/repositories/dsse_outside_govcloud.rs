//! Two layers of encryption in a partition that does not have them.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Encryption;
use crate::policies::bindings::partition;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "dsse-outside-govcloud",
        severity: Severity::Error,
        what: "A repository has `encryption: kms_dsse` in a region outside of AWS GovCloud (US).",
        why: "ECR has dual-layer encryption (KMS_DSSE) only in the GovCloud regions. Elsewhere, it rejects the repository.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: { encryption: kms_dsse } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: us-gov-west-1
repositories: { shop: { encryption: kms_dsse } }
",
        ),
        source: "ECR API reference, EncryptionConfiguration, `encryptionType`",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    if partition(&platform.region).0 == "aws-us-gov" {
        return Vec::new();
    }
    let encrypted = platform.all_repositories().filter(|one| one.encryption.value == Encryption::KmsDsse);
    // A default of many repositories is reported once.
    let places: BTreeMap<_, _> = encrypted.map(|repository| (repository.encryption.span, repository.path())).collect();
    let finding = |(span, path)| {
        let message = format!("{} has no `kms_dsse`, which only the GovCloud regions have", platform.region);
        let help = "write `kms`, or `kms: create` for a key that ecrgen creates";
        RULE.finding(span, message).help(help).at(format!("{path}.encryption"))
    };
    places.into_iter().map(finding).collect()
}
