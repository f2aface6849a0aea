//! Simulations for programs: JSON, whose keys stay and mean the same as long as `format_version` does.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::comparison::{Change, Comparison};
use super::run::Simulation;

#[derive(Serialize)]
struct Document<'a> {
    format_version: u32,
    repositories: Vec<Repository<'a>>,
}

#[derive(Serialize)]
struct Repository<'a> {
    name: &'a str,
    verdicts: Verdicts<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Against<'a>>,
}

/// Digests of the images that the other policy treats otherwise.
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

/// One verdict an image, made when it is written: there may be a million.
struct Verdicts<'a>(&'a Simulation<'a>);

impl Serialize for Verdicts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.images.iter().zip(&self.0.fates).map(|(image, fate)| Verdict {
            digest: &image.digest,
            tags: &image.tags,
            action: fate.action(),
            rule: fate.rule,
            certain: fate.doubt.is_none(),
            reason: fate.doubt.iter().fold(fate.reason.clone(), |reason, doubt| format!("{reason}; {doubt}")),
        }))
    }
}

/// Writes the verdicts, repositories and images in the order of the input, with a line end.
/// A comparison adds a key of its own.
///
/// # Errors
/// Those of `out`.
pub fn json(simulations: &[(Simulation<'_>, Option<Comparison>)], mut out: impl Write) -> io::Result<()> {
    let repositories = simulations.iter().map(|(simulation, comparison)| Repository {
        name: &simulation.name,
        verdicts: Verdicts(simulation),
        against: comparison.as_ref().map(against),
    });
    let document = Document { format_version: 1, repositories: repositories.collect() };
    serde_json::to_writer_pretty(&mut out, &document)?;
    out.write_all(b"\n")?;
    out.flush()
}

fn against(comparison: &Comparison) -> Against<'_> {
    Against {
        more: digests(&comparison.more),
        fewer: digests(&comparison.fewer),
        otherwise: digests(&comparison.otherwise),
    }
}

fn digests(changes: &[Change]) -> Vec<&str> {
    changes.iter().map(|change| change.digest.as_str()).collect()
}
