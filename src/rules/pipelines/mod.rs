//! Rules about pipelines.

mod pipeline_differs;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[&pipeline_differs::RULE];
