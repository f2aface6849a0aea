//! A KMS key that a replica cannot use, because a KMS key belongs to one region.

use std::collections::BTreeMap;

use super::path;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Arn;
use crate::platform::repositories::replication::Managed;
use crate::platform::{Encryption, Repository};
use crate::rules::{Facts, Finding, Rule};
use crate::source::Span;
use crate::value::OrVariable;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "replica-key-elsewhere",
        severity: Severity::Error,
        what: "A replica is to be encrypted with a KMS key that is not known to be in its region.",
        why: "ECR rejects a key that is in a different region from the repository. A replica has the encryption of its repository \
          unless the spec states another one, and a key of the repository's region cannot encrypt it. Multi-Region keys \
          (`mrk-…`), which have the same ID in each region, can.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: {}
repositories:
  cart:
    encryption: { kms: \"arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab\" }
    replicate_to: [eu-west-1]
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: {}
repositories:
  cart:
    encryption: { kms: \"arn:aws:kms:eu-central-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab\" }
    replicate_to: [eu-west-1]
",
        ),
        source: "ECR API reference, EncryptionConfiguration, `kmsKey`; KMS developer guide, \"Multi-Region keys in AWS KMS\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let mut found: BTreeMap<(Span, Span), Finding> = BTreeMap::new();
    for repository in &platform.repositories {
        for destination in &repository.replicate_to {
            let Some(managed) = &destination.managed else { continue };
            let fault = fault(repository, destination.region.as_str(), managed, destination.span);
            let fault = fault.map(|fault| ((managed.encryption.span, destination.span), fault));
            found.extend(fault);
        }
    }
    found.into_values().collect()
}

fn fault(repository: &Repository, region: &str, managed: &Managed, replica: Span) -> Option<Finding> {
    let Encryption::KmsKey(key) = &managed.encryption.value else { return None };
    let why = match key {
        OrVariable::Literal(key) => match key.as_str().parse::<Arn>() {
            Ok(arn) if arn.resource.starts_with("key/") && arn.region == region => return None,
            Ok(arn) if arn.resource.starts_with("key/") => format!("this KMS key is in {}", arn.region),
            _ => "an alias names a different KMS key in each region".to_owned(),
        },
        OrVariable::Variable(_) => "a variable can hold a KMS key of any region".to_owned(),
        OrVariable::Reference(_) if managed.has_own_encryption => return None,
        OrVariable::Reference(reference) => format!("`{}` is a KMS key for the region of the spec", reference.as_str()),
    };
    let message = format!("{why}, but this is for the replica in {region}");
    let help = match managed.has_own_encryption {
        true => format!("write the ARN of a key in {region}, or `kms: create`"),
        false => format!(
            "write `{{ region: {region}, encryption: {{ kms: \"ARN\" }} }}` under `replicate_to`, with the ARN of a key in {region}; \
             or let ecrgen create the keys with `encryption: {{ kms: create }}`"
        ),
    };
    let finding = RULE.finding(managed.encryption.span, message);
    let finding = if managed.has_own_encryption { finding } else { finding.and(replica, "the replica") };
    Some(finding.help(help).at(path(repository)))
}
