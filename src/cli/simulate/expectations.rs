//! Checks the expectations of a spec.

use anyhow::anyhow;

use super::{SimulationFormat, Status};
use crate::cli::failed::Found;
use crate::cli::format::FindingsFormat;
use crate::cli::stdio::{Printed, write_stdout};
use crate::diagnostic::Diagnostic;
use crate::lifecycle::Policy;
use crate::platform::Platform;
use crate::platform::claims::expectation::Expectation;
use crate::report::expectations;
use crate::simulation::ExpectationResult;

/// Checks the expectations of these platforms and prints the results. `failed` are the findings of `lint` about the claims of
/// the spec.
pub(super) fn run(
    platforms: &[&Platform],
    repository: Option<&str>,
    failed: &Found,
    format: SimulationFormat,
) -> anyhow::Result<Status> {
    let mut results = Vec::new();
    for platform in platforms {
        for expectation in platform.expectations.iter().filter(|e| repository.is_none_or(|r| e.repository == r)) {
            results.push(result(platform, expectation)?);
        }
    }
    write_stdout(match format {
        SimulationFormat::Json => Printed::Document(expectations::json(&results)),
        SimulationFormat::Sarif => FindingsFormat::Sarif.findings(&failed.sources, &of(&results, failed)),
        SimulationFormat::Text if results.is_empty() => none(platforms, repository).into(),
        SimulationFormat::Text => expectations::text(&results, super::super::style()).into(),
    })?;
    Ok(if results.iter().all(ExpectationResult::holds) { Status::Good } else { Status::No })
}

/// What to do without expectations.
fn none(platforms: &[&Platform], repository: Option<&str>) -> String {
    let others = platforms.iter().any(|platform| !platform.expectations.is_empty());
    match repository.filter(|_| others) {
        Some(repository) => {
            format!("no expectation is about the repository {repository}; add one, or pass --images or --schedule\n")
        }
        None => "there is no `expect` section; add one to the spec, or pass --images or --schedule\n".to_owned(),
    }
}

/// The findings about these expectations.
fn of(results: &[ExpectationResult], failed: &Found) -> Vec<Diagnostic> {
    let is_about = |finding: &Diagnostic, result: &ExpectationResult| {
        let environments = finding.environments();
        let is_there = environments.is_empty() || environments.iter().any(|name| name == result.environment);
        is_there && finding.path.strip_prefix("expect.") == Some(result.sentence)
    };
    let is_selected = |finding: &&Diagnostic| results.iter().any(|result| is_about(finding, result));
    failed.findings.iter().filter(is_selected).cloned().collect()
}

fn result<'p>(platform: &'p Platform, expectation: &'p Expectation) -> anyhow::Result<ExpectationResult<'p>> {
    let repository = platform.repository_or_created(&expectation.repository);
    let repository = repository.ok_or_else(|| anyhow!("the repository `{}` does not exist", expectation.repository))?;
    let nothing = Policy { rules: Vec::new() };
    let policy = repository.lifecycle.as_ref().map_or(&nothing, |lifecycle| &lifecycle.policy);
    let history = expectation.scenario.run(policy, &repository.services, &platform.scope.environment);
    let history = history.map_err(|fault| anyhow!("\"{}\": {fault}", expectation.sentence))?;
    Ok(ExpectationResult {
        sentence: &expectation.sentence,
        repository: &repository.name,
        environment: &platform.scope.environment,
        found: expectation.scenario.found(&history),
        prices: &platform.prices,
        instead: expectation.expected.iter().filter_map(|(expected, _)| expected.missed(&history)).collect(),
    })
}
