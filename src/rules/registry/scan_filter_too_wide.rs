//! A repository that is scanned although it does not ask for it, because of the name of another one.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Platform;
use crate::platform::registry::scan_filter::TooWide;
use crate::platform::registry::scanning::{Frequency, ScanRule};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "scan-filter-too-wide",
        severity: Severity::Warning,
        what: "Every filter that makes the registry scan one repository also matches another one that should not be scanned.",
        why: "The only wildcard of a filter is `*`, and a filter without it matches all names that contain it. So a filter cannot \
              match `aa` without matching `aaa`. With enhanced scanning, each scanned image costs money.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { aa: {}, aaa: { scan_on_push: false } }
registry: {}
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { aa: {}, ab: { scan_on_push: false } }
registry: {}
",
        ),
        source: "ECR user guide, \"Filters to choose which repositories are scanned in Amazon ECR\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let rules = platform.registry.iter().flat_map(|registry| &registry.scanning.rules);
    rules.flat_map(|rule| rule.too_wide.iter().filter_map(|wide| finding(platform, rule, wide))).collect()
}

fn finding(platform: &Platform, rule: &ScanRule, wide: &TooWide) -> Option<Finding> {
    let of_name = |name: &str| platform.all_repositories().find(|repository| repository.name == name);
    let other = of_name(&wide.other)?;
    let how = match rule.frequency {
        Frequency::OnPush => "when an image is pushed",
        Frequency::Continuous => "continuously",
    };
    let message = format!(
        "`{}` is scanned {how} too, because each filter that matches `{}` also matches `{}`",
        other.key, wide.wished, wide.other
    );
    let found = RULE.finding(other.span, message);
    let found = of_name(&wide.wished).into_iter().fold(found, |found, wished| found.and(wished.span, "asks for scans"));
    let help = "ask for the same scans in both repositories, or give one of them another name in AWS";
    Some(found.help(help).at(other.path()))
}
