//! Expectations about retention rules.

use serde_json::Value;

use crate::harness::{Case, Outcome, repository};

const SPEC: &str = "\
platform: shop
environment: prod
region: eu-central-1
image_tags: { build: \"b{sha:8}-{timestamp}\", commit: \"c-{sha}\", staging: { tag: \"staging-{any}\", never_in: [prod] } }
repositories:
  shop:
    retention:
      - { keep: 10, of: build }
      - { archive_after: 30d, of: commit }
      - { expire_archived_after: 90d, of: commit }
      - { expire_after: 1d, of: untagged }
expect:
";

/// The untagged images of this repository belong to no index.
const WAIVER: &str = "waive: { archived-index: { at: [repositories.shop], reason: one platform } }\n";

fn lint(expectation: &str) -> Outcome {
    Case::new()
        .file("spec.yaml", format!("{SPEC}  it: {{ repository: shop, {expectation} }}\n{WAIVER}"))
        .run(&["lint", "spec.yaml"])
}

#[test]
fn reports_nothing_for_expectations_that_hold() {
    for expectation in [
        "pushes: { build: 5/day }, for: 7d, kept: 10, saved: 71%",
        "pushes: { build: 5/day }, for: 7d, saved: 71.43%, image_size: 400MB",
        // Four images per day with two tags each. They belong to the first rule, so the second archives none.
        "pushes: { build+commit: 4/day }, for: 60d, kept: 10",
        "pushes: { build: 5/day, untagged: 1/day }, for: 7d, kept: 11",
        "tag: c-1, age: 30d, is: kept",
        "tag: c-1, age: 31d, is: archived",
        "tag: c-1, age: 200d, is: expired",
        "tag: other, age: 400d, is: kept",
        // Each image belongs to the rule for `build`, because it has both tags.
        "tags: [c-1, b12345678-20261127000000], age: 31d, is: kept",
        "tag: untagged, age: 1d, is: kept",
        "tag: untagged, age: 2d, is: expired",
        // Archived 91 and 90 days ago.
        "tag: c-1, age: 99d, archived: 91d, is: expired",
        "tag: c-1, age: 99d, archived: 90d, is: archived",
        // The age since push starts again with the restore.
        "tag: c-1, age: 99d, archived: 60d, restored: 30d, is: kept",
        "tag: c-1, age: 99d, archived: 60d, restored: 31d, is: archived",
        "tag: c-1, age: 40d, restored: 10d, is: kept",
        // Fifteen builds with a signature and an attestation each. No rule matches the tags of cosign.
        "pushes: { build: 15/day }, signed: [sig, att], for: 1d, kept: 40",
    ] {
        let outcome = lint(expectation);
        assert_eq!((outcome.status, outcome.out.as_str()), (0, ""), "{expectation}");
    }
}

#[test]
fn reports_a_failed_expectation_at_its_place_with_the_actual_result() {
    for (expectation, instead, place) in [
        ("pushes: { build: 5/day }, for: 7d, kept: 20", "10 of 35 images are left, not 20", "kept: 20"),
        ("pushes: { build: 5/day }, for: 7d, saved: 80%", "71% of the images are deleted, not 80%", "saved: 80%"),
        ("pushes: { build: 5/day }, for: 7d, saved: 71.4%, kept: 11", "10 of 35 images are left, not 11", "kept: 11"),
        ("tag: c-1, age: 31d, is: kept", "the image is archived, not kept", "is: kept"),
    ] {
        let outcome = lint(expectation);
        assert_eq!(outcome.status, 1, "{outcome:?}");
        assert!(
            outcome.out.contains(&format!("error[failed-expectation]: \"it\" does not hold: {instead}")),
            "{outcome:?}"
        );
        let line = format!("  it: {{ repository: shop, {expectation} }}");
        let column = line.find(place).expect("a place in the line") + place.find(": ").expect("a key") + 3;
        assert!(outcome.out.contains(&format!("spec.yaml:13:{column}")), "{column}: {outcome:?}");
    }
}

#[test]
fn stops_check_and_render_on_a_failed_expectation() {
    let case =
        Case::new().file("spec.yaml", format!("{SPEC}  it: {{ repository: shop, tag: c-1, age: 31d, is: kept }}\n"));
    for command in ["check", "render"] {
        let outcome = case.run(&[command, "spec.yaml"]);
        assert_eq!(outcome.status, 2, "{outcome:?}");
        assert!(outcome.err.contains("failed-expectation"), "{outcome:?}");
    }
}

#[test]
fn rejects_incomplete_and_contradictory_expectations() {
    for (expectation, code) in [
        ("tag: c-1, is: kept", "error[missing-key]: `age` is missing"),
        ("tag: c-1, age: 3d", "error[missing-key]: `is` is missing"),
        ("pushes: { build: 1/day }, kept: 3", "error[missing-key]: `for` is missing"),
        ("pushes: { build: 1/day }, for: 7d", "error[missing-key]: `kept` or `saved` is missing"),
        ("tag: c-1, age: 3d, is: kept, kept: 3", "error[keys-exclude-each-other]: `kept` cannot be used with `tag`"),
        ("tag: c-1, pushes: { build: 1/day }", "error[keys-exclude-each-other]"),
        ("pushes: { bild: 1/day }, for: 7d, kept: 1", "error[unknown-tag-class]"),
        ("pushes: { build+bild: 1/day }, for: 7d, kept: 1", "error[unknown-tag-class]"),
        ("pushes: { build: 5 }, for: 7d, kept: 1", "error[wrong-type]"),
        ("pushes: { build: 5/year }, for: 7d, kept: 1", "error[malformed]"),
        (
            "pushes: { build: 999/hour }, for: 365d, kept: 1",
            "the schedule pushes 8751240 images, but a simulation has at most 100000, AWS's default quota",
        ),
        ("tag: c-1, age: 99999d, is: kept", "the expectation is about 99999 days, but a simulation has at most 3650"),
        ("pushes: { build: 1/day }, for: 3651d, kept: 1", "about 3651 days, but a simulation has at most 3650"),
        ("tag: \"a b\", age: 3d, is: kept", "error[malformed]"),
        ("tags: [c-1, latest], age: 3d", "error[missing-key]: `is` is missing"),
        ("tag: c-1, tags: [latest], age: 3d, is: kept", "error[keys-exclude-each-other]"),
        ("tag: c-1, age: 3d, is: kept, pulls: { build: 1/day }", "`pulls` cannot be used with `tag`"),
        ("tag: c-1, age: 3d, is: kept, signed: [sig]", "`signed` cannot be used with `tag`"),
        ("pushes: { build: 1/day }, for: 7d, kept: 1, pulled: 3d", "`pulled` cannot be used with `pushes`"),
        ("pushes: { build: 1/day }, pulls: { bild: 1/day }, for: 7d, kept: 1", "error[unknown-tag-class]"),
        (
            "pushes: { build: 1/day }, pulls: { commit: 1/day }, for: 7d, kept: 7",
            "pulls images that it does not push: c-{sha}",
        ),
        ("tag: c-1, age: 3d, pulled: 4d, is: kept", "the image was pulled 4 days ago, before it was pushed 3 days ago"),
        ("tag: c-1, age: 9d, archived: 4d, restored: 5d, is: kept", "the image was restored before it was archived"),
    ] {
        let outcome = lint(expectation);
        assert!(outcome.out.contains(code), "{expectation}: {outcome:?}");
    }
    let elsewhere =
        Case::new().file("spec.yaml", format!("{SPEC}  it: {{ repository: shopp, tag: a, age: 3d, is: kept }}\n"));
    assert!(elsewhere.run(&["lint", "spec.yaml"]).out.contains("did you mean `shop`?"));
}

/// A repository that archives what was not pulled for 30 days.
fn lint_pulls(expectation: &str) -> Outcome {
    let spec = format!(
        "\
platform: shop
environment: prod
region: eu-central-1
image_tags: {{ release: \"v{{version}}\", build: \"b-{{sha:8}}\", latest: {{ tag: latest, moving: true }} }}
repositories: {{ shop: {{ retention: [{{ archive_unpulled_after: 30d }}] }} }}
expect:
  it: {{ repository: shop, {expectation} }}
"
    );
    Case::new().file("spec.yaml", spec).run(&["lint", "spec.yaml"])
}

#[test]
fn pulls_keep_images_out_of_the_archive() {
    for (expectation, instead) in [
        ("tag: v1.0.0, age: 40d, is: archived", ""),
        ("tag: v1.0.0, age: 40d, pulled: 30d, is: kept", ""),
        // It was archived on day 31, so it cannot be pulled on day 35.
        ("tag: v1.0.0, age: 40d, pulled: 5d, is: kept", "the image is archived, not kept"),
        ("pushes: { release: 1/month }, for: 60d, kept: 2", ""),
    ] {
        let outcome = lint_pulls(expectation);
        assert!(outcome.out.contains(instead), "{expectation}: {outcome:?}");
        assert_eq!(outcome.out.contains("failed-expectation"), !instead.is_empty(), "{expectation}: {outcome:?}");
    }
}

#[test]
fn notes_an_image_whose_only_tag_is_a_moving_one() {
    for (expectation, help) in [
        ("tag: latest, age: 3d, is: kept", Some("write `tags: [..., latest]` with a tag of class `release`")),
        ("tags: [latest], age: 3d, is: kept", Some("with a tag of class `release`")),
        ("pushes: { latest: 1/day }, for: 7d, kept: 7", Some("write `release+latest` if each image")),
        ("tags: [latest, v1.0.0], age: 3d, is: kept", None),
        ("tag: v1.0.0, age: 3d, is: kept", None),
        ("pushes: { build+latest: 1/day }, for: 7d, kept: 7", None),
    ] {
        let outcome = lint_pulls(expectation);
        assert_eq!(outcome.out.contains("note[lone-moving-tag]"), help.is_some(), "{expectation}: {outcome:?}");
        assert!(outcome.out.contains(help.unwrap_or_default()), "{expectation}: {outcome:?}");
    }
}

#[test]
fn skips_a_class_that_does_not_exist_in_the_environment() {
    assert_eq!(lint("pushes: { staging: 1/day }, for: 7d, kept: 99").status, 0);
}

#[test]
fn shows_the_result_of_each_expectation_with_the_prices_of_the_spec() {
    let spec = format!(
        "{SPEC}  a week: {{ repository: shop, pushes: {{ build: 5/day }}, for: 7d, image_size: 1GB, kept: 10 }}
  wishful: {{ repository: shop, tag: c-1, age: 31d, is: kept }}
prices: {{ as_of: \"2030-01\", storage_gb_month: 0.2 }}\n"
    );
    let case = Case::new().file("spec.yaml", spec);
    let outcome = case.run(&["simulate", "spec.yaml"]);
    // 10 GB and 35 GB at $0.20 per GB.
    assert_eq!(
        outcome.out,
        "\
holds   a week (shop, prod): 10 of 35 images left, 71% saved, $2.00 instead of $7.00 per month (prices as of 2030-01)
FAILS   wishful (shop, prod): the image is archived, not kept; c-1 is archived after 31 days
"
    );
    assert_eq!(outcome.status, 1);
    let json: Value =
        serde_json::from_str(&case.run(&["simulate", "spec.yaml", "--format", "json"]).out).expect("JSON");
    assert_eq!(json["format_version"], 2);
    assert_eq!(json["expectations"][0]["instead"], serde_json::json!([]));
    assert_eq!(json["expectations"][1]["instead"], serde_json::json!(["the image is archived, not kept"]));
}

#[test]
fn counts_one_day_in_the_singular() {
    let spec = format!("{SPEC}  a day: {{ repository: shop, tag: c-1, age: 1d, is: kept }}\n");
    let outcome = Case::new().file("spec.yaml", spec).run(&["simulate", "spec.yaml"]);
    assert_eq!(outcome.out, "holds   a day (shop, prod): c-1 is kept after 1 day\n");
    let failed = lint("pushes: { build: 1/day }, for: 1d, kept: 2");
    assert!(failed.out.contains("1 of 1 image is left, not 2"), "{failed:?}");
}

#[test]
fn requires_dated_prices_in_dollars() {
    let priced = |prices: &str| {
        let spec = SPEC.replace("expect:\n", &format!("prices: {prices}\n"));
        Case::new().file("spec.yaml", spec).run(&["lint", "spec.yaml"])
    };
    for good in ["{ as_of: \"2026-11\" }", "{ as_of: \"2026-11\", cross_region_gb: 0, enhanced_scan_image: 0.09 }"] {
        assert_eq!(priced(good).status, 0, "{:?}", priced(good));
    }
    for (bad, code) in [
        ("{ storage_gb_month: 0.1 }", "`as_of` is missing"),
        ("{ as_of: \"11/2026\" }", "error[malformed]"),
        ("{ as_of: \"2026-11\", storage_gb_month: -1 }", "error[out-of-range]"),
        ("{ as_of: \"2026-11\", storage_gb_month: cheap }", "error[wrong-type]"),
    ] {
        assert!(priced(bad).out.contains(code), "{bad}: {:?}", priced(bad));
    }
}

#[test]
fn meets_the_expectations_of_each_shipped_spec() {
    for entry in
        std::fs::read_dir(repository().join("specs")).expect("a folder").map(|entry| entry.expect("an entry").path())
    {
        let outcome = Case::new().run(&["simulate", entry.to_str().expect("UTF-8")]);
        assert_eq!(outcome.status, 0, "{outcome:?}");
        assert!(outcome.out.contains("holds "), "{entry:?}: {outcome:?}");
    }
}
