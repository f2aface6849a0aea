//! A repository that Terraform may delete while it holds images.

use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "deletable-with-images",
        severity: Severity::Warning,
        what: "A repository has `force_delete: true`, so Terraform can delete it while it holds images.",
        why: "That is the first of the two steps that delete or replace a repository with its images. Until the second \
              step, any plan that deletes or replaces the repository also deletes its images, with nothing to stop it. If \
              images of the repository are always disposable, waive this warning.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop: { force_delete: true }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop: {}
",
        ),
        source: "ECR API reference, DeleteRepository, `force`; terraform-provider-aws, aws_ecr_repository, `force_delete`",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let deletable = platform.repositories.iter().filter_map(|repository| Some((repository, repository.force_delete?)));
    let finding = |(repository, span): (&crate::platform::Repository, _)| {
        let key = &repository.key;
        RULE.finding(span, format!("Terraform can delete repository `{key}` with all its images"))
            .help("delete `force_delete`; if you are about to delete or replace the repository, waive this warning `until` then")
            .at(format!("repositories.{key}"))
    };
    deletable.map(finding).collect()
}
