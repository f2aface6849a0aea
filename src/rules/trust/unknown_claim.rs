//! A condition on a claim that AWS does not read.

use super::weak_trust::found;
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::trust::Weakness;
use crate::principals::Means;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unknown-claim",
        severity: Severity::Error,
        what: "A trust policy checks a claim that AWS does not read from the issuer's tokens.",
        why: "The condition never holds, so no one can assume the role. AWS reads claims such as IDs and workflows only from \
          tokens of github.com and gitlab.com. From all other tokens, it reads only the subject and the audience.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    github: { url: \"https://github.example.com\", repository: example/shop, repository_id: 2222, branches: [main] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    github: { url: \"https://github.example.com\", repository: example/shop, branches: [main] }
",
        ),
        source: "IAM user guide, \"IAM and AWS STS condition context keys\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, policies, .. }: &Facts) -> Vec<Finding> {
    let weak = found(policies, &[Weakness::UnknownClaim]).into_iter();
    let findings = weak.map(|weak| {
        let principal = platform.access.iter().find(|access| access.name == weak.access).map(|access| &access.principal);
        let (key, place) = match principal.map(|principal| principal.means()) {
            Some(Means::Roles(roles)) => roles.condition_on(&weak.culprit).unzip(),
            _ => (None, None),
        };
        let is_known = place.is_some();
        let key = key.map_or_else(|| "the key that adds this condition".to_owned(), |key| format!("`{key}`"));
        let finding = RULE.finding(
            place.unwrap_or(weak.span),
            format!(
                "this adds a condition on `{}`, which AWS does not read from these tokens, so no one could assume the role",
                weak.culprit
            ),
        );
        let finding = if is_known { finding.on_key() } else { finding };
        finding
        .help(format!("remove {key}: from tokens of GitHub Enterprise Server and self-managed GitLab, AWS reads only `sub` and `aud`"))
        .at(format!("access.{}", weak.access))
    });
    findings.collect()
}
