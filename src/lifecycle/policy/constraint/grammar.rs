//! The grammar of a lifecycle policy: JSON with a closed schema.

use super::{declare, rules};
use crate::diagnostic::Example::Words;

declare! {
    MALFORMED_JSON = {
        name: "malformed-json",
        severity: Error,
        what: "A lifecycle policy in a file is not valid JSON.",
        why: "PutLifecyclePolicy takes a JSON document, and JSON has neither comments nor trailing commas.",
        bad: Words("
`policy.json` is `{\"rules\": [}`:

ecrgen simulate --policy policy.json --images images.json
"),
        good: Words("
`policy.json` is what AWS has:

aws ecr get-lifecycle-policy --repository-name shop --query lifecyclePolicyText --output text > policy.json
"),
        source: "RFC 8259; ECR API reference, PutLifecyclePolicy, `lifecyclePolicyText`",
        help: "correct the JSON at the place named",
    }
    UNKNOWN_KEY = {
        name: "lifecycle-unknown-key",
        severity: Error,
        what: "A lifecycle policy has a key that AWS's schema does not have at this place.",
        why: "The schema is closed at every level. ECR rejects the whole policy: \"object instance has properties \
              which are not allowed by the schema\".",
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
        what: "A lifecycle policy lacks a key that AWS requires at this place.",
        why: "ECR rejects the whole policy. `countUnit` is required with every `countType` that counts days, and \
              `targetStorageClass` with the action `transition`.",
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
        help: "add the key",
    }
    NULL_VALUE = {
        name: "null-value",
        severity: Error,
        what: "A key of a lifecycle policy has the value null.",
        why: "ECR rejects null for optional keys, too. It usually comes from a Terraform module that writes every key \
              and sets those that are not used to null.",
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
        source: "cloudposse/terraform-aws-ecr, issue 158, with the error of ECR",
        help: "leave the key out",
    }
    WRONG_TYPE = {
        name: "lifecycle-wrong-type",
        severity: Error,
        what: "A value in a lifecycle policy has another type than AWS's schema gives it.",
        why: "ECR rejects the whole policy. Numbers have no quotes, and tag lists are lists even where they have one \
              entry.",
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
        help: "write a value of the type named",
    }
    UNKNOWN_VALUE = {
        name: "unknown-value",
        severity: Error,
        what: "A value in a lifecycle policy is not one of the words that AWS allows there.",
        why: "ECR rejects the whole policy. The words are in lower case: the upper case of the preview API, such as \
              `EXPIRE`, is not accepted in a policy.",
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
        help: "use one of the words named",
    }
    NUMBER_OUT_OF_RANGE = {
        name: "number-out-of-range",
        severity: Error,
        what: "`rulePriority` or `countNumber` is not a whole number of at least 1.",
        why: "ECR rejects 0, negative numbers and fractions. A policy cannot delete every image with `countNumber: 0`.",
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
        help: "write a whole number of at least 1",
    }
}
