//! Rules about monitoring.

mod widened_event_pattern;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[&widened_event_pattern::RULE];
