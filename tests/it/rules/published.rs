//! Forms of lifecycle policies that teams publish, in our own words and values, and the findings about each.
//!
//! Each trap is followed by a policy for the same purpose without it. A change of this table needs a reason.

use super::lifecycle::{codes, of_policy};

/// What it is for, the tag classes, the rules, and the codes of the findings.
type Form = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const RELEASE: &str = "release: \"v{version}\"";
const BOTH: &str = "release: \"v{version}\", build: \"build-{sha:7}\"";
const MOVING: &str = "release: \"v{version}\", build: \"build-{sha:7}\", latest: { tag: latest, moving: true }";

const FORMS: &[Form] = &[
    (
        "keep the moving tags for ten years",
        "",
        &["latest main pushed 3650 expire", "any pushed 60 expire"],
        &["age-without-keep", "list-needs-several-tags"],
    ),
    ("keep the moving tags", "", &["latest keep 1 expire", "main keep 1 expire", "any pushed 60 expire"], &[]),
    (
        "keep releases and candidates",
        "",
        &["prefix v rc- keep 40 expire", "untagged pushed 3 expire"],
        &["list-needs-several-tags"],
    ),
    (
        "keep releases, and candidates",
        "",
        &["prefix v keep 40 expire", "prefix rc- keep 40 expire", "untagged pushed 3 expire"],
        &[],
    ),
    ("delete what pull requests built", "", &["prefix pr- preview- pushed 10 expire"], &["list-needs-several-tags"]),
    ("versions with and without v", "", &["*.*.* v*.*.* keep 25 expire"], &["redundant-list-entry"]),
    ("versions with v, then without", "", &["v*.*.* keep 25 expire", "*.*.* keep 25 expire"], &["count-of-the-rest"]),
    ("all tags, spelled twice", "", &["* v* keep 25 expire"], &["redundant-list-entry"]),
    ("release candidates of version 2", "", &["v2.* *-rc keep 5 expire"], &[]),
    ("thirty days", "", &["any pushed 30 expire"], &["age-without-keep"]),
    ("thirty days, tagged", "", &["untagged pushed 1 expire", "* pushed 30 expire"], &["age-without-keep"]),
    ("thirty days, but twenty releases", "", &["prefix v keep 20 expire", "any pushed 30 expire"], &[]),
    ("untagged images after a day", "", &["untagged pushed 1 expire"], &[]),
    ("branches after two weeks", "", &["prefix feature- pushed 14 expire", "untagged pushed 1 expire"], &[]),
    ("the newest hundred", "", &["any keep 100 expire"], &["count-of-any"]),
    ("the newest hundred tagged", "", &["untagged pushed 1 expire", "* keep 100 expire"], &[]),
    ("signatures apart, then the newest", "", &["sha256-* keep 60 expire", "any keep 20 expire"], &["count-of-any"]),
    ("releases apart, then the newest", "", &["prefix v keep 10 expire", "* keep 20 expire"], &["count-of-the-rest"]),
    ("keep all releases, the rest by age", "", &["prefix v keep 999999 expire", "any pushed 90 expire"], &[]),
    ("a glob as a prefix", "", &["prefix dev-* keep 5 expire"], &["wildcard-in-prefix"]),
    ("a suffix as a prefix", "", &["prefix -dev keep 5 expire"], &["no-such-tag"]),
    ("a suffix", "", &["*-dev keep 5 expire"], &[]),
    ("all tags, as the empty prefix", "", &["prefix  keep 5 expire"], &["empty-list-entry"]),
    ("the whole image reference", "", &["prefix shop/cart:v keep 5 expire"], &["no-such-tag"]),
    (
        "archive, and delete untagged images",
        "",
        &["v* keep 5 archive", "untagged pushed 7 expire"],
        &["archived-index"],
    ),
    ("archive all, delete after a year", "", &["any pulled 90 archive", "any archived 365 expire"], &[]),
    (
        "archive by age, delete after a year",
        "",
        &["any pushed 90 archive", "any archived 365 expire"],
        &["age-without-keep"],
    ),
    ("delete what nothing archived", "", &["v* keep 5 expire", "any archived 365 expire"], &["nothing-archived"]),
    ("all tags before the special case", "", &["* keep 50 expire", "dev-* pushed 7 expire"], &["dead-retention-rule"]),
    ("the special case before all tags", "", &["dev-* pushed 7 expire", "* keep 50 expire"], &["count-of-the-rest"]),
    ("the special case, and releases", "", &["dev-* pushed 7 expire", "v* keep 50 expire"], &[]),
    ("overlapping patterns", "", &["*-v* keep 5 expire", "prefix dev- pushed 7 expire"], &["shadowed-retention-rule"]),
    ("releases by age", RELEASE, &["prefix v pushed 180 expire"], &["age-without-keep"]),
    ("releases by number", RELEASE, &["prefix v keep 18 expire"], &[]),
    (
        "a prefix of another team",
        RELEASE,
        &["prefix v keep 18 expire", "prefix rel- keep 9 expire"],
        &["unreached-retention-rule"],
    ),
    ("one count for everything", BOTH, &["* keep 30 expire"], &["shared-retention-count"]),
    ("one count per class", BOTH, &["v* keep 30 expire", "build-* keep 30 expire"], &[]),
    ("a count of the rest", BOTH, &["v* keep 30 expire", "* keep 5 expire"], &["count-of-the-rest"]),
    ("a class is forgotten", BOTH, &["v* keep 30 expire"], &["uncovered-image-tag"]),
    ("a class is forgotten, then the newest", BOTH, &["v* keep 30 expire", "any keep 9 expire"], &["count-of-any"]),
    ("each class, then the newest", BOTH, &["v* keep 30 expire", "build-* pushed 9 expire", "any keep 9 expire"], &[]),
    (
        "each class, then archive",
        BOTH,
        &["v* keep 30 expire", "build-* keep 9 expire", "any pulled 90 archive"],
        &["unreached-retention-rule"],
    ),
    ("builds by age", MOVING, &["build-* pushed 7 expire", "v* keep 30 expire"], &["unprotected-moving-tag"]),
    (
        "builds by age, after the moving tag",
        MOVING,
        &["latest keep 1 expire", "build-* pushed 7 expire", "v* keep 30 expire"],
        &[],
    ),
    (
        "the moving tag last",
        MOVING,
        &["build-* keep 7 expire", "v* keep 30 expire", "latest keep 1 expire"],
        &["unprotected-moving-tag"],
    ),
    (
        "the moving tag with all others",
        MOVING,
        &["v* keep 999999 expire", "any pushed 30 expire"],
        &["unprotected-moving-tag"],
    ),
];

#[test]
fn each_published_form_has_its_findings() {
    let wrong: Vec<String> = FORMS
        .iter()
        .filter_map(|(purpose, image_tags, rules, expected)| {
            let found = codes(&of_policy(image_tags, rules));
            (found != *expected).then(|| format!("{purpose}: {found:?}, not {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every rule in `src/rules/retention` that looks at a policy alone.
#[test]
fn the_table_has_every_finding_about_a_policy() {
    let of_spec = ["class-wider-in-aws", "failed-expectation", "lambda-image-deleted"];
    let folder = crate::harness::repository().join("src/rules/retention");
    for code in ecrgen::rules::all().map(|rule| rule.code.name).filter(|code| !of_spec.contains(code)) {
        if folder.join(format!("{}.rs", code.replace('-', "_"))).exists() {
            assert!(FORMS.iter().any(|(_, _, _, expected)| expected.contains(&code)), "{code}");
        }
    }
}
