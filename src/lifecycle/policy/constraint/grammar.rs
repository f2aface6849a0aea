//! Constraints on the grammar of a lifecycle policy: JSON with a closed schema.

use super::{declare, rules};
use crate::diagnostic::Example::Words;

declare! {
    MALFORMED_JSON = {
        name: "malformed-json",
        severity: Error,
        what: "A file with a lifecycle policy is not valid JSON.",
        why: "PutLifecyclePolicy takes a JSON document, and JSON does not allow comments or trailing commas.",
        bad: Words("
`policy.json` contains `{\"rules\": [}`:

ecrgen simulate --policy policy.json --images images.json
"),
        good: Words("
`policy.json` contains the policy that AWS returns:

aws ecr get-lifecycle-policy --repository-name shop --query lifecyclePolicyText --output text > policy.json
"),
        source: "RFC 8259; ECR API reference, PutLifecyclePolicy, `lifecyclePolicyText`",
        help: "fix the JSON at this position",
    }
    UNKNOWN_KEY = {
        name: "lifecycle-unknown-key",
        severity: Error,
        what: "A lifecycle policy has a key that AWS's schema does not allow in this place.",
        why: "The schema is closed at every level: it allows no keys other than its own. ECR rejects the whole policy \
              with \"object instance has properties which are not allowed by the schema\".",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
          enabled: true
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\"",
        help: "remove the key, or correct its spelling",
    }
    MISSING_KEY = {
        name: "lifecycle-missing-key",
        severity: Error,
        what: "A lifecycle policy does not have a key that AWS requires in this place.",
        why: "ECR rejects the whole policy. `countUnit` is required with every `countType` that counts days, and \
              `targetStorageClass` is required with the action `transition`.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countNumber: 7 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\"",
        help: "add the key with its value",
    }
    NULL_VALUE = {
        name: "null-value",
        severity: Error,
        what: "A key in a lifecycle policy has the value null.",
        why: "ECR rejects null even for optional keys. Usually it comes from a Terraform module that writes every key \
              and sets unused keys to null.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countUnit: null, countNumber: 10 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "cloudposse/terraform-aws-ecr, issue 158, which shows ECR's error",
        help: "remove the key that has the value `null`",
    }
    WRONG_TYPE = {
        name: "lifecycle-wrong-type",
        severity: Error,
        what: "A value in a lifecycle policy does not have the type that AWS's schema requires.",
        why: "ECR rejects the whole policy. Numbers are written without quotes, and tag lists are lists even if they \
              have only one entry.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countNumber: \"10\" }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\"",
        help: "write the value in the expected type; numbers have no quotes",
    }
    UNKNOWN_VALUE = {
        name: "unknown-value",
        severity: Error,
        what: "A value in a lifecycle policy is not one of the words that AWS allows in this place.",
        why: "ECR rejects the whole policy. The words are in lowercase; the uppercase spelling of the preview API, \
              such as `EXPIRE`, is not accepted in a policy.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countNumber: 10 }
          action: { type: EXPIRE }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\"",
        help: "write one of the expected words",
    }
    NUMBER_OUT_OF_RANGE = {
        name: "number-out-of-range",
        severity: Error,
        what: "`rulePriority` or `countNumber` is not a whole number of at least 1.",
        why: "ECR rejects 0, negative numbers and fractions. `countNumber: 0` cannot be used to delete every image.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countNumber: 0 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countNumber: 1 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\"",
        help: "write a number such as 10",
    }
}
