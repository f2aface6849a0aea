//! Reports about generated files as SARIF.

use super::diff::Diff;
use super::{Drift, DriftKind, DriftedFile};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::findings;
use crate::report::place::Place;
use crate::report::sarif::{Alert, At, InRepository, LineHashes, Log, Region, Related, Rule};
use crate::source::Sources;

/// The report of `check`: the findings (may be empty), then the files that do not match the spec.
///
/// # Panics
/// If a span names a file that `sources` does not hold.
pub fn drift(sources: &Sources, in_repository: &InRepository, findings: &[Diagnostic], drift: &Drift) -> String {
    let mut log = Log::new(in_repository);
    findings::add_to_sarif(&mut log, sources, findings);
    drift.files.iter().for_each(|file| log.push(drifted(sources, file, &drift.remedy)));
    log.document()
}

fn rule() -> Rule {
    Rule::without_code(
        "drift",
        "A generated file does not match the spec.",
        "Terraform applies the committed output, not the spec. The next render changes the file to what the spec describes.",
        "If only the spec or ecrgen changed, run `ecrgen render` and commit the result. If the file was edited, restore it, or \
         make the change in the spec.",
    )
}

/// At the first line on disk that differs. A missing file is reported at the part of the spec that it is generated from.
fn drifted<'a>(sources: &'a Sources, file: &'a DriftedFile, remedy: &str) -> Alert<'a> {
    let origin = file.origin.map(|origin| Place::of(sources, origin));
    let first_line = Diff::of(file).map_or(Some(1), |diff| diff.first_line);
    let on_disk = At { file: &file.path, region: Region::of_line(first_line.unwrap_or(1)) };
    let at = origin.filter(|_| first_line.is_none()).map_or(on_disk, At::from);
    let fingerprint = match (&file.kind, file.origin) {
        (DriftKind::Changed { old, .. }, _) => LineHashes::of(old).line(at.region.start_line),
        (DriftKind::Missing { .. }, Some(origin)) => {
            LineHashes::of(&sources.file(origin.file).text).line(at.region.start_line)
        }
        _ => None,
    };
    let source = file.source(sources).map(|source| format!("generated from {source}"));
    let related = origin.zip(source).map(|(place, text)| Related { at: place.into(), text });
    Alert {
        rule: rule(),
        severity: Severity::Error,
        message: format!("{} {}\n{remedy}", file.path, file.kind.predicate()),
        at,
        element: file.cause.as_deref().unwrap_or_default(),
        related: related.into_iter().collect(),
        fingerprint,
        fix: None,
    }
}
