//! Findings that the spec waives, each with a reason.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::all;
use crate::diagnostic::{Code, Diagnostic, Severity, codes, nearest};
use crate::lifecycle;
use crate::platform::Platform;
use crate::platform::Waiver;
use crate::source::{Span, Spanned};
use crate::value::{Day, RuleCode};

/// Applies the waivers of all platforms of a spec to their findings, and checks the waivers: one that names
/// an unknown rule, that waives an error, or that matches no finding is itself a finding.
///
/// A waiver covers what a finding is about, such as `repositories.cart.retention`, and the place that the finding marks, such as
/// `repository_defaults.retention`: `path_of` returns the paths of places, and is slow. `today` is a date such as `2026-11-21`. A
/// waiver applies until the end of its last day.
pub fn apply(
    findings: Vec<(usize, Diagnostic)>,
    platforms: &[Platform],
    today: &str,
    path_of: impl FnOnce(&[Span]) -> HashMap<Span, String>,
) -> Waived {
    let mut used: Vec<BTreeSet<Span>> = vec![BTreeSet::new(); platforms.len()];
    let mut kept = Vec::new();
    let indexes: Vec<Index> = platforms.iter().map(Index::of).collect();
    let has_unknown = |(of, finding): &&(usize, Diagnostic)| indexes[*of].depends_on_place(finding);
    let places: Vec<Span> = findings.iter().filter(has_unknown).filter_map(|(_, finding)| finding.place()).collect();
    let marked = path_of(&places);
    for (of, finding) in findings {
        let marked = finding.place().and_then(|place| marked.get(&place));
        let waivers = indexes[of].waivers(&finding, marked.map(String::as_str));
        used[of].extend(waivers.iter().map(|(code, _)| code.span));
        let ended = waivers.iter().filter_map(|(_, waiver)| waiver.until.as_ref().filter(|day| day.as_str() < today));
        let ended: Vec<&Spanned<Day>> = ended.collect();
        if ended.len() == waivers.len() {
            let note = |finding: Diagnostic, day: &Spanned<Day>| {
                finding.and(day.span, format!("waiver ended on {}", day.as_str()))
            };
            kept.push(ended.into_iter().fold(finding, note));
        }
    }
    let anywhere: BTreeSet<Span> = used.iter().flatten().copied().collect();
    let mut judged = BTreeSet::new();
    for platform in platforms {
        for (code, _) in &platform.waivers {
            if judged.insert(code.span) {
                kept.extend(fault(code, platform, &anywhere));
            }
        }
    }
    Waived { findings: kept, used }
}

/// What waivers leave.
pub struct Waived {
    /// The findings that no waiver covers, and those about waivers.
    pub findings: Vec<Diagnostic>,
    /// For each platform, the waivers that cover one of its findings, by the places of their codes.
    pub used: Vec<BTreeSet<Span>>,
}

/// The waivers of a platform, by what they cover. A spec can have thousands of waived paths, findings and repositories.
struct Index<'p> {
    platform: &'p Platform,
    repositories: HashSet<&'p str>,
    /// How many waivers each code has.
    codes: HashMap<&'p str, usize>,
    /// The waivers of a code at a path, as indexes into the platform's waivers.
    covering: HashMap<(&'p str, Vec<&'p str>), Vec<usize>>,
}

impl<'p> Index<'p> {
    fn of(platform: &'p Platform) -> Self {
        let repositories = platform.all_repositories().map(|repository| repository.key.as_str()).collect();
        let mut codes = HashMap::new();
        platform.waivers.iter().for_each(|(code, _)| *codes.entry(code.as_str()).or_default() += 1);
        let mut index = Index { platform, repositories, codes, covering: HashMap::new() };
        for (at, (code, waiver)) in platform.waivers.iter().enumerate() {
            for steps in waiver.at.iter().filter_map(|path| index.covered(path.as_str())).collect::<Vec<_>>() {
                index.covering.entry((code.as_str(), steps)).or_default().push(at);
            }
        }
        index
    }

    /// Returns the waivers that match a finding, expired or not, by what it is about or by the path of the place that it marks.
    fn waivers(&self, finding: &Diagnostic, marked: Option<&str>) -> Vec<&'p (Spanned<RuleCode>, Waiver)> {
        if finding.severity == Severity::Error || !self.codes.contains_key(finding.code.name) {
            return Vec::new();
        }
        let about = self.steps(&finding.path);
        let marked = marked.and_then(|path| self.covered(path)).unwrap_or_default();
        let found: BTreeSet<usize> =
            [about, marked].iter().flat_map(|steps| self.above(finding.code.name, steps)).collect();
        found.into_iter().map(|at| &self.platform.waivers[at]).collect()
    }

    /// Whether the place that a finding marks can add a waiver to those that match what it is about.
    fn depends_on_place(&self, finding: &Diagnostic) -> bool {
        let all = self.codes.get(finding.code.name).copied().unwrap_or_default();
        finding.severity < Severity::Error && self.waivers(finding, None).len() < all
    }

    /// The waivers of a code at these steps or above them.
    fn above<'a>(&'a self, code: &'a str, steps: &'a [&'a str]) -> impl Iterator<Item = usize> + 'a {
        let at = move |length: usize| self.covering.get(&(code, steps[..length].to_vec()));
        (0..=steps.len()).filter_map(at).flatten().copied()
    }

    /// The steps of a written path: a waiver at them covers every finding there or below. `environments.E` is everything in
    /// that environment, and `None` is in another one.
    fn covered<'a>(&self, at: &'a str) -> Option<Vec<&'a str>> {
        let at = match at.strip_prefix("environments.") {
            None if at == "environments" => return Some(Vec::new()),
            None => at,
            Some(rest) => match rest.split_once('.').unwrap_or((rest, "")) {
                (name, _) if name != self.platform.scope.environment => return None,
                (_, "") => return Some(Vec::new()),
                (_, below) => below,
            },
        };
        Some(self.steps(at))
    }

    /// Splits a path into its steps. The key of a repository or the prefix of a template is one step, even if it contains dots.
    fn steps<'a>(&self, path: &'a str) -> Vec<&'a str> {
        let maps = ["repositories", "repository_templates"];
        let below = maps.into_iter().find_map(|map| Some((map, path.strip_prefix(map)?.strip_prefix('.')?)));
        let Some((map, below)) = below else { return path.split('.').collect() };
        let ends = || below.match_indices('.').map(|(dot, _)| dot).chain([below.len()]);
        let known = ends().rfind(|end| self.repositories.contains(&below[..*end]));
        let (key, rest) = below.split_at(known.or_else(|| ends().next()).unwrap_or(below.len()));
        let rest = rest.strip_prefix('.').into_iter().flat_map(|rest| rest.split('.'));
        [map, key].into_iter().chain(rest).collect()
    }
}

/// The codes that `waive` accepts: those of the rules, those of AWS's constraints on lifecycle policies, and the warning about
/// names in environments.
pub fn waivable() -> impl Iterator<Item = &'static Code> {
    let constraints = lifecycle::constraints().map(|constraint| &constraint.code);
    all().map(|rule| &rule.code).chain(constraints).chain([&codes::UNMATCHED_OVERRIDE])
}

/// The codes of everything that is not about the platform of a spec: of reading it, and of its output.
fn others() -> impl Iterator<Item = &'static Code> {
    codes::CODES.iter().copied().flatten().copied()
}

/// Returns what is wrong with a waiver, if anything.
fn fault(written: &Spanned<RuleCode>, platform: &Platform, used: &BTreeSet<Span>) -> Option<Diagnostic> {
    let (code, span) = (written.as_str(), written.span);
    let path = format!("waive.{code}");
    let Some(known) = waivable().chain(others()).find(|known| known.name == code) else {
        let message = format!("unknown rule `{code}`");
        let can_be_waived = waivable().filter(|known| known.severity < Severity::Error);
        let names: Vec<&str> = can_be_waived.map(|known| known.name).collect();
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
    if !waivable().any(|waivable| waivable == known) {
        let message = format!("`{code}` cannot be waived, because it is not about the platform of the spec");
        return Some(Diagnostic::new(&codes::CANNOT_WAIVE, span, message).help("remove the waiver").at(path));
    }
    (!used.contains(&span)).then(|| {
        let message = format!("the waiver of `{code}` matches no finding");
        Diagnostic::new(&codes::UNUSED_WAIVER, span, message).help("remove it, or correct its `at`").at(path)
    })
}
