//! A reader who follows the help of a finding about a `retention` gets a spec without findings.

use crate::harness::Compiled;

fn shop(retention: &str) -> Compiled {
    Compiled::of(format!(
        "platform: shop\nenvironment: shared\nregion: eu-central-1\nimage_tags: {{ release: \"v{{version}}\" }}\nrepositories:\n  shop: {{ retention: [{retention}] }}\n"
    ))
}

/// A retention, the code of its finding, words of the help, and the retention that the help leads to.
const FOLLOWED: [(&str, &str, &str, &str); 8] = [
    (
        "{ expire_after: 30d, of: release }",
        "age-without-keep",
        "put `{ keep: 30, of: release }` before this rule, and remove `of: release` from this rule",
        "{ keep: 30, of: release }, { expire_after: 30d }",
    ),
    (
        "{ expire_after: 30d, of: release }, { expire_after: 7d }",
        "age-without-keep",
        "in this rule, write `keep: 30` instead of the number of days",
        "{ keep: 30, of: release }, { expire_after: 7d }",
    ),
    (
        "{ keep: 30, of: release }, { archive_unpulled_after: 90d }",
        "unreached-retention-rule",
        "remove the rules above it that match the same images",
        "{ archive_unpulled_after: 90d }",
    ),
    (
        "{ keep: 10, of: any }",
        "count-of-any",
        "write `{ keep: all, of: release }, { keep: 10, of: untagged }`",
        "{ keep: all, of: release }, { keep: 10, of: untagged }",
    ),
    (
        "{ keep: 10, of: release }, { keep: 5, of: release }",
        "same-prefixes",
        "remove one of the two rules, or write another class under `of`",
        "{ keep: 10, of: release }",
    ),
    (
        "{ expire_after: 30d }, { keep: 30, of: release }",
        "any-rule-not-last",
        "move this rule to the end of `retention`",
        "{ keep: 30, of: release }, { expire_after: 30d }",
    ),
    (
        "{ keep: 9, of: release }, { expire_after: 7d, of: untagged }, { keep: 3, of: untagged }",
        "second-untagged-rule",
        "remove one of the two rules",
        "{ keep: 9, of: release }, { expire_after: 7d, of: untagged }",
    ),
    (
        "{ archive_unpulled_after: 90d }, { expire_archived_after: 30d }",
        "archive-days-too-few",
        "write `expire_archived_after: 90d`",
        "{ archive_unpulled_after: 90d }, { expire_archived_after: 90d }",
    ),
];

#[test]
fn the_help_about_a_retention_leads_to_a_spec_without_findings() {
    for (retention, code, words, followed) in FOLLOWED {
        let compiled = shop(retention);
        let found = compiled.findings().iter().find(|found| found.code.name == code);
        let found = found.unwrap_or_else(|| panic!("{code} is not found in {retention}"));
        let help = found.help.as_deref().unwrap_or_default();
        assert!(help.contains(words), "{retention}: {help}");
        for word in ["rulePriority", "tagPrefixList", "tagStatus", "prefixes"] {
            assert!(!found.message.contains(word) && !help.contains(word), "{}: {help}", found.message);
        }
        let left: Vec<String> = shop(followed).findings().iter().map(|found| found.message.clone()).collect();
        assert_eq!(left, [""; 0], "{followed}");
    }
}
