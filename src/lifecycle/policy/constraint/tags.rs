//! Constraints on how a rule selects images by their tags.

use super::{declare, rules};

declare! {
    TAGGED_WITHOUT_LIST = {
        name: "tagged-without-list",
        severity: Error,
        what: "A lifecycle rule selects tagged images but does not list any tags.",
        why: "ECR rejects the policy with \"Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED\". An \
              empty list is not enough.",
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
        help: "add `tagPatternList` or `tagPrefixList` with at least one entry; the pattern `*` selects all tagged images",
    }
    TWO_TAG_LISTS = {
        name: "two-tag-lists",
        severity: Error,
        what: "A lifecycle rule has both a `tagPatternList` and a `tagPrefixList`.",
        why: "ECR accepts only one of the two lists per rule and rejects the policy otherwise. A prefix is the same as \
              a pattern that ends in `*`. Different rules of a policy may use different lists.",
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
        help: "keep `tagPatternList` only, and write each prefix as a pattern that ends in `*`; an image must match every entry of the list",
    }
    LIST_WITHOUT_TAGGED = {
        name: "list-without-tagged",
        severity: Error,
        what: "A lifecycle rule for untagged images or for all images has a list of tags.",
        why: "`tagPatternList` and `tagPrefixList` are allowed only with `tagStatus: tagged`. ECR rejects even an \
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
        help: "remove the list, or set `tagStatus` to `tagged`",
    }
    TOO_MANY_WILDCARDS = {
        name: "too-many-wildcards",
        severity: Error,
        what: "A tag pattern has more than four `*` wildcards.",
        why: "ECR rejects a policy if an entry of a `tagPatternList` has more than four `*`. In a `retention`, each \
              placeholder of the tag class's template becomes a `*`, except `{environment}` and, where it is known, \
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
        help: "use at most 4 `*`: one `*` matches any text, so `*-*` can often be shortened to `*`",
    }
    WILDCARD_IN_PREFIX = {
        name: "wildcard-in-prefix",
        severity: Warning,
        what: "An entry of a `tagPrefixList` contains a `*`.",
        why: "In a prefix, `*` is an ordinary character, and no tag can contain it. ECR accepts the policy, but the \
              rule never matches an image.",
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
        help: "remove the `*` at the end of the prefix, or use `tagPatternList`",
    }
    NO_SUCH_TAG = {
        name: "no-such-tag",
        severity: Warning,
        what: "A tag pattern or prefix cannot match any tag.",
        why: "A tag consists of letters, digits, `.`, `_` and `-`, does not begin with `.` or `-`, and has at most 128 \
              characters. ECR accepts the policy, but the rule never matches an image. Patterns and prefixes are \
              compared with the tag alone, without the repository name and the colon.",
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
        help: "write only the beginning of the tag, such as `dev-`",
    }
    EMPTY_ENTRY = {
        name: "empty-list-entry",
        severity: Warning,
        what: "A `tagPatternList` or `tagPrefixList` has an empty entry.",
        why: "AWS does not document what an empty entry matches. As a prefix, it could match every tag; as a pattern, it \
              matches no tag. The pattern `*` is documented: it matches every tag.",
        bad: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [\"\"], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        good: rules!("
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPatternList: [\"*\"], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagPrefixList` and `tagPatternList`",
        help: "replace `tagPrefixList: [\"\"]` with `tagPatternList: [\"*\"]`, which selects all tagged images",
    }
}
