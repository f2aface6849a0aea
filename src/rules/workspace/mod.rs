//! Rules about what the runs of the workspace can manage.

pub(super) mod patterns;
mod shared_root_runs;
mod unmanaged_repository;
mod wide_repository_pattern;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] =
    &[&shared_root_runs::RULE, &unmanaged_repository::RULE, &wide_repository_pattern::RULE];
