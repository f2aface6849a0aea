//! An exact action that ECR does not have.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::{Action, Step};
use crate::platform::claims::assertion::Claim;
use crate::policies::raw_statement;
use crate::principals::{Asserted, Can};
use crate::rules::{Facts, Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unknown-action",
        severity: Severity::Error,
        what: "`can` or a statement in `policy_statements` names an action that ECR does not have.",
        why: "IAM accepts any text as an action, and an action that does not exist grants nothing.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  ops:
    can: [\"ecr:DescribeImage\"]
    repositories: [shop]
    roles: [operations]
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  ops:
    can: [\"ecr:DescribeImages\"]
    repositories: [shop]
    roles: [operations]
",
        ),
        source: "Service Authorization Reference, \"Actions, resources, and condition keys for Amazon ECR\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for access in &platform.access {
        for can in &access.can {
            let Can::Action(name) = &can.value else { continue };
            let path = format!("access.{}.can", access.name);
            findings.extend(unknown(name.as_str()).map(|fault| fault(can.span).at(&path)));
        }
    }
    for assertion in &platform.assertions {
        let Claim::Only(can, _) = &assertion.claim else { continue };
        for can in can {
            let Asserted::Action(name) = &can.value else { continue };
            let path = format!("assert.{}", assertion.sentence);
            findings.extend(unknown(name.as_str()).map(|fault| fault(can.span).at(&path)));
        }
    }
    for (written, statement) in raw_statement::all(platform) {
        let element = statement.actions.key("Action");
        for (item, action) in statement.actions.listed().iter().enumerate() {
            let place = written.place(&[Step::Key(element.clone()), Step::Item(item)]);
            let is_ecr = action.as_str().to_ascii_lowercase().starts_with("ecr:");
            let is_exact = !action.as_str().contains(['*', '?']);
            let fault = (is_ecr && is_exact).then(|| unknown(action.as_str())).flatten();
            findings.extend(fault.map(|fault| fault(place).at(&written.path)));
        }
    }
    findings
}

/// Returns the finding about an action that ECR does not have, given its place.
fn unknown(name: &str) -> Option<impl FnOnce(Span) -> Finding + use<'_>> {
    if Action::find(name).is_some() {
        return None;
    }
    let known: Vec<&str> = Action::all().map(|action| action.name).filter(|name| name.starts_with("ecr:")).collect();
    let message = format!("ECR has no action `{name}`");
    Some(move |span| RULE.finding(span, message).did_you_mean(span, name, known, "its actions"))
}
