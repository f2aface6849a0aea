//! A list with an entry that another entry implies.

use super::subject::{Subject, of_each_rule};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::Tags;
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "redundant-list-entry",
        severity: Severity::Warning,
        what: "An entry in the tag list of a lifecycle rule has no effect, because another entry is stricter.",
        why: "An image must have a matching tag for every entry of the list, so the stricter entry decides alone. Images that \
          only match the wider entry are not matched by the rule. Authors who expect that one entry is enough lose \
          these images to a later rule, or keep them forever.",
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
          selection: { tagStatus: tagged, tagPatternList: [\"*.*.*\", \"v*.*.*\"], countType: imageCountMoreThan, countNumber: 10 }
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
          selection: { tagStatus: tagged, tagPatternList: [\"*.*.*\"], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
",
        ),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\", `tagPatternList`",
        is_claim: false,
    },
    check: |facts| of_each_rule(facts, finding),
};

fn finding(subject: &Subject, rule: usize) -> Option<Finding> {
    let Tags::Tagged(list) = &subject.selection(rule).tags else { return None };
    let (wider, stricter) = list.redundant()?;
    let name = subject.name(rule);
    let message = match wider == stricter {
        true => format!("{name} lists `{wider}` twice"),
        false => format!(
            "{name} only matches images with a tag that matches `{stricter}`: each image needs a tag for every entry, so the entry `{wider}` has no effect"
        ),
    };
    let help = match (subject.is_raw(), wider == stricter) {
        (true, true) => format!("remove one of the two `{wider}`"),
        (true, false) => {
            format!(
                "write one rule for `{stricter}` and a later one for `{wider}`, or remove the entry that you do not need"
            )
        }
        (false, true) => "use only one of these classes: in ECR, their patterns are the same".to_owned(),
        (false, false) => {
            "write `of_each` instead of `of_all` for one rule per class, with the strictest class first".to_owned()
        }
    };
    Some(subject.list_finding(&RULE, rule, message).label("an image must match every entry").help(help))
}
