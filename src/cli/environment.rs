//! `--environment`

use anyhow::bail;

use crate::diagnostic::did_you_mean;
use crate::platform::Platform;

/// The platforms of the environment, or all if the command line names none.
///
/// # Errors
/// If no platform has this environment.
pub(super) fn chosen<'p>(
    platforms: impl Iterator<Item = &'p Platform>,
    environment: Option<&str>,
) -> anyhow::Result<Vec<&'p Platform>> {
    let all: Vec<&Platform> = platforms.collect();
    let Some(wanted) = environment else { return Ok(all) };
    let names: Vec<&str> = all.iter().map(|platform| platform.scope.environment.as_str()).collect();
    if !names.contains(&wanted) {
        bail!("the environment `{wanted}` does not exist: {}", did_you_mean(wanted, names, "environments"));
    }
    Ok(all.into_iter().filter(|platform| platform.scope.environment == wanted).collect())
}
