//! Images that are deleted by age alone.

use super::subject::{Images, Subject, classes};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Criterion, TagList, Tags};
use crate::platform::repositories::retention::RetentionRule;
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "age-without-keep",
        severity: Severity::Warning,
        what: "A lifecycle rule deletes or archives tagged images by age, and no rule keeps a number of images of any class.",
        why: "Age counts from the push, whether the image is in use or not. After a quiet month, a rule with `expire_after: \
          30d` deletes the newest image, too. Its containers cannot be started again on another node. A rule with `keep` \
          keeps the newest images however old they are.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ expire_after: 30d, of: release }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 30, of: release }, { expire_after: 30d }] }
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| Subject::all(facts).flat_map(findings).collect(),
};

fn findings(subject: &Subject) -> Vec<Finding> {
    if subject.steady.is_empty() {
        return subject.each_rule(|rule| all(subject, rule));
    }
    let kept = |images: &Images| {
        !subject.owners_of(images).into_iter().all(|owner| owner.is_some_and(|rule| subject.is_by_age(rule)))
    };
    let moving_kept = |images: &Images| {
        subject.owners_of(images).into_iter().all(|owner| owner.is_some_and(|rule| counts(subject, rule)))
    };
    if subject.steady.iter().any(kept) || subject.moving.iter().any(moving_kept) {
        return Vec::new();
    }
    subject.each_rule(|rule| of_classes(subject, rule))
}

/// Without known classes: whether a rule matches all tagged images that earlier rules leave, and no earlier rule keeps a
/// number of tagged images.
fn takes_all_tagged(subject: &Subject, rule: usize) -> bool {
    let counted = |&other: &usize| counts(subject, other) && matches!(subject.selection(other).tags, Tags::Tagged(_));
    subject.selection(rule).tags.includes(&Tags::Tagged(TagList::every())) && !subject.before(rule).iter().any(counted)
}

fn counts(subject: &Subject, rule: usize) -> bool {
    matches!(subject.selection(rule).criterion, Criterion::CountMoreThan(_))
}

fn all(subject: &Subject, rule: usize) -> Option<Finding> {
    if !subject.is_by_age(rule) || !takes_all_tagged(subject, rule) {
        return None;
    }
    let help = match subject.is_raw() {
        true => "before it, add a rule with `countType: imageCountMoreThan` for the tags of the images you run",
        false => {
            "declare the tags of the images you run in `image_tags`, for example as class `release`, and put `{ keep: 30, of: release }` before this rule"
        }
    };
    Some(finding(subject, rule, "every tagged image")?.help(help))
}

fn of_classes(subject: &Subject, rule: usize) -> Option<Finding> {
    let owned = if subject.is_by_age(rule) { subject.owned_by(rule) } else { Vec::new() };
    let first = &owned.first()?.class.name;
    let help = match subject.is_raw() {
        true => format!(
            "keep a number of the images you run: for their class, use `countType: imageCountMoreThan`, for example in a rule before it for class `{first}`"
        ),
        false => keep_some(subject, rule, first),
    };
    let images = format!("every image of {}", classes(owned.iter().copied()));
    Some(finding(subject, rule, &images)?.help(help))
}

/// Keeps images of a class. Two rules for the same tags are an error, and a rule for all images must be the last one.
fn keep_some(subject: &Subject, rule: usize, class: &str) -> String {
    let keep = format!("put `{{ keep: 30, of: {class} }}` before this rule");
    let is_last = subject.order.last() == Some(&rule);
    match subject.written(rule) {
        Some(RetentionRule { of: None, of_each: None, .. }) => keep,
        Some(RetentionRule { of: Some(of), .. }) if of.0.as_str() != class => keep,
        Some(RetentionRule { of: Some(_), .. }) if is_last => {
            format!("{keep}, and remove `of: {class}` from this rule")
        }
        _ => "in this rule, write `keep: 30` instead of the number of days".to_owned(),
    }
}

fn finding(subject: &Subject, rule: usize, images: &str) -> Option<Finding> {
    let message = format!("{} {}, even if it is in use", subject.name(rule), subject.fate(rule, images)?);
    Some(subject.finding(&RULE, rule, message).label("age counts from the push"))
}
