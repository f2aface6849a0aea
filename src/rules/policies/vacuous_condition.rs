//! A condition of a raw statement that also holds for requests without its key.

use super::too_open;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::openness::Opening;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "vacuous-condition",
        severity: Severity::Warning,
        what: "A condition of an Allow in `policy_statements` also holds for requests that lack its key.",
        why: "ForAllValues, IfExists, negated comparisons and Null `true` also hold when the key is missing from the request. \
          For example, a principal without an organization meets StringEqualsIfExists on aws:PrincipalOrgID. In a \
          Deny, these operators are correct.",
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
waive: { lambda-access-removed: { at: [repositories], reason: No Lambda functions } }
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
waive: { lambda-access-removed: { at: [repositories], reason: No Lambda functions } }
",
        ),
        source: "IAM user guide, \"IAM JSON policy elements: Condition operators\", \"Multivalued context keys\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { policies, .. }: &Facts) -> Vec<Finding> {
    let vacuous = too_open::found(policies).into_iter().filter(|open| open.opening == Opening::Vacuous);
    let help = "use the operator without `IfExists` or `ForAllValues`, such as `StringEquals`, `StringLike` or `ArnLike`; for keys with several values, use `ForAnyValue`";
    vacuous
        .map(|open| {
            RULE.finding(open.span, "this condition also holds for requests without the key").help(help).at(open.path)
        })
        .collect()
}
