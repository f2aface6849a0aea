//! Rules about pipelines.

mod pipeline_differs;
mod pipeline_token_refused;
mod template_bypassed;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[&pipeline_differs::RULE, &pipeline_token_refused::RULE, &template_bypassed::RULE];
