//! What the rules of one lifecycle policy must not have in common.

use super::{declare, rules};

declare! {
    DUPLICATE_PRIORITY = {
        name: "duplicate-priority",
        severity: Error,
        what: "Two rules of a lifecycle policy have the same `rulePriority`.",
        why: "AWS applies rules by rising `rulePriority`, so each rule needs its own. ECR rejects the policy.",
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
        help: "give each rule its own number; gaps are allowed",
    }
    ANY_RULE_NOT_LAST = {
        name: "any-rule-not-last",
        severity: Error,
        what: "A rule for all images has a lower `rulePriority` than another rule for the same storage class.",
        why: "A rule with `tagStatus: any` matches every image, so the rules after it would have none left. ECR \
              rejects the policy: \"Rule for tagStatus=ANY must have the lowest priority per storage class\".",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: any, countType: sinceImagePushed, countUnit: days, countNumber: 90 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: any, countType: sinceImagePushed, countUnit: days, countNumber: 90 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagStatus`",
        help: "give it the highest number among the rules of its storage class",
    }
    SECOND_UNTAGGED_RULE = {
        name: "second-untagged-rule",
        severity: Error,
        what: "Two rules for the same storage class select untagged images.",
        why: "ECR rejects the policy: \"Only one rule can select Untagged images per storage class\".",
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
        help: "keep one of the two",
    }
    SAME_PREFIXES = {
        name: "same-prefixes",
        severity: Error,
        what: "Two rules for the same storage class have the same `tagPrefixList`.",
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
        help: "merge the rules, or drop the one of lower priority: it sees no image that the other does not claim",
    }
    SHARED_PREFIX = {
        name: "shared-prefix",
        severity: Warning,
        what: "Two rules for the same storage class share a prefix, but not their whole `tagPrefixList`.",
        why: "AWS requires \"a unique set of prefixes\" and does not say whether one shared prefix is allowed. A \
              pattern that ends in `*` matches the same tags and is not subject to this requirement.",
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
          selection: { tagStatus: tagged, tagPrefixList: [dev-, cart-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: tagged, tagPatternList: [\"dev-*\"], countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        help: "write the prefix as a pattern in one of the rules",
    }
    SAME_PATTERNS = {
        name: "same-patterns",
        severity: Warning,
        what: "Two rules for the same storage class have the same `tagPatternList`.",
        why: "An image belongs to the first rule that its tags match, so the second rule never acts. AWS does not \
              document whether it accepts such a policy.",
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
        help: "remove the rule of lower priority",
    }
}
