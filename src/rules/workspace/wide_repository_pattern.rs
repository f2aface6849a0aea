//! A pattern of `workspace.manages` that covers repositories of others.

use super::patterns::{is_separator, proposed};
use crate::diagnostic::{Code, Example, Severity};
use crate::iam::matches_pattern;
use crate::platform::Platform;
use crate::prose::named;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "wide-repository-pattern",
        severity: Severity::Warning,
        what: "A pattern of `workspace.manages` also covers repositories that do not belong to the platform.",
        why: "The apply role of the workspace can change every repository whose name matches, including those that others created. It can replace \
          lifecycle policies, which delete images. `*` covers every repository of the account in the region, and `shop*` also covers \
          `shopping`. The names of one environment should not match the patterns of another.",
        bad: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
workspace: { organization: example, manages: [\"shop*\"] }
repositories: { shop-cart: {}, shop-search: {} }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
workspace: { organization: example, manages: [\"shop-*\"] }
repositories: { shop-cart: {}, shop-search: {} }
",
        ),
        source: "IAM user guide, \"IAM JSON policy elements: Resource\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    let patterns = platform.workspace.iter().flat_map(|workspace| &workspace.manages);
    let found = patterns.filter_map(|pattern| {
        let message = reach(platform, pattern).or_else(|| of_others(facts, pattern))?;
        // Repositories with errors are missing from a proposal.
        let better = proposed(platform, facts.environments.len())
            .filter(|better| !better.contains(&format!("\"{}\"", pattern.as_str())));
        let help = match better.filter(|_| facts.know(&["repositories", "names"])) {
            Some(better) => format!("write `manages: {better}`, or waive this warning if nothing else has such names"),
            None => "list narrower patterns, or waive this warning if nothing else has such names".to_owned(),
        };
        Some(RULE.finding(pattern.span, message).help(help).at("workspace.manages"))
    });
    found.collect()
}

/// What a pattern covers whose wildcard follows no separator.
fn reach(platform: &Platform, pattern: &str) -> Option<String> {
    let (before, _) = pattern.split_once('*')?;
    match before.chars().next_back() {
        None if pattern.bytes().all(|byte| byte == b'*') => {
            Some(format!("`{pattern}` covers every repository of the account in {}", platform.region))
        }
        None => Some(format!("`{pattern}` covers names with any beginning")),
        Some(last) if is_separator(last) => None,
        Some(_) => Some(format!("`{pattern}` covers every name that begins with `{before}`, for example `{before}x`")),
    }
}

/// That a pattern covers repositories of other environments in the same account and region.
fn of_others(facts: &Facts, pattern: &str) -> Option<String> {
    let platform = facts.platform;
    let neighbors = facts.environments_in(platform.scope.account.as_deref()?);
    let mut neighbors = neighbors
        .filter(|other| other.scope.environment != platform.scope.environment && other.region == platform.region);
    neighbors.find_map(|other| {
        let names: Vec<&str> = other.repositories.iter().map(|repository| repository.name.as_str()).collect();
        let covered: Vec<&str> = names.into_iter().filter(|name| matches_pattern(pattern, name)).collect();
        let environment = &other.scope.environment;
        (!covered.is_empty()).then(|| {
            let covered = named(covered.into_iter(), crate::prose::FEW_NAMED);
            format!("`{pattern}` also covers {covered} of environment `{environment}`")
        })
    })
}
