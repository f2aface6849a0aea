//! Checks the expectations of a spec.

use anyhow::anyhow;

use super::{SimulationFormat, Status};
use crate::cli::stdio::write_stdout;
use crate::lifecycle::Policy;
use crate::platform::Platform;
use crate::platform::claims::expectation::Expectation;
use crate::report::expectations;
use crate::simulation::ExpectationResult;

/// Checks the expectations of these platforms and prints the results.
pub(super) fn run<'p>(
    platforms: impl Iterator<Item = &'p Platform>,
    repository: Option<&str>,
    format: SimulationFormat,
) -> anyhow::Result<Status> {
    let mut results = Vec::new();
    for platform in platforms {
        for expectation in platform.expectations.iter().filter(|e| repository.is_none_or(|r| e.repository == r)) {
            results.push(result(platform, expectation)?);
        }
    }
    write_stdout(match format {
        SimulationFormat::Json => expectations::json(&results),
        SimulationFormat::Text => expectations::text(&results, super::super::style()),
    })?;
    Ok(if results.iter().all(ExpectationResult::holds) { Status::Good } else { Status::No })
}

fn result<'p>(platform: &'p Platform, expectation: &'p Expectation) -> anyhow::Result<ExpectationResult<'p>> {
    let repository = platform.repository(&expectation.repository);
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
