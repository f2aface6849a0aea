//! A count that includes the images that an earlier rule takes.

use super::subject::{Subject, classes, of_each_rule};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::Tags;
use crate::prose::count;
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "count-of-the-rest",
        severity: Severity::Note,
        what: "A rule that keeps a number of images also counts images that belong to an earlier rule.",
        why: "An image that an earlier rule takes is safe from later rules, but they still count it. `{ keep: 10, of: release \
          }, { keep: 5, of: tagged }` does not keep 5 of the other images: if the 5 newest tagged images are releases, \
          it keeps none of the others.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"build-{sha:8}\" }
repositories:
  shop: { retention: [{ keep: 10, of: release }, { keep: 5, of: tagged }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"build-{sha:8}\" }
repositories:
  shop: { retention: [{ keep: 10, of: release }, { keep: 5, of: build }] }
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| of_each_rule(facts, finding),
};

fn finding(subject: &Subject, rule: usize) -> Option<Finding> {
    let newest = subject.keeps(rule)?;
    let tags = &subject.selection(rule).tags;
    // `count-of-any` is about counts of all images.
    if !matches!(tags, Tags::Tagged(_)) {
        return None;
    }
    let counted = |&&other: &&usize| tags.includes(&subject.selection(other).tags);
    let earlier = subject.before(rule).iter().find(counted).copied()?;
    let left = subject.owned_by(rule);
    if !subject.steady.is_empty() && left.is_empty() {
        return None;
    }
    let loser =
        if left.is_empty() { "other image".to_owned() } else { format!("image of {}", classes(left.iter().copied())) };
    let message = format!(
        "{} also counts the images of {}: if {} of them {} newer, no {loser} is kept",
        subject.name(rule),
        subject.name(earlier),
        newest,
        if newest == 1 { "is" } else { "are" },
    );
    let help = match (left.as_slice(), subject.is_raw()) {
        ([only], false) => format!("count this class alone: `{{ keep: {newest}, of: {} }}`", only.class.name),
        ([_, ..], false) => {
            let names: Vec<&str> = left.iter().map(|images| images.class.name.as_str()).collect();
            format!("count each class alone: `{{ keep: {newest}, of_each: [{}] }}`", names.join(", "))
        }
        _ => "write rules for the tags of the other images, each with its own count".to_owned(),
    };
    Some(
        subject
            .finding(&RULE, rule, message)
            .label(format!("counts the newest {}", count(newest, "matching image")))
            .and(subject.lifecycle.origins[earlier], "its images are counted again")
            .help(help),
    )
}
