//! A role that workflows in every repository of a GitHub organization can assume.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::pipelines::Kind;
use crate::platform::{Access, Pipeline, Platform};
use crate::principals::kinds::github::Github;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "organization-wide-trust",
        severity: Severity::Warning,
        what: "Workflows in every repository of a GitHub organization can assume the role.",
        why: "Anyone who can create a repository in the organization can then do everything that the role can do. AWS accepts \
          this trust policy: it only rejects subjects that consist of nothing but wildcards.",
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
    github: { organization: example, organization_id: 1111, branches: [main] }
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
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
",
        ),
        source: "IAM user guide, \"Identity-provider controls for shared OIDC providers\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let found = platform.access.iter().filter_map(|access| {
        let github = access.principal_as::<Github>()?;
        let organization = github.organization.as_ref()?;
        let message = format!("workflows in every repository of `{}` can assume this role", organization.as_str());
        let finding = RULE.finding(organization.span, message).at(format!("access.{}", access.name));
        Some(match template_with(platform, access) {
            Some(pipeline) => finding.help(waiver(access, pipeline)).and(pipeline.span, "the pipeline"),
            None => finding.help(
                "replace `organization` and `organization_id` with `repository: OWNER/NAME`, `owner_id` and `repository_id`, and write one access entry per repository",
            ),
        })
    });
    found.collect()
}

/// The pipeline whose Backstage template creates repositories that use the role.
fn template_with<'p>(platform: &'p Platform, access: &Access) -> Option<&'p Pipeline> {
    let is_template = |pipeline: &&Pipeline| match &pipeline.kind {
        Kind::Image(image) => image.backstage.is_some() && image.access.value == access.name,
        Kind::Checks(_) => false,
    };
    platform.pipelines.iter().find(is_template)
}

/// New repositories cannot be named in the trust policy.
fn waiver(access: &Access, pipeline: &Pipeline) -> String {
    format!(
        "the repositories that Backstage creates for pipeline `{}` need this trust. If only trusted people can create repositories in \
         the organization, write `waive: {{ organization-wide-trust: {{ at: [access.{}], reason: REASON }} }}`",
        pipeline.name, access.name
    )
}
