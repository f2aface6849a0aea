//! Terraform addresses of repositories.

use crate::platform::{Platform, Repository};

/// The address of a repository.
pub(super) fn of(platform: &Platform, repository: &Repository) -> String {
    written(platform.root.ecr_module.is_some(), repository.label.as_str())
}

/// The address that a `moved` block of the output moves to the repository, if there is one.
pub(super) fn earlier(platform: &Platform, repository: &Repository) -> Option<String> {
    let earlier = repository.earlier(&platform.root)?;
    Some(written(earlier.in_module, earlier.label.as_str()))
}

/// A resource of the output, or one inside terraform-aws-modules/ecr/aws, which makes its resources with `count`.
fn written(in_module: bool, label: &str) -> String {
    match in_module {
        true => format!("module.{label}.aws_ecr_repository.this[0]"),
        false => format!("aws_ecr_repository.{label}"),
    }
}
