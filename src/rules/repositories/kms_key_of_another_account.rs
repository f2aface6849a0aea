//! A KMS key in another account than the repositories that it encrypts.

use super::keys;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Arn;
use crate::platform::Repository;
use crate::rules::{Facts, Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "kms-key-of-another-account",
        severity: Severity::Warning,
        what: "A repository is to be encrypted with a KMS key of another account.",
        why: "The policy of that key must allow the account of the repository to use it and to create grants. ecrgen cannot see \
              it, so the apply may fail. If the account disables the key or revokes a grant, no image can be pulled.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
account: \"111111111111\"
repositories:
  shop: { encryption: { kms: \"arn:aws:kms:eu-central-1:222222222222:key/0a-1\" } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
account: \"111111111111\"
repositories:
  shop: { encryption: { kms: \"arn:aws:kms:eu-central-1:111111111111:key/0a-1\" } }
",
        ),
        source: "KMS developer guide, \"Allowing users in other accounts to use a KMS key\"; ECR user guide, \"Encryption at rest\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let Some(own) = platform.scope.account.as_deref() else { return Vec::new() };
    let finding = |(span, (arn, repository)): (Span, (&str, &Repository))| {
        let Arn { account, .. } = arn.parse().ok()?;
        let message = format!("this KMS key is in account {account}, but `{}` is in account {own}", repository.key);
        let help = "check that the policy of the key allows this account to use it and to create grants, then waive this warning";
        let found = RULE.finding(span, message).help(help).at(format!("{}.encryption", repository.path()));
        (account != own).then_some(found)
    };
    keys(platform).into_iter().filter_map(finding).collect()
}
