//! Cosign stores a signature, an attestation or an SBOM as an image with the tag `sha256-DIGEST.sig`, `.att` or `.sbom`
//! (Sigstore documentation, "Registry support").

use super::lifecycle::{codes, messages, of_policy, of_retention};
use crate::harness::shop;

const CLASSES: &str = "release: \"v{version}\", build: \"build-{sha:7}\"";

#[test]
fn knows_the_tags_of_cosign_as_a_class() {
    let found = of_retention(CLASSES, "{ keep: 30, of_each: [release, build] }, { expire_after: 90d, of: cosign }");
    assert_eq!(codes(&found), [""; 0]);
    let compiled = shop("repositories: { shop: { retention: [{ keep: 9, of: cosign }] } }\n");
    let policy = &compiled.platform().repositories[0].lifecycle.as_ref().expect("a policy").policy;
    for (tag, matches) in
        [("sha256-0a1b.sig", true), ("sha256-0a1b.att", true), ("sha256-0a1b.sbom", true), ("v1", false)]
    {
        assert_eq!(policy.rules[0].selection.tags.matches(&[tag.to_owned()]), matches, "{tag}");
    }
    // A declared class of this name is used instead.
    let own = shop(
        "image_tags: { cosign: \"sig-{sha}\" }\nrepositories: { shop: { retention: [{ keep: 9, of: cosign }] } }\n",
    );
    let policy = &own.platform().repositories[0].lifecycle.as_ref().expect("a policy").policy;
    assert!(policy.rules[0].selection.tags.matches(&["sig-0a".to_owned()]));
}

#[test]
fn names_uncovered_signatures_of_a_platform_that_signs() {
    let repositories = |search: &str| {
        let compiled = shop(format!(
            "image_tags: {{ release: \"v{{version}}\" }}\nrepositories:\n  cart: {{ retention: [{{ keep: 9, of: release }}, {{ keep: 27, of: cosign }}] }}\n  search: {{ retention: [{search}] }}\n"
        ));
        messages(compiled.findings(), "uncovered-image-tag")
    };
    assert_eq!(
        repositories("{ keep: 9, of: release }"),
        [
            "no retention rule matches signatures and attestations of cosign (tags that start with `sha256-`), so they are never deleted"
        ]
    );
    assert_eq!(repositories("{ keep: 9, of: release }, { expire_after: 90d }"), [""; 0]);
    let unsigned = of_retention("release: \"v{version}\"", "{ keep: 9, of: release }");
    assert_eq!(codes(&unsigned), [""; 0], "no rule mentions signatures");
}

/// Counted with builds, they push builds out.
#[test]
fn counts_signatures_as_a_class() {
    let repositories = |search: &str| {
        let compiled = shop(format!(
            "image_tags: {{ build: \"build-{{sha:7}}\" }}\nrepositories:\n  cart: {{ retention: [{{ keep: 9, of: build }}, {{ keep: 27, of: cosign }}] }}\n  search: {{ retention: [{search}] }}\n"
        ));
        compiled.findings().iter().map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        repositories("{ keep: 9, of: tagged }"),
        ["this rule keeps 9 images in total for classes `build` and `cosign`"]
    );
    assert_eq!(
        repositories("{ keep: 9, of: build }, { keep: 9 }"),
        [
            "rule 2 deletes all but the newest 9 images, tagged or not, and no earlier rule matches images of class `cosign`"
        ]
    );
    let policy = of_policy(CLASSES, &["sha256-* keep 60 expire", "v* keep 9 expire", "build-* keep 9 expire"]);
    assert_eq!(codes(&policy), [""; 0]);
}
