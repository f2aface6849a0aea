//! A rule that no image of a declared class reaches.

use super::subject::{Images, Subject, of_each_rule};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Action, StorageClass, TagList, Tags};
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unreached-retention-rule",
        severity: Severity::Warning,
        what: "A lifecycle rule selects tagged images, but no image of a declared tag class belongs to it.",
        why: "If `image_tags` is complete, the rule never acts. Either its list has a typo, or earlier rules take all \
          images that it was written for: an image belongs to the first rule whose tags it matches. Rules that delete \
          all remaining images are not reported, because they also clean up undeclared tags and untagged images.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 30, of: release }, { archive_unpulled_after: 90d }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ archive_unpulled_after: 90d }] }
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| of_each_rule(facts, finding),
};

fn finding(subject: &Subject, rule: usize) -> Option<Finding> {
    let all: Vec<&Images> = subject.counted().chain(&subject.moving).collect();
    let declares_none = subject.steady.is_empty() && subject.moving.is_empty();
    if declares_none || !selects_some(subject, rule) || subject.lifecycle.policy.never_acts(rule).is_some() {
        return None;
    }
    let left: Vec<&Images> =
        all.iter().copied().filter(|images| !subject.cover(subject.before(rule), images)).collect();
    if !left.is_empty() && subject.can_match(rule, &left) {
        return None;
    }
    let name = subject.name(rule);
    let taken = subject.can_match(rule, &all);
    let message = match &subject.selection(rule).tags {
        Tags::Any => format!(
            "{name} archives untagged images only, because earlier rules take the images of every declared class"
        ),
        _ if taken => {
            format!("{name} never acts on an image of a declared class, because earlier rules take all of them")
        }
        tags => format!("{name} never acts on an image of a declared class: no class has tags for {tags}"),
    };
    let help = match taken {
        true if subject.selection(rule).tags == Tags::Any => {
            let untagged = match (subject.is_raw(), subject.written(rule).is_some_and(|written| written.of.is_some())) {
                (true, _) => "write `tagStatus: untagged`",
                (false, true) => "write `of: untagged`",
                (false, false) => "add `of: untagged`",
            };
            format!(
                "if this rule is only for untagged images, {untagged}; otherwise, remove the rules above it that match the same images, or remove this rule"
            )
        }
        true if subject.selection(rule).tags.includes(&Tags::Tagged(TagList::every())) => {
            "remove the rules above it that match the same images, or remove this rule".to_owned()
        }
        true => "move it before the rules that take its images, or remove it".to_owned(),
        false => "correct the list, declare the class of these tags in `image_tags`, or remove the rule".to_owned(),
    };
    Some(subject.finding(&RULE, rule, message).label("no declared class reaches this rule").help(help))
}

/// Whether a rule is for certain tagged images in standard storage. A rule that deletes all remaining images also cleans up
/// images of no class.
fn selects_some(subject: &Subject, rule: usize) -> bool {
    let tags = &subject.selection(rule).tags;
    let of_rest = tags.includes(&Tags::Tagged(TagList::every()));
    subject.selection(rule).criterion.storage_class() == StorageClass::Standard
        && *tags != Tags::Untagged
        && (!of_rest || subject.rule(rule).action == Action::TransitionToArchive)
}
