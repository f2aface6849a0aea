//! More filters than a scanning rule can have.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::registry::scan_filter::MOST;
use crate::platform::registry::scanning::ScanRule;
use crate::prose::count;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "too-many-scan-filters",
        severity: Severity::Error,
        what: "The repositories that ask for scans need more filters than ECR allows.",
        why: "A scanning rule has at most 100 filters, and ECR rejects a configuration with more. ecrgen combines names with a \
              common beginning, but not if repositories with the same beginning do not ask for scans.",
        bad: Example::Words("101 repositories that ask for scans, and 101 that do not, with alternating names."),
        good: Example::Words(
            "101 repositories that ask for scans, with names that begin with `scanned/`, and others whose names do not.",
        ),
        source: "ECR API reference, RegistryScanningRule, `repositoryFilters`",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let Some(registry) = &platform.registry else { return Vec::new() };
    let too_many = registry.scanning.rules.iter().filter(|rule| rule.filters.len() > MOST);
    let finding = |rule: &ScanRule| {
        let message = format!(
            "the scanning rule {} needs {}, but ECR allows {MOST}",
            rule.frequency.as_str(),
            count(rule.filters.len(), "filter")
        );
        RULE.finding(registry.span, message)
            .help(
                "ask for the same scans in all repositories, or give those with the same wish names with the same beginning, such as `scanned/`",
            )
            .at("registry")
    };
    too_many.map(finding).collect()
}
