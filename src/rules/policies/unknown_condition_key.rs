//! A condition of a raw statement on a key that requests to ECR do not have.

use crate::diagnostic::{Code, Example, Severity, nearest};
use crate::iam::{ConditionKey, Step};
use crate::policies::raw_statement;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unknown-condition-key",
        severity: Severity::Warning,
        what: "A condition in `policy_statements` uses a key that requests to ECR do not have.",
        why: "AWS accepts a condition on any key. If a request lacks the key, an Allow grants nothing, and a Deny denies nothing or \
          everything, depending on the operator.",
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
        Condition: { StringEquals: { \"sts:ExternalId\": shop } }
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
        source: "IAM user guide, \"AWS global condition context keys\"; Service Authorization Reference, \"Actions, resources, and condition keys for Amazon ECR\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, policies, .. }: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (written, statement) in raw_statement::all(platform) {
        for (operator, keys) in &statement.conditions {
            for key in keys.keys().map(|key| key.bind(&policies.bindings)) {
                let Some((message, help)) = unknown(&key) else { continue };
                let place = ["Condition".to_owned(), operator.to_string(), key].map(Step::Key);
                findings.push(RULE.finding(written.place_of_key(&place), message).help(help).at(&written.path));
            }
        }
    }
    findings
}

/// What is wrong with a key, and what to do.
fn unknown(key: &str) -> Option<(String, String)> {
    match ConditionKey::of(key) {
        ConditionKey::Known => None,
        ConditionKey::NotGlobal => {
            let known: Vec<String> = ConditionKey::global().collect();
            let help = match nearest(key, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write a global condition key, such as `aws:PrincipalOrgID`".to_owned(),
            };
            Some((format!("`{key}` is not a global condition key of AWS"), help))
        }
        ConditionKey::OfService(service) => Some((
            format!("requests to ECR do not have `{key}`, which is a key of {service}"),
            "write a global condition key, such as `aws:PrincipalOrgID`, or remove this condition".to_owned(),
        )),
    }
}
