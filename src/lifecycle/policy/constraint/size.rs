//! Constraints on the size of a lifecycle policy.

use super::{declare, rules};
use crate::diagnostic::Example::{Spec, Words};

declare! {
    POLICY_TOO_SHORT = {
        name: "policy-too-short",
        severity: Error,
        what: "A lifecycle policy has fewer than 100 characters, usually because it has no rules.",
        why: "PutLifecyclePolicy requires at least 100 characters, and every policy with a rule has more. To stop \
              deleting images, remove the policy.",
        bad: Spec("
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    lifecycle_policy: { rules: [] }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        source: "ECR API reference, PutLifecyclePolicy, `lifecyclePolicyText`",
        help: "add a rule, or remove the policy",
    }
    POLICY_TOO_LONG = {
        name: "policy-too-long",
        severity: Error,
        what: "A lifecycle policy has more than 30,720 characters.",
        why: "PutLifecyclePolicy does not accept more, and the quota cannot be raised. ECR counts the characters of \
              the JSON that Terraform sends, in which `<`, `>` and `&` take six characters each.",
        bad: Words("
A `lifecycle_policy` with 40 rules, each with a `description` of 1,000 characters.
"),
        good: Words("
The same policy with a description of one sentence per rule.
"),
        source: "ECR user guide, \"Amazon ECR service quotas\"",
        help: "shorten the descriptions, or select images with fewer patterns",
    }
    TOO_MANY_RULES = {
        name: "too-many-rules",
        severity: Error,
        what: "A lifecycle policy has more than 50 rules.",
        why: "ECR does not accept more, and the quota cannot be raised. In a `retention`, `of_each` creates one rule \
              per tag class, and `per: service` creates one rule per service.",
        bad: Words("
A repository with 51 `services` and `retention: [{ keep: 5, of: release, per: service }]`.
"),
        good: Words("
One repository per service, or one count that all services share: `retention: [{ keep: 255, of: release }]`.
"),
        source: "ECR user guide, \"Amazon ECR service quotas\"",
        help: "select images with fewer rules",
    }
}
