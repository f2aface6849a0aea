//! What a policy keeps of each declared class, and what the findings about it say ("Automate the cleanup of images by
//! using lifecycle policies").

use super::lifecycle::{codes, messages, of_policy, of_retention};

/// A pipeline that tags each build of a branch, and a few of them again as releases.
const CLASSES: &str = "release: \"v{version}\", build: \"build-{sha:7}\", latest: { tag: latest, moving: true }";
/// The same without a moving tag.
const STEADY: &str = "release: \"v{version}\", build: \"build-{sha:7}\"";

/// The image that `latest` points to also has a build tag, and belongs to the first rule that matches one of its tags.
#[test]
fn reports_a_moving_tag_whose_image_another_rule_takes() {
    let found = |retention: &str| messages(&of_retention(CLASSES, retention), "unprotected-moving-tag");
    let build = "rule 1 deletes the image with the moving tag `latest` 7 days after its push if it also has a tag of class `build`";
    assert_eq!(found("{ expire_after: 7d, of: build }, { keep: all, of: release }"), [build]);
    // Too late: the image already belongs to the first rule.
    assert_eq!(
        found("{ expire_after: 7d, of: build }, { keep: all, of: latest }, { keep: all, of: release }"),
        [build]
    );
    assert_eq!(
        found("{ keep: all, of: release }, { archive_after: 60d }"),
        ["rule 2 archives the image with the moving tag `latest` 60 days after its push"]
    );
    assert_eq!(
        found("{ keep: all, of: release }, { keep: 20, of: build }"),
        [
            "rule 2 deletes the image with the moving tag `latest` once the rule has 20 newer ones if it also has a tag of class `build`"
        ]
    );
    assert_eq!(
        found("{ expire_after: 3d, of: latest }, { keep: 20, of: release }, { keep: 20, of: build }"),
        ["rule 1 deletes the image with the moving tag `latest` 3 days after its push"]
    );
    for protected in [
        "{ keep: all, of: latest }, { keep: 20, of: release }, { expire_after: 7d, of: build }",
        "{ keep: 1, of: latest }, { keep: 20, of: release }, { expire_after: 7d, of: build }",
        "{ keep: all, of: build }, { keep: all, of: release }",
        "{ keep: all, of: tagged }, { expire_after: 7d, of: untagged }",
    ] {
        assert_eq!(found(protected), [""; 0], "{protected}");
    }
}

#[test]
fn reports_an_unprotected_moving_tag_in_a_policy_of_aws() {
    let found = |rules: &[&str]| of_policy(CLASSES, rules);
    let policy = found(&["build-* pushed 7 expire", "v* keep 50 expire"]);
    assert_eq!(
        messages(&policy, "unprotected-moving-tag"),
        [
            "rule 1 deletes the image with the moving tag `latest` 7 days after its push if it also has a tag of class `build`"
        ]
    );
    let help = policy.iter().find(|finding| finding.code.name == "unprotected-moving-tag").and_then(|f| f.help.clone());
    assert!(help.expect("a help").contains("before this rule, add one for the moving tag"), "no `retention` here");
    let policy = found(&["latest keep 1 expire", "build-* pushed 7 expire", "v* keep 50 expire"]);
    assert_eq!(codes(&policy), [""; 0]);
}

/// A moving tag per branch: a rule about this class alone is a decision, but another rule can still take its images.
#[test]
fn lets_a_rule_decide_about_moving_tags_with_placeholders() {
    let classes = "build: \"build-{sha:7}\", branch: { tag: \"head-{branch}\", moving: true }";
    let found = |retention: &str| messages(&of_retention(classes, retention), "unprotected-moving-tag");
    assert_eq!(found("{ expire_after: 30d, of: branch }, { keep: 20, of: build }"), [""; 0]);
    assert_eq!(
        found("{ keep: 20, of: build }, { expire_after: 30d, of: branch }"),
        [
            "rule 1 deletes an image with a moving tag of class `branch` once the rule has 20 newer ones if it also has a tag of class `build`"
        ]
    );
}

#[test]
fn reports_age_as_the_only_criterion() {
    let found = |classes: &str, retention: &str| messages(&of_retention(classes, retention), "age-without-keep");
    let every = |images: &str| {
        vec![format!("rule 1 deletes every image of {images} 30 days after its push, even if it is in use")]
    };
    let release = "release: \"v{version}\"";
    assert_eq!(found(release, "{ expire_after: 30d, of: release }"), every("class `release`"));
    assert_eq!(found(STEADY, "{ expire_after: 30d, of: tagged }"), every("classes `release` and `build`"));
    assert_eq!(found(STEADY, "{ expire_after: 30d }"), every("classes `release` and `build`"));
    assert_eq!(
        found("", "{ expire_after: 30d }"),
        ["rule 1 deletes every tagged image 30 days after its push, even if it is in use"]
    );
    assert_eq!(found(STEADY, "{ expire_after: 7d, of: build }, { archive_after: 90d, of: release }").len(), 2);
    for kept in [
        "{ keep: 30, of: release }, { expire_after: 30d }",
        "{ expire_after: 7d, of: build }, { keep: 30, of: release }",
        // Releases are never deleted, which is another finding.
        "{ expire_after: 7d, of: build }",
        "{ expire_after: 7d, of: untagged }",
        "{ archive_unpulled_after: 90d }",
    ] {
        assert_eq!(found(STEADY, kept), [""; 0], "{kept}");
    }
    assert_eq!(found(CLASSES, "{ keep: all, of: latest }, { expire_after: 30d }"), [""; 0], "`latest` is what runs");
}

#[test]
fn reports_age_as_the_only_criterion_of_a_policy_of_aws() {
    let found = |rules: &[&str]| messages(&of_policy("", rules), "age-without-keep");
    let every = ["rule 1 deletes every tagged image 30 days after its push, even if it is in use"];
    assert_eq!(found(&["any pushed 30 expire"]), every);
    assert_eq!(found(&["* pushed 30 expire"]), every);
    for kept in [
        &["v* keep 30 expire", "any pushed 30 expire"][..],
        // Which other tags exist is unknown.
        &["dev-* pushed 30 expire"],
        &["untagged pushed 30 expire"],
    ] {
        assert_eq!(found(kept), [""; 0], "{kept:?}");
    }
}

#[test]
fn reports_a_count_of_any_unless_earlier_rules_cover_each_class_that_does_not_move() {
    let found = |retention: &str| messages(&of_retention(STEADY, retention), "count-of-any");
    let counted = |rule: u32, rest: &str| {
        vec![format!(
            "rule {rule} deletes all but the newest 5 images, tagged or not, and no earlier rule matches images of {rest}"
        )]
    };
    assert_eq!(found("{ keep: 5 }"), counted(1, "classes `release` and `build`"));
    assert_eq!(found("{ keep: 30, of: release }, { keep: 5 }"), counted(2, "class `build`"));
    assert_eq!(
        found("{ expire_after: 3d, of: untagged }, { keep: 5, of: any }"),
        counted(2, "classes `release` and `build`")
    );
    for protected in [
        "{ keep: 30, of: release }, { expire_after: 7d, of: build }, { keep: 5 }",
        "{ keep: 30, of_each: [release, build] }, { keep: 5 }",
        "{ keep: all }",
        "{ keep: 30, of: release }, { expire_after: 5d }",
    ] {
        assert_eq!(found(protected), [""; 0], "{protected}");
    }
    // A rule by age covers the class, and is reported itself.
    let only_age = of_retention("a: \"a-{sha}\"", "{ expire_after: 3d, of: a }, { keep: 5 }");
    assert_eq!(codes(&only_age), ["age-without-keep"]);
}

/// Fifteen signed builds are 45 images: the signatures push builds out of the newest 20.
#[test]
fn reports_a_count_of_any_that_signatures_share() {
    let found = |rules: &[&str]| messages(&of_policy("", rules), "count-of-any");
    assert_eq!(
        found(&["sha256-* keep 60 expire", "any keep 20 expire"]),
        ["rule 2 deletes all but the newest 20 images, tagged or not, and no earlier rule matches all tagged images"]
    );
    assert_eq!(found(&["* keep 60 expire", "any keep 20 expire"]), [""; 0]);
    assert_eq!(found(&["any keep 999999 expire"]), [""; 0]);
}

#[test]
fn reports_a_count_that_classes_share() {
    let found = |retention: &str| messages(&of_retention(CLASSES, retention), "shared-retention-count");
    let shared = ["this rule keeps 20 images in total for classes `release` and `build`"];
    assert_eq!(found("{ keep: 20, of: tagged }"), shared);
    assert_eq!(found("{ keep: all, of: latest }, { keep: 20, of: tagged }"), shared, "`latest` does not count");
    assert_eq!(found("{ keep: 20, of_each: [release, build] }"), [""; 0]);
    assert_eq!(found("{ keep: 10, of: release }, { keep: 20, of: tagged }"), [""; 0]);
    assert_eq!(found("{ keep: all, of: tagged }"), [""; 0]);
    let policy = of_policy(STEADY, &["* keep 20 expire"]);
    assert_eq!(codes(&policy), ["shared-retention-count"]);
    assert_eq!(policy[0].help.as_deref(), Some("write one rule per class, each with its own count"));
}

/// What the help of the only finding says about a retention of two services.
fn help(image_tags: &str, retention: &str) -> String {
    let found = super::lifecycle::findings(image_tags, &format!("services: [cart, search], retention: [{retention}]"));
    let mut shared = found.iter().filter(|finding| finding.code.name == "shared-retention-count");
    let (Some(finding), None) = (shared.next(), shared.next()) else { panic!("{found:#?}") };
    finding.help.clone().expect("a help")
}

/// `per: service` needs tags that begin with the service.
#[test]
fn offers_only_keys_that_work_for_a_shared_count() {
    let of_service = "release: \"{service}-v{version}\"";
    assert_eq!(help(of_service, "{ keep: 5, of: tagged }"), "add `per: service` to keep 5 images of each service");
    assert_eq!(
        help("release: \"v{version}\"", "{ keep: 5, of: release }"),
        "begin the tags of class `release` with `{service}-` and add `per: service` to keep 5 images of each service"
    );
    assert_eq!(
        help(&format!("{of_service}, build: \"{{service}}-build-{{sha:7}}\""), "{ keep: 5, of: tagged }"),
        "write `of_each: [release, build]` and `per: service` to keep 5 images of each class and service"
    );
}

/// With five newer releases, the second rule keeps no build: it counts what the first rule took.
#[test]
fn notes_a_count_that_includes_images_of_an_earlier_rule() {
    let found = |retention: &str| messages(&of_retention(STEADY, retention), "count-of-the-rest");
    assert_eq!(
        found("{ keep: 10, of: release }, { keep: 5, of: tagged }"),
        ["rule 2 also counts the images of rule 1: if 5 of them are newer, no image of class `build` is kept"]
    );
    for separate in [
        "{ keep: 10, of: release }, { keep: 5, of: build }",
        "{ keep: 10, of_each: [release, build] }, { keep: 5, of: tagged }",
        "{ keep: 10, of: release }, { expire_after: 5d, of: tagged }",
        "{ keep: 10, of: release }, { keep: all, of: tagged }",
    ] {
        assert_eq!(found(separate), [""; 0], "{separate}");
    }
    let policy = of_policy("", &["v* keep 10 expire", "* keep 1 expire"]);
    assert_eq!(
        messages(&policy, "count-of-the-rest"),
        ["rule 2 also counts the images of rule 1: if 1 of them is newer, no other image is kept"]
    );
}
