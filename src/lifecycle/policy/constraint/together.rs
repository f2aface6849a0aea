//! Constraints between the rules of one lifecycle policy.

use super::{declare, rules};

declare! {
    DUPLICATE_PRIORITY = {
        name: "duplicate-priority",
        severity: Error,
        what: "Two rules of a lifecycle policy have the same `rulePriority`.",
        why: "AWS applies rules in ascending order of `rulePriority`, so each rule needs a different number. ECR \
              rejects the policy.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `rulePriority`",
        help: "give each rule a different number; gaps are allowed",
    }
    ANY_RULE_NOT_LAST = {
        name: "any-rule-not-last",
        severity: Error,
        what: "A lifecycle rule for all images has a lower `rulePriority` than another rule for the same storage \
               class.",
        why: "A rule with `tagStatus: any` matches every image and leaves none for the rules after it. ECR rejects the \
              policy with \"Rule for tagStatus=ANY must have the lowest priority per storage class\".",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: transition, targetStorageClass: archive }
        - rulePriority: 2
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: transition, targetStorageClass: archive }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagStatus`",
        help: "give this rule a higher `rulePriority` than every other rule for the same storage class",
    }
    SECOND_UNTAGGED_RULE = {
        name: "second-untagged-rule",
        severity: Error,
        what: "Two lifecycle rules for the same storage class select untagged images.",
        why: "ECR rejects the policy with \"Only one rule can select Untagged images per storage class\".",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: untagged, countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        help: "remove one of the two rules",
    }
    SAME_PREFIXES = {
        name: "same-prefixes",
        severity: Error,
        what: "Two lifecycle rules for the same storage class have the same `tagPrefixList`.",
        why: "AWS requires the rules of a storage class to have different sets of prefixes. The second rule could not \
              act anyway: an image belongs to the first rule that its tags match.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        help: "remove the rule with the higher `rulePriority`, or change its prefixes",
    }
    SHARED_PREFIX = {
        name: "shared-prefix",
        severity: Warning,
        what: "Two lifecycle rules for the same storage class have a prefix in common, but not the whole \
               `tagPrefixList`.",
        why: "AWS requires \"a unique set of prefixes\" and does not document whether the rules may have a single \
              prefix in common. A pattern that ends in `*` matches the same tags, and this requirement does not apply \
              to it.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [dev-, cart-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [cart-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: tagged, tagPatternList: [\"dev-*\"], countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        help: "in one of the rules, write `tagPatternList` with patterns that end in `*`, such as `dev-*`, instead of `tagPrefixList`",
    }
    SAME_PATTERNS = {
        name: "same-patterns",
        severity: Warning,
        what: "Two lifecycle rules for the same storage class have the same `tagPatternList`.",
        why: "An image belongs to the first rule that its tags match, so the second rule never acts. AWS does not \
              document whether it accepts the policy.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPatternList: [\"*-rc\"], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: tagged, tagPatternList: [\"*-rc\"], countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPatternList: [\"*-rc\"], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        help: "remove the rule with the higher `rulePriority`",
    }
}
