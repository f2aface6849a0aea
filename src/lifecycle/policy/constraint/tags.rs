//! Which images a rule selects by their tags.

use super::{declare, rules};

declare! {
    TAGGED_WITHOUT_LIST = {
        name: "tagged-without-list",
        severity: Error,
        what: "A rule selects tagged images without saying which tags.",
        why: "ECR rejects the policy: \"Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED\". An empty \
              list is not enough.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPatternList: [\"*\"], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagPatternList`",
        help: "add a list with at least one entry; all tagged images are \"tagPatternList\": [\"*\"]",
    }
    TWO_TAG_LISTS = {
        name: "two-tag-lists",
        severity: Error,
        what: "A rule has both a `tagPatternList` and a `tagPrefixList`.",
        why: "ECR accepts one of the two per rule and rejects the policy otherwise. A prefix is the same as a pattern \
              that ends in `*`; different rules of a policy may use different lists.",
        bad: rules!("
        - rulePriority: 1
          selection:
            tagStatus: tagged
            tagPrefixList: [dev-]
            tagPatternList: [\"*-rc\"]
            countType: imageCountMoreThan
            countNumber: 10
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection:
            tagStatus: tagged
            tagPatternList: [\"dev-*\", \"*-rc\"]
            countType: imageCountMoreThan
            countNumber: 10
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagPrefixList`",
        help: "write each prefix as a pattern that ends in `*`",
    }
    LIST_WITHOUT_TAGGED = {
        name: "list-without-tagged",
        severity: Error,
        what: "A rule for untagged or all images has a list of tags.",
        why: "`tagPatternList` and `tagPrefixList` are allowed with `tagStatus: tagged` only, and ECR rejects even an \
              empty list with `untagged` or `any`.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: untagged, tagPrefixList: [dev-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagStatus`",
        help: "remove the list, or select tagged images",
    }
    TOO_MANY_WILDCARDS = {
        name: "too-many-wildcards",
        severity: Error,
        what: "A tag pattern has more than four `*`.",
        why: "ECR rejects a policy in which one entry of a `tagPatternList` has more than four. In a `retention`, each \
              placeholder of the class's tag becomes a `*`, except `{environment}` and, where it is known, \
              `{service}`.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPatternList: [\"*-*-*-*-*\"], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPatternList: [\"*-*\"], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagPatternList`",
        help: "match less exactly: one `*` also covers what lies between two",
    }
    WILDCARD_IN_PREFIX = {
        name: "wildcard-in-prefix",
        severity: Warning,
        what: "An entry of a `tagPrefixList` has a `*`.",
        why: "In a prefix, `*` is an ordinary character, and no tag can have one. ECR accepts the policy, and the rule \
              never matches an image.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [\"dev-*\"], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagPrefixList`",
        help: "remove the `*` at the end of a prefix, or use tagPatternList",
    }
    NO_SUCH_TAG = {
        name: "no-such-tag",
        severity: Warning,
        what: "A tag pattern or prefix has a character that no tag can have.",
        why: "Tags consist of letters, digits, `.`, `_` and `-`. ECR accepts the policy, and the rule never matches an \
              image. Tags are compared without the name of the repository and without its colon.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [\"shop:dev-\"], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "OCI distribution specification, \"Pulling manifests\"",
        help: "remove the character; tags are compared without the repository's name",
    }
}
