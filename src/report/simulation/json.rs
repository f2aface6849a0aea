//! Simulations as JSON.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::words::action;
use crate::report::envelope;
use crate::simulation::{Change, Comparison, PreviewComparison, Simulation};

/// A simulation of one repository, with its comparisons.
pub struct Report<'a> {
    /// The simulation.
    pub simulation: Simulation<'a>,
    /// The comparison with another policy.
    pub against: Option<Comparison>,
    /// The comparison with AWS's own preview.
    pub preview: Option<PreviewComparison>,
}

#[derive(Serialize)]
struct Body<'a> {
    repositories: Vec<Repository<'a>>,
}

#[derive(Serialize)]
struct Repository<'a> {
    name: &'a str,
    verdicts: Verdicts<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Against<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<Preview<'a>>,
}

/// How AWS's own preview differs.
#[derive(Serialize)]
struct Preview<'a> {
    same: usize,
    unlisted: usize,
    differing: Vec<Difference<'a>>,
}

#[derive(Serialize)]
struct Difference<'a> {
    digest: &'a str,
    aws: &'a str,
    ecrgen: &'a str,
    certain: bool,
}

/// Digests of the images that the other policy treats differently.
#[derive(Serialize)]
struct Against<'a> {
    more: Vec<&'a str>,
    fewer: Vec<&'a str>,
    otherwise: Vec<&'a str>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    digest: &'a str,
    tags: &'a [String],
    action: &'a str,
    rule: Option<u32>,
    certain: bool,
    reason: String,
}

/// One verdict per image, computed while it is written, because there may be a million.
struct Verdicts<'a>(&'a Simulation<'a>);

impl Serialize for Verdicts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.images.iter().zip(&self.0.outcomes).map(|(image, outcome)| {
            Verdict {
                digest: &image.digest,
                tags: &image.tags,
                action: action(outcome.kind),
                rule: outcome.rule,
                certain: outcome.is_certain(),
                reason: [Some(&outcome.reason), outcome.doubt.as_ref(), outcome.doubt_of_dates.as_ref()]
                    .into_iter()
                    .flatten()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .join("; "),
            }
        }))
    }
}

/// Writes one document with the verdicts. Repositories and images are in the order of the input. Comparisons add the keys
/// `against` and `preview`.
///
/// # Errors
/// Those of `out`.
pub fn json(reports: &[Report<'_>], out: impl Write) -> io::Result<()> {
    let repositories = reports.iter().map(|Report { simulation, against, preview }| Repository {
        name: &simulation.name,
        verdicts: Verdicts(simulation),
        against: against.as_ref().map(self::against),
        preview: preview.as_ref().map(self::preview),
    });
    envelope::write(&Body { repositories: repositories.collect() }, out)
}

fn against(comparison: &Comparison) -> Against<'_> {
    Against {
        more: digests(&comparison.more),
        fewer: digests(&comparison.fewer),
        otherwise: digests(&comparison.otherwise),
    }
}

fn preview(comparison: &PreviewComparison) -> Preview<'_> {
    let differing = comparison.differing.iter().map(|difference| Difference {
        digest: &difference.digest,
        aws: action(difference.aws),
        ecrgen: action(difference.here),
        certain: difference.certain,
    });
    Preview { same: comparison.same, unlisted: comparison.unlisted, differing: differing.collect() }
}

fn digests(changes: &[Change]) -> Vec<&str> {
    changes.iter().map(|change| change.digest.as_str()).collect()
}
