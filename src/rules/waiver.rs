//! Findings that the spec waives, each with a reason.

use std::collections::BTreeSet;

use super::all;
use crate::diagnostic::{Code, Diagnostic, Severity, codes, nearest};
use crate::lifecycle;
use crate::platform::Platform;
use crate::platform::Waiver;
use crate::source::{Span, Spanned};
use crate::value::{Day, RuleCode, SpecPath};

/// Applies the waivers of all platforms of a spec to their findings, and checks the waivers: one that names
/// an unknown rule, that waives an error, or that matches no finding is itself a finding.
///
/// `today` is a date such as `2026-11-21`. A waiver applies until the end of its last day.
pub fn apply(findings: Vec<(usize, Diagnostic)>, platforms: &[Platform], today: &str) -> Vec<Diagnostic> {
    let mut used: BTreeSet<Span> = BTreeSet::new();
    let mut kept = Vec::new();
    for (of, finding) in findings {
        let waivers: Vec<_> = waivers(&finding, &platforms[of]).collect();
        used.extend(waivers.iter().map(|(code, _)| code.span));
        let ended = waivers.iter().filter_map(|(_, waiver)| waiver.until.as_ref().filter(|day| day.as_str() < today));
        let ended: Vec<&Spanned<Day>> = ended.collect();
        if ended.len() == waivers.len() {
            let note = |finding: Diagnostic, day: &Spanned<Day>| {
                finding.and(day.span, format!("waiver ended on {}", day.as_str()))
            };
            kept.push(ended.into_iter().fold(finding, note));
        }
    }
    let mut judged = BTreeSet::new();
    for platform in platforms {
        for (code, _) in &platform.waivers {
            if judged.insert(code.span) {
                kept.extend(fault(code, platform, &used));
            }
        }
    }
    kept
}

/// Returns the waivers that match a finding, expired or not.
fn waivers<'p>(finding: &Diagnostic, platform: &'p Platform) -> impl Iterator<Item = &'p (Spanned<RuleCode>, Waiver)> {
    let matches = |(code, waiver): &&(Spanned<RuleCode>, Waiver)| {
        code.as_str() == finding.code.name && waiver.at.iter().any(|at| covers(at, &finding.path, platform))
    };
    platform.waivers.iter().filter(|_| finding.severity != Severity::Error).filter(matches)
}

/// Whether a path is the waiver's path or below it. `environments.E` covers everything in that environment.
fn covers(at: &SpecPath, path: &str, platform: &Platform) -> bool {
    let at = match at.as_str().strip_prefix("environments.") {
        None if at.as_str() == "environments" => return true,
        None => at.as_str(),
        Some(rest) => match rest.split_once('.').unwrap_or((rest, "")) {
            (name, _) if name != platform.scope.environment => return false,
            (_, "") => return true,
            (_, below) => below,
        },
    };
    steps(path, platform).starts_with(&steps(at, platform))
}

/// Splits a path into its steps. A repository key is one step, even if it contains dots.
fn steps<'p>(path: &'p str, platform: &Platform) -> Vec<&'p str> {
    let Some(below) = path.strip_prefix("repositories.") else { return path.split('.').collect() };
    let is_key = |key: &str| below.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let known = platform.repositories.iter().filter(|repository| is_key(&repository.key)).map(|r| r.key.len()).max();
    let (key, rest) = below.split_at(known.unwrap_or_else(|| below.find('.').unwrap_or(below.len())));
    let rest = rest.strip_prefix('.').into_iter().flat_map(|rest| rest.split('.'));
    ["repositories", key].into_iter().chain(rest).collect()
}

/// The codes that `waive` accepts: those of the rules, those of AWS's constraints on lifecycle policies, and the warning about
/// names in environments.
pub fn waivable() -> impl Iterator<Item = &'static Code> {
    let constraints = lifecycle::constraints().map(|constraint| &constraint.code);
    all().map(|rule| &rule.code).chain(constraints).chain([&codes::UNMATCHED_OVERRIDE])
}

/// Returns what is wrong with a waiver, if anything.
fn fault(written: &Spanned<RuleCode>, platform: &Platform, used: &BTreeSet<Span>) -> Option<Diagnostic> {
    let (code, span) = (written.as_str(), written.span);
    let path = format!("waive.{code}");
    let Some(known) = waivable().find(|known| known.name == code) else {
        let message = format!("unknown rule `{code}`");
        let names: Vec<&str> = waivable().map(|known| known.name).collect();
        // The key cannot appear twice, so a name that is already waived is not offered as a fix.
        let is_written = |name: &str| platform.waivers.iter().any(|(other, _)| other.as_str() == name);
        let place = nearest(code, names.iter().copied()).is_none_or(|name| !is_written(name)).then_some(span);
        let fault = Diagnostic::new(&codes::UNKNOWN_RULE, span, message);
        return Some(fault.did_you_mean(place, code, names, "rules").at(path));
    };
    if known.severity == Severity::Error {
        let message = format!("`{code}` is an error, and errors cannot be waived");
        return Some(
            Diagnostic::new(&codes::CANNOT_WAIVE, span, message).help("remove the waiver and fix the cause").at(path),
        );
    }
    (!used.contains(&span)).then(|| {
        let message = format!("the waiver of `{code}` matches no finding");
        Diagnostic::new(&codes::UNUSED_WAIVER, span, message).help("remove it, or correct its `at`").at(path)
    })
}
