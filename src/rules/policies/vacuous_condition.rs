//! A condition of a raw statement that also holds for requests without its key.

use super::too_open::{self, Open};
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
    vacuous.map(|open| finding(&open)).collect()
}

fn finding(open: &Open) -> Finding {
    let (operator, key) = open.condition.clone().unwrap_or_default();
    let message = format!("this condition also holds for requests that have no `{key}`");
    RULE.finding(open.span, message).help(help(&operator)).at(&open.path)
}

/// The operator that requires the key. Several values of a key need `ForAnyValue`.
fn help(operator: &str) -> String {
    let plain = operator.trim_end_matches("IfExists");
    match plain.strip_prefix("ForAllValues:") {
        _ if plain == "Null" => "write `\"false\"` instead of `\"true\"`: it requires the key".to_owned(),
        Some(rest) => {
            format!("write `ForAnyValue:{rest}` instead of `{operator}`; if the key has only one value, write `{rest}`")
        }
        None if plain == operator => "use an operator that requires the key, such as `StringEquals`".to_owned(),
        None => format!("write `{plain}` instead of `{operator}`"),
    }
}
