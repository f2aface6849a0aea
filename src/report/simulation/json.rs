//! Simulations as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::amounts::{Amount, Days, Later, PriceList, amounts, later};
use super::result::Report;
use super::words::action;
use crate::diagnostic::Diagnostic;
use crate::report::envelope;
use crate::report::findings::{self, Finding};
use crate::simulation::{Change, Comparison, MissingManifests, PreviewComparison, Simulation};
use crate::source::Sources;
use crate::time::second;

#[derive(Serialize)]
struct Body<'a> {
    repositories: Vec<Repository<'a>>,
    findings: Vec<Finding<'a>>,
    files: Vec<&'a str>,
}

#[derive(Serialize)]
struct Repository<'a> {
    name: &'a str,
    at: String,
    complete: bool,
    verdicts: Verdicts<'a>,
    totals: BTreeMap<&'static str, Amount>,
    later: Vec<Later>,
    in_use_but_unlisted: &'a [String],
    remarks: &'a [String],
    manifests_command: Option<String>,
    prices: PriceList<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Days>,
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
    later: Vec<&'a str>,
    uncertain: Vec<&'a str>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    digest: &'a str,
    tags: &'a [String],
    size: u64,
    pushed_at: String,
    action: &'a str,
    rule: Option<u32>,
    certain: bool,
    possible: Option<&'a str>,
    reason: String,
    acted_on_at: Option<String>,
    deleted_at: Option<String>,
    in_use: &'a [String],
}

/// One verdict per listed image, computed while it is written, because there may be a million.
struct Verdicts<'a>(&'a Simulation<'a>, &'a [usize]);

impl Serialize for Verdicts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let of = |&image: &usize| (&self.0.images[image], &self.0.outcomes[image]);
        serializer.collect_seq(self.1.iter().map(of).map(|(image, outcome)| {
            Verdict {
                digest: &image.digest,
                tags: &image.tags,
                size: image.size,
                pushed_at: second(image.pushed),
                action: action(outcome.kind),
                rule: outcome.rule,
                possible: outcome.possible.map(action),
                acted_on_at: outcome.when.map(second),
                deleted_at: outcome.gone.map(second),
                in_use: &outcome.used_by,
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
///
/// # Panics
/// If a label names a file that `sources` does not hold.
pub fn json(reports: &[Report<'_>], sources: &Sources, findings: &[Diagnostic], out: impl Write) -> io::Result<()> {
    let repositories = reports.iter().map(|report| Repository {
        name: &report.simulation.name,
        at: second(report.simulation.at),
        complete: report.simulation.complete,
        verdicts: Verdicts(&report.simulation, &report.listed),
        totals: amounts(&report.simulation, &report.prices),
        later: later(&report.simulation),
        in_use_but_unlisted: &report.simulation.unanswered,
        remarks: &report.simulation.remarks,
        manifests_command: MissingManifests::of(&report.simulation).map(|missing| missing.command),
        prices: PriceList::of(&report.prices),
        history: report.history.as_ref().map(Days::of),
        against: report.against.as_ref().map(against),
        preview: report.preview.as_ref().map(preview),
    });
    let findings = findings::by_place(findings);
    let body = Body {
        repositories: repositories.collect(),
        findings: findings.iter().map(|finding| findings::finding(sources, finding)).collect(),
        files: findings::files(sources, &findings, &[]),
    };
    envelope::write(&body, out)
}

fn against(comparison: &Comparison) -> Against<'_> {
    Against {
        uncertain: comparison.all().filter(|change| !change.certain).map(|change| change.digest.as_str()).collect(),
        more: digests(&comparison.more),
        fewer: digests(&comparison.fewer),
        otherwise: digests(&comparison.otherwise),
        later: digests(&comparison.later),
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
