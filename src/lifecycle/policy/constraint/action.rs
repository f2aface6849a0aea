//! Constraints on what a rule counts and on what it does to images.

use super::{declare, rules};

declare! {
    UNIT_WITH_COUNT = {
        name: "unit-with-count",
        severity: Error,
        what: "A lifecycle rule with `countType: imageCountMoreThan` has a `countUnit`.",
        why: "`imageCountMoreThan` counts images, and the only unit is days. ECR rejects the policy.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countUnit: days, countNumber: 10 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `countUnit`",
        help: "remove `countUnit`",
    }
    STORAGE_CLASS_MISMATCH = {
        name: "storage-class-mismatch",
        severity: Error,
        what: "The `storageClass` of a rule does not match its `countType`.",
        why: "`sinceImageTransitioned` counts the days in the archive and requires `storageClass: archive`. Every \
              other `countType` is for images in standard storage. ECR rejects the policy.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: transition, targetStorageClass: archive }
        - rulePriority: 2
          selection: { tagStatus: any, countType: sinceImageTransitioned, countUnit: days, countNumber: 365 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: transition, targetStorageClass: archive }
        - rulePriority: 2
          selection:
            tagStatus: any
            storageClass: archive
            countType: sinceImageTransitioned
            countUnit: days
            countNumber: 365
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `storageClass`",
        help: "use `sinceImageTransitioned` only together with `storageClass: archive`, and every other `countType` without it",
    }
    TARGET_WITH_EXPIRE = {
        name: "target-with-expire",
        severity: Error,
        what: "A lifecycle rule with the action `expire` has a `targetStorageClass`.",
        why: "An expired image is deleted, so it no longer has a storage class. ECR accepts `targetStorageClass` only \
              with the action `transition`.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 30 }
          action: { type: expire, targetStorageClass: archive }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 30 }
          action: { type: transition, targetStorageClass: archive }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `action`",
        help: "remove `targetStorageClass`, or use the action `transition`",
    }
    PULLED_RULE_EXPIRES = {
        name: "pulled-rule-expires",
        severity: Error,
        what: "A lifecycle rule with `countType: sinceImagePulled` deletes images.",
        why: "AWS allows this `countType` only with the action `transition`. An image that has not been pulled for a \
              while is archived and can be restored.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: transition, targetStorageClass: archive }
"),
        source: "ECR user guide, \"Examples of lifecycle policies in Amazon ECR\"",
        help: "use the action type `transition` with `targetStorageClass` `archive`; to delete the archived images, add a rule with `storageClass` `archive` and `countType` `sinceImageTransitioned`",
    }
    ARCHIVE_RULE_TRANSITIONS = {
        name: "archive-rule-transitions",
        severity: Error,
        what: "A lifecycle rule with `countType: sinceImageTransitioned` archives images.",
        why: "The rule selects images that are already in the archive. AWS allows it only with the action `expire`.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: transition, targetStorageClass: archive }
        - rulePriority: 2
          selection:
            tagStatus: any
            storageClass: archive
            countType: sinceImageTransitioned
            countUnit: days
            countNumber: 365
          action: { type: transition, targetStorageClass: archive }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: transition, targetStorageClass: archive }
        - rulePriority: 2
          selection:
            tagStatus: any
            storageClass: archive
            countType: sinceImageTransitioned
            countUnit: days
            countNumber: 365
          action: { type: expire }
"),
        source: "ECR user guide, \"Examples of lifecycle policies in Amazon ECR\"",
        help: "write `expire` as the action type, and remove `targetStorageClass`: these images are already archived",
    }
    ARCHIVE_DAYS_TOO_FEW = {
        name: "archive-days-too-few",
        severity: Error,
        what: "A lifecycle rule deletes images that have been in the archive for less than 90 days.",
        why: "Archived images have a minimum storage duration of 90 days, and ECR rejects a policy that deletes them \
              earlier.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: transition, targetStorageClass: archive }
        - rulePriority: 2
          selection:
            tagStatus: any
            storageClass: archive
            countType: sinceImageTransitioned
            countUnit: days
            countNumber: 30
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: transition, targetStorageClass: archive }
        - rulePriority: 2
          selection:
            tagStatus: any
            storageClass: archive
            countType: sinceImageTransitioned
            countUnit: days
            countNumber: 90
          action: { type: expire }
"),
        source: "ECR user guide, \"Examples of lifecycle policies in Amazon ECR\"",
        help: "use at least 90 days",
    }
}
