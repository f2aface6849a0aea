//! Rules about the registry-wide settings.

mod enhanced_scans_nothing;
mod scan_filter_too_wide;
mod too_many_scan_filters;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] =
    &[&enhanced_scans_nothing::RULE, &scan_filter_too_wide::RULE, &too_many_scan_filters::RULE];
