//! What AWS asks of a lifecycle policy, one entry a constraint.

use crate::diagnostic::{Code, Example, Severity};

/// Something a policy can violate.
#[derive(Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Its name, its weight and its page.
    pub code: Code,
    /// What to do about it.
    pub help: &'static str,
}

const fn error(name: &'static str, reason: &'static str, help: &'static str) -> Constraint {
    constraint(name, Severity::Error, reason, help)
}

const fn warning(name: &'static str, reason: &'static str, help: &'static str) -> Constraint {
    constraint(name, Severity::Warning, reason, help)
}

const fn constraint(name: &'static str, severity: Severity, what: &'static str, help: &'static str) -> Constraint {
    let (bad, good) = (Example::Nothing, Example::Nothing);
    let code = Code { name, severity, what, why: "", bad, good, source: "", is_claim: false };
    Constraint { code, help }
}

/// Declares each constraint as a constant of this module, and the list of all.
macro_rules! constraints {
    ($($name:ident = $weight:ident($code:literal, $reason:literal, $help:literal);)*) => {
        $(pub(crate) static $name: Constraint = $weight($code, $reason, $help);)*

        /// Every constraint: first the grammar, then each rule by itself, then the rules together.
        pub static CONSTRAINTS: [&Constraint; [$($code),*].len()] = [$(&$name),*];
    };
}

constraints! {
    MALFORMED_JSON = error(
        "malformed-json",
        "a lifecycle policy is a JSON document",
        "correct the JSON at the place named"
    );
    UNKNOWN_KEY = error(
        "lifecycle-unknown-key",
        "AWS's schema is closed: properties it does not name are not allowed at any level",
        "remove the key, or correct its spelling"
    );
    MISSING_KEY = error("lifecycle-missing-key", "AWS requires this property here", "add the key");
    NULL_VALUE = error(
        "null-value",
        "AWS refuses null also for properties that are optional",
        "leave the key out"
    );
    WRONG_TYPE = error("lifecycle-wrong-type", "AWS's schema gives each property one type", "write a value of the type named");
    UNKNOWN_VALUE = error("unknown-value", "AWS allows only certain words here", "use one of the words named");
    NUMBER_OUT_OF_RANGE = error(
        "number-out-of-range",
        "rulePriority and countNumber are whole numbers from 1",
        "write a whole number of at least 1"
    );
    TAGGED_WITHOUT_LIST = error(
        "tagged-without-list",
        "tagPrefixList or tagPatternList must be specified when tagStatus is tagged",
        "add a list with at least one entry; all tagged images are \"tagPatternList\": [\"*\"]"
    );
    TWO_TAG_LISTS = error(
        "two-tag-lists",
        "a rule has either a tagPatternList or a tagPrefixList",
        "write each prefix as a pattern that ends in `*`"
    );
    LIST_WITHOUT_TAGGED = error(
        "list-without-tagged",
        "tagPatternList and tagPrefixList go with tagStatus tagged only, not even empty with untagged or any",
        "remove the list, or select tagged images"
    );
    TOO_MANY_WILDCARDS = error(
        "too-many-wildcards",
        "one entry of a tagPatternList may hold at most four `*`",
        "match less exactly: one `*` also covers what lies between two"
    );
    UNIT_WITH_COUNT = error(
        "unit-with-count",
        "countUnit does not go with imageCountMoreThan, which counts images",
        "remove countUnit"
    );
    STORAGE_CLASS_MISMATCH = error(
        "storage-class-mismatch",
        "storageClass archive is required with sinceImageTransitioned and goes with no other countType",
        "use sinceImageTransitioned and \"storageClass\": \"archive\" together or not at all"
    );
    TARGET_WITH_EXPIRE = error(
        "target-with-expire",
        "targetStorageClass goes with the action transition only",
        "remove targetStorageClass, or write the action transition"
    );
    PULLED_RULE_EXPIRES = error(
        "pulled-rule-expires",
        "sinceImagePulled must be used with the action transition",
        "archive what is not pulled any more, and expire it from the archive with a rule of its own"
    );
    ARCHIVE_RULE_TRANSITIONS = error(
        "archive-rule-transitions",
        "sinceImageTransitioned sees archived images, which can only expire",
        "write the action expire"
    );
    ARCHIVE_DAYS_TOO_FEW = error(
        "archive-days-too-few",
        "images that have been in the archive for less than 90 days cannot be deleted by a lifecycle policy",
        "write at least 90 days"
    );
    WILDCARD_IN_PREFIX = warning(
        "wildcard-in-prefix",
        "a prefix is compared as it stands, and no tag holds a `*`: the rule sees nothing",
        "remove the `*` at the end of a prefix, or use tagPatternList"
    );
    NO_SUCH_TAG = warning(
        "no-such-tag",
        "tags are made of letters, digits, `.`, `_` and `-` only (OCI distribution specification): the rule sees nothing",
        "remove the character; tags are compared without the repository's name"
    );
    POLICY_TOO_SHORT = error(
        "policy-too-short",
        "a lifecycle policy has at least 100 characters, which every policy with a rule reaches",
        "add a rule, or remove the policy"
    );
    POLICY_TOO_LONG = error(
        "policy-too-long",
        "a lifecycle policy has at most 30720 characters, and this quota cannot be raised",
        "shorten descriptions, or select more with fewer patterns"
    );
    TOO_MANY_RULES = error(
        "too-many-rules",
        "a lifecycle policy has at most 50 rules, and this quota cannot be raised",
        "select more with fewer rules"
    );
    DUPLICATE_PRIORITY = error(
        "duplicate-priority",
        "each rule of a policy has a rulePriority of its own",
        "give each rule its own number; gaps are allowed"
    );
    ANY_RULE_NOT_LAST = error(
        "any-rule-not-last",
        "a rule for tagStatus any has the highest rulePriority of all rules of its storage class",
        "give it the highest number among the rules of its storage class"
    );
    SECOND_UNTAGGED_RULE = error(
        "second-untagged-rule",
        "only one rule of a storage class can select untagged images",
        "keep one of the two"
    );
    SAME_PREFIXES = error(
        "same-prefixes",
        "the rules of a storage class must select by different sets of prefixes",
        "merge the rules, or drop the one of lower priority: it sees no image that the other does not claim"
    );
    SHARED_PREFIX = warning(
        "shared-prefix",
        "the rules of a storage class must select by different prefixes; AWS does not say whether sharing one counts",
        "write the prefix as a pattern in one of the rules"
    );
    SAME_PATTERNS = warning(
        "same-patterns",
        "the first of two rules with the same patterns claims every image: the other does nothing",
        "remove the rule of lower priority"
    );
}
