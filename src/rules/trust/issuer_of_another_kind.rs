//! An `oidc` entry for an issuer that another kind of principal is for.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Access;
use crate::platform::access::issuers;
use crate::principals::kinds::oidc::Oidc;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "issuer-of-another-kind",
        severity: Severity::Error,
        what: "An `oidc` entry has the issuer of GitHub, GitLab or HCP Terraform.",
        why: "`github`, `gitlab` and `hcp` know the subjects of these issuers, and pin repositories and projects by their IDs. An account \
          has one OIDC provider per issuer, and it would have two names in `oidc_providers`.",
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
    oidc: { issuer: \"https://gitlab.com\", subjects: [\"project_path:example/shop:ref_type:branch:ref:main\"] }
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
    gitlab: { project: example/shop, project_id: 3333, branches: [main] }
",
        ),
        source: "IAM API reference, CreateOpenIDConnectProvider; IAM user guide, \"IAM and AWS STS condition context keys\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let findings = platform.access.iter().filter_map(|access| {
        let issuer = &access.principal_as::<Oidc>()?.issuer;
        let kind = kind_of(issuer.host_and_path(), &platform.access)?;
        let message = format!("`{kind}` is for tokens from {}", issuer.host_and_path());
        let help = format!("write `{kind}` instead of `oidc`");
        Some(RULE.finding(issuer.span, message).help(help).at(format!("access.{}.oidc", access.name)))
    });
    findings.collect()
}

/// The kind of principal that tokens of an issuer are for: by its host, or because another entry of that kind has it.
fn kind_of<'a>(issuer: &str, access: &'a [Access]) -> Option<&'a str> {
    let host = issuer.split('/').next().unwrap_or(issuer);
    let by_default = issuers::named().find(|(_, default)| default.host_and_path == host).map(|(kind, _)| kind);
    let is_github = issuer.ends_with("/_services/token") || host.starts_with("token.actions.");
    let same = |access: &&Access| access.principal_as::<Oidc>().is_none();
    let of_entry = access.iter().filter(same).filter_map(issuers::of).find(|(_, other)| other == issuer);
    by_default.or(is_github.then_some("github")).or(of_entry.map(|(kind, _)| kind))
}
