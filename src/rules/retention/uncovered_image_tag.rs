//! A tag class that no retention rule covers.

use super::subject::Subject;
use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "uncovered-image-tag",
        severity: Severity::Warning,
        what: "A repository has a retention, but no rule in it matches the images of a tag class.",
        why: "ECR never deletes an image that no rule matches, so these images cost money permanently. If that is intended, say \
          so with a rule that keeps all of them. The check skips classes of moving tags, because only one image has \
          a given moving tag. The signatures, attestations and SBOMs of cosign are images with their own tags, and `of: \
          cosign` selects them. They are checked if a retention of the platform has a rule for them.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"dev-{sha:8}\" }
repositories:
  shop: { retention: [{ expire_after: 7d, of: build }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"dev-{sha:8}\" }
repositories:
  shop: { retention: [{ expire_after: 7d, of: build }, { keep: all, of: release }] }
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| Subject::all(facts).flat_map(findings).collect(),
};

fn findings(subject: &Subject) -> Vec<Finding> {
    let uncovered = subject.counted().filter(|images| subject.owners_of(images).contains(&None));
    let found = uncovered.map(|images| {
        let class = images.class;
        let (images, help) = match class.span == Span::default() {
            true => ("signatures and attestations of cosign (tags that start with `sha256-`)".to_owned(), "add a rule for them, for example `{ expire_after: 90d, of: cosign }`, or keep them all: `{ keep: all, of: cosign }`".to_owned()),
            false => (format!("images of class `{}`", class.name), format!("add a rule for them, or keep them all: `{{ keep: all, of: {} }}`", class.name)),
        };
        let message = format!("no retention rule matches {images}, so they are never deleted");
        let found = RULE.finding(subject.lifecycle.span, message);
        let found = if class.span == Span::default() { found } else { found.and(class.span, "this class") };
        found.help(help).at(subject.lifecycle.path(subject.repository))
    });
    found.collect()
}
