//! Simulations for programs: JSON, whose keys stay and mean the same as long as `format_version` does.

use serde::Serialize;

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
    verdicts: Vec<Verdict<'a>>,
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

/// The verdicts, repositories and images in the order of the input, with a line end.
/// A comparison adds a key of its own.
pub fn json(simulations: &[(Simulation<'_>, Option<Comparison>)]) -> String {
    let repositories = simulations.iter().map(|(simulation, comparison)| Repository {
        name: &simulation.name,
        verdicts: simulation
            .images
            .iter()
            .zip(&simulation.fates)
            .map(|(image, fate)| Verdict {
                digest: &image.digest,
                tags: &image.tags,
                action: fate.action(),
                rule: fate.rule,
                certain: fate.doubt.is_none(),
                reason: fate.doubt.iter().fold(fate.reason.clone(), |reason, doubt| format!("{reason}; {doubt}")),
            })
            .collect(),
        against: comparison.as_ref().map(against),
    });
    let document = Document { format_version: 1, repositories: repositories.collect() };
    serde_json::to_string_pretty(&document).expect("strings, numbers and lists can be written") + "\n"
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
