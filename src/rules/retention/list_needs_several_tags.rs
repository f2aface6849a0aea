//! A list of patterns that no single tag matches.

use super::subject::{Subject, of_each_rule, patterns};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Pattern, TagList, Tags};
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "list-needs-several-tags",
        severity: Severity::Warning,
        what: "A rule in `lifecycle_policy` lists patterns that no single tag matches.",
        why: "An image must have a matching tag for every entry of the list. Most authors expect that one entry is enough. \
          Then the rule matches almost no image, and later rules delete the images that it was meant to keep. A \
          `retention` has `of_each` for one rule per class, and `of_all` for images that have a tag of every class.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    lifecycle_policy:
      rules:
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPatternList: [latest, main], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    lifecycle_policy:
      rules:
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPatternList: [latest], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: tagged, tagPatternList: [main], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
",
        ),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagPatternList`",
        is_claim: false,
    },
    check: |facts| of_each_rule(facts, |subject, rule| if subject.is_raw() { finding(subject, rule) } else { None }),
};

fn finding(subject: &Subject, rule: usize) -> Option<Finding> {
    let Tags::Tagged(list) = &subject.selection(rule).tags else { return None };
    let (first, second) = list.contradiction()?;
    let message = format!(
        "{} only matches images that have several tags, because no tag matches both `{first}` and `{second}`; {}",
        subject.name(rule),
        instead(subject, first)
    );
    let help = help(subject, rule, list);
    Some(subject.list_finding(&RULE, rule, message).label("an image must match every entry").help(help))
}

/// Advises to split the list. An entry with its own rule needs no second one, which AWS would reject.
fn help(subject: &Subject, rule: usize, list: &TagList) -> String {
    let split = "write a separate rule for each entry, with its own `rulePriority`";
    let has_rule = |entry: &&String| {
        let others = subject.order.iter().filter(|&&other| other != rule);
        others
            .map(|&other| &subject.selection(other).tags)
            .any(|tags| matches!(tags, Tags::Tagged(other) if patterns(other).contains(entry)))
    };
    match patterns(list).iter().zip(list.texts()).find(|(pattern, _)| has_rule(pattern)) {
        Some((_, entry)) => format!("{split}; leave out entries that already have their own rule, such as `{entry}`"),
        None => split.to_owned(),
    }
}

/// What happens to an image whose only tag is like this.
fn instead(subject: &Subject, entry: &str) -> String {
    let image = format!("an image that only has a tag like `{entry}`");
    let pattern = Pattern::new(entry).ok();
    let owner = pattern.and_then(|pattern| subject.owner(&Tags::Tagged(TagList::Patterns(vec![pattern]))));
    match owner.map(|owner| (subject.name(owner), subject.fate(owner, &image))) {
        None => format!("{image} is never deleted"),
        Some((name, None)) => format!("{name} keeps {image}"),
        Some((name, Some(fate))) => format!("{name} {fate}"),
    }
}
