//! A pattern for subjects that does not fix whose tokens match.

use crate::diagnostic::{Code, Example, Severity};
use crate::principals::kinds::oidc::Oidc;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unanchored-subject",
        severity: Severity::Error,
        what: "A pattern under `subjects` begins with a wildcard.",
        why: "Most issuers serve many organizations, and the beginning of a subject tells them apart. With a wildcard there, the tokens of every \
          customer of the issuer can match, and anyone can become a customer.",
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
    oidc: { issuer: \"https://agent.buildkite.com\", subjects: [\"*:pipeline:shop:ref:refs/heads/main:*\"] }
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
    oidc: { issuer: \"https://agent.buildkite.com\", subjects: [\"organization:example:pipeline:shop:ref:refs/heads/main:*\"] }
",
        ),
        source: "IAM user guide, \"Identity-provider controls for shared OIDC providers\" and \"Create a role for OpenID Connect federation\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let findings = platform.access.iter().flat_map(|access| {
        let subjects = access.principal_as::<Oidc>().into_iter().flat_map(|oidc| &oidc.subjects);
        subjects.filter(|subject| subject.as_str().starts_with(['*', '?'])).map(|subject| {
            let message = format!("`{}` also matches tokens of other customers of the issuer", subject.as_str());
            let help =
                "write the beginning of the subject up to the name of the organization or project, then the wildcard";
            RULE.finding(subject.span, message).help(help).at(format!("access.{}.oidc", access.name))
        })
    });
    findings.collect()
}
