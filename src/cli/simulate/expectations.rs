//! What comes of the expectations of a spec, one a line.

use anyhow::anyhow;

use super::{Format, Status};
use crate::cli::show;
use crate::lifecycle::Policy;
use crate::platform::Platform;
use crate::platform::claims::expectation::Expectation;
use crate::simulation::Tried;

/// Tries the expectations of these platforms and shows what came of them.
pub(super) fn run<'p>(
    platforms: impl Iterator<Item = &'p Platform>,
    repository: Option<&str>,
    format: Format,
) -> anyhow::Result<Status> {
    let mut tried = Vec::new();
    for platform in platforms {
        for expectation in platform.expectations.iter().filter(|e| repository.is_none_or(|r| e.repository == r)) {
            tried.push(self::tried(platform, expectation)?);
        }
    }
    show::out(match format {
        Format::Json => Tried::json(&tried),
        Format::Text if tried.is_empty() => {
            "nothing is expected: write `expect`, or simulate with --images or --schedule\n".to_owned()
        }
        Format::Text => {
            let charset = super::super::style().charset;
            tried.iter().map(|tried| charset.disarm(&tried.line()) + "\n").collect()
        }
    })?;
    Ok(if tried.iter().all(|tried| tried.instead.is_empty()) { Status::Good } else { Status::No })
}

fn tried<'p>(platform: &'p Platform, expectation: &'p Expectation) -> anyhow::Result<Tried<'p>> {
    let repository = platform.repository(&expectation.repository);
    let repository = repository.ok_or_else(|| anyhow!("there is no repository called {}", expectation.repository))?;
    let nothing = Policy { rules: Vec::new() };
    let policy = repository.lifecycle.as_ref().map_or(&nothing, |lifecycle| &lifecycle.policy);
    let history = expectation.scene.play(policy, &repository.services, &platform.scope.environment);
    let history = history.map_err(|fault| anyhow!("\"{}\": {fault}", expectation.sentence))?;
    let instead = expectation.goals.iter().filter_map(|(goal, _)| goal.missed(&history)).collect();
    Ok(Tried {
        sentence: &expectation.sentence,
        repository: &repository.name,
        environment: &platform.scope.environment,
        found: expectation.scene.found(&history, &platform.prices),
        instead,
    })
}
