//! A moving tag whose image another rule deletes.

use super::subject::{Images, Subject};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::Criterion;
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unprotected-moving-tag",
        severity: Severity::Warning,
        what: "A lifecycle rule deletes or archives the image that a moving tag points to.",
        why: "The image that `latest` points to usually has a second tag, such as that of its build. It belongs to the first \
          rule that matches one of its tags. That rule deletes it with the other builds if the tag has not moved for a \
          while, and then the tag cannot be pulled any more. Moving a tag does not change the age of the image.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"build-{sha:8}\", latest: { tag: latest, moving: true } }
repositories:
  shop: { retention: [{ keep: all, of: release }, { expire_after: 7d, of: build }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"build-{sha:8}\", latest: { tag: latest, moving: true } }
repositories:
  shop: { retention: [{ keep: all, of: latest }, { keep: all, of: release }, { expire_after: 7d, of: build }] }
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| Subject::all(facts).flat_map(findings).collect(),
};

fn findings(subject: &Subject) -> Vec<Finding> {
    subject.moving.iter().filter_map(|images| finding(subject, images)).collect()
}

/// A rule that can act on the image of a moving tag.
struct Threat<'s> {
    rule: usize,
    /// The class of the other tag for which the rule matches the image, if any.
    other: Option<&'s Images<'s>>,
}

fn finding(subject: &Subject, images: &Images) -> Option<Finding> {
    let threats = threats(subject, images);
    // Days pass in any case, but a number of newer images may not be reached.
    let threat = threats.iter().find(|threat| subject.is_by_age(threat.rule)).or(threats.first())?;
    let name = &images.class.name;
    let image = match images.constant_tag() {
        Some(tag) => format!("the image with the moving tag `{tag}`"),
        None => format!("an image with a moving tag of class `{name}`"),
    };
    let mut message = format!("{} {}", subject.name(threat.rule), subject.fate(threat.rule, &image)?);
    if let Some(other) = threat.other {
        message += &format!(" if it also has a tag of class `{}`", other.class.name);
    }
    let help = match subject.is_raw() {
        true => "before this rule, add one for the moving tag with `countType: imageCountMoreThan` and `countNumber: 999999`".to_owned(),
        false => format!("put `{{ keep: all, of: {name} }}` first"),
    };
    let found = subject.finding(&RULE, threat.rule, message).label("matches the image because of its other tag");
    let found = if threat.other.is_none() { found.label("matches the image") } else { found };
    Some(found.and(images.class.span, "this tag moves").help(help))
}

/// The rules that can act on an image of a moving class, up to the rule that protects all of its images.
fn threats<'s>(subject: &'s Subject, images: &Images) -> Vec<Threat<'s>> {
    let unprotected = subject.order.iter().copied().take_while(|&rule| !protects(subject, rule, images));
    unprotected.filter_map(|rule| threat(subject, rule, images)).collect()
}

fn threat<'s>(subject: &'s Subject, rule: usize, images: &Images) -> Option<Threat<'s>> {
    let harms = match subject.selection(rule).criterion {
        Criterion::CountMoreThan(_) => !subject.keeps_all(rule),
        Criterion::SincePushed { .. } => true,
        Criterion::SincePulled { .. } | Criterion::SinceTransitioned { .. } => false,
    };
    // A rule that keeps the only image of another moving tag keeps this one as long as it has that tag, too.
    let keeps_other = subject.moving.iter().any(|other| other.is_constant() && protects(subject, rule, other));
    if !harms || keeps_other {
        return None;
    }
    if subject.can_match(rule, &[images]) {
        return Some(Threat { rule, other: None });
    }
    let others = subject.steady.iter().chain(&subject.moving).filter(|other| other.class.name != images.class.name);
    let free = others.filter(|other| !subject.cover(subject.before(rule), other));
    let mut matched = free.filter(|other| subject.can_match(rule, &[images, other]));
    matched.next().map(|other| Threat { rule, other: Some(other) })
}

/// Whether a rule keeps the images of a moving class: it matches them all, and either keeps every image, or is a
/// decision about this class alone.
fn protects(subject: &Subject, rule: usize, images: &Images) -> bool {
    let selection = subject.selection(rule);
    if !subject.cover(&[rule], images) {
        return false;
    }
    subject.keeps_all(rule)
        || images.include(selection)
            && (!images.is_constant() || subject.keeps(rule).is_some_and(|keeps| keeps >= images.tags().len()))
}
