//! A count over all images, which includes tagged ones.

use super::subject::{Images, Subject, classes, of_each_rule, verb};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{TagList, Tags};
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "count-of-any",
        severity: Severity::Warning,
        what: "A rule keeps a number of images whatever their tags, and some tagged images belong to no earlier rule.",
        why: "Every push counts, so builds, scans, platform images and signatures push the running image out of the newest N. \
          An expired image cannot be pulled again when its pod moves to another node. An earlier rule protects the images \
          that it matches, but this rule still counts them. If the spec declares tag classes, each class that does not \
          move needs an earlier rule.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 10, of: any }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 30, of: release }, { keep: 10, of: any }] }
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| of_each_rule(facts, finding),
};

fn finding(subject: &Subject, rule: usize) -> Option<Finding> {
    if subject.selection(rule).tags != Tags::Any {
        return None;
    }
    let newest = match subject.keeps(rule)? {
        1 => "newest image".to_owned(),
        newest => format!("newest {newest} images"),
    };
    let unprotected = unprotected(subject, rule)?;
    let message = format!(
        "{} {} all but the {newest}, tagged or not, and no earlier rule matches {unprotected}",
        subject.name(rule),
        verb(subject.rule(rule).action)
    );
    let help = match subject.is_raw() {
        true => {
            "before it, add a rule with its own count for the tags of the images you run, or select untagged images only".to_owned()
        }
        false => help(subject, rule),
    };
    Some(subject.finding(&RULE, rule, message).label("counts all images together").help(help))
}

/// Protects the tagged images, or leaves them alone. Without the rule, no rule would match tagged images.
fn help(subject: &Subject, rule: usize) -> String {
    let earlier = subject.before(rule);
    let class = subject.steady.iter().find(|images| !subject.cover(earlier, images));
    let name = class.map_or("release", |images| &images.class.name);
    let declared = if class.is_some() { "" } else { "declare your tags in `image_tags` and, " };
    let of = if subject.steady.len() == 1 { name } else { "tagged" };
    let count = subject.keeps(rule).unwrap_or_default();
    format!(
        "{declared}before it, add a rule for each class, for example `{{ keep: 30, of: {name} }}`; to delete untagged images only, write `{{ keep: all, of: {of} }}, {{ keep: {count}, of: untagged }}`"
    )
}

/// The tagged images that belong to no earlier rule; `None` if each declared class of steady tags belongs to one.
fn unprotected(subject: &Subject, rule: usize) -> Option<String> {
    let earlier = subject.before(rule);
    if subject.steady.is_empty() {
        let every = Tags::Tagged(TagList::every());
        let protected = earlier.iter().any(|&other| subject.selection(other).tags.includes(&every));
        return (!protected).then(|| "all tagged images".to_owned());
    }
    let uncovered: Vec<&Images> = subject.counted().filter(|images| !subject.cover(earlier, images)).collect();
    (!uncovered.is_empty()).then(|| format!("images of {}", classes(uncovered)))
}
