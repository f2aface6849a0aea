//! A condition of a raw statement that also holds for a request without its key.

use super::too_open;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::openness::Opening;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "vacuous-condition",
        severity: Severity::Warning,
        what: "A condition of an Allow under `policy_statements` also holds for a request that lacks its key.",
        why: "ForAllValues, IfExists, a negated comparison and Null `true` hold when the key is not there: whoever has \
          no organization meets a condition on it that is written so. In a Deny they are right.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    policy_statements:
      - Effect: Allow
        Principal: { AWS: \"222222222222\" }
        Action: [ecr:BatchGetImage, ecr:GetDownloadUrlForLayer]
        Condition: { StringEqualsIfExists: { aws:PrincipalOrgID: o-a1b2c3d4e5 } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    policy_statements:
      - Effect: Allow
        Principal: { AWS: \"222222222222\" }
        Action: [ecr:BatchGetImage, ecr:GetDownloadUrlForLayer]
        Condition: { StringEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 } }
",
        ),
        source: "IAM User Guide, \"IAM JSON policy elements: Condition operators\", \"Multivalued context keys\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { policies, .. }: &Facts) -> Vec<Finding> {
    let vacuous = too_open::found(policies).into_iter().filter(|open| open.opening == Opening::Vacuous);
    let help = "use the plain comparison: StringEquals, StringLike, ArnLike, or ForAnyValue for many values";
    vacuous
        .map(|open| {
            RULE.finding(open.span, "this condition also holds for a request without the key").help(help).at(open.path)
        })
        .collect()
}
