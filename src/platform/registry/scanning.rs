//! The scanning configuration of a registry, computed from what its repositories ask for.
//!
//! ECR API reference, PutRegistryScanningConfiguration: at most two rules, one per frequency. A repository that the rules of
//! both frequencies match is scanned continuously. One that no rule matches is only scanned on request (basic scanning) or not
//! at all (enhanced scanning), whatever its own `image_scanning_configuration`.

pub use crate::language::registry::Scanner;
use crate::platform::Repository;
use crate::platform::registry::scan_filter::{self, TooWide};

/// Which images of a registry ECR scans.
#[derive(Clone, Debug)]
pub struct Scanning {
    /// What scans them.
    pub scanner: Scanner,
    /// At most one rule per frequency, each with at least one filter.
    pub rules: Vec<ScanRule>,
}

impl Scanning {
    /// The value of `scanType` in the ECR API.
    pub fn scan_type(&self) -> &'static str {
        match self.scanner {
            Scanner::Basic => "BASIC",
            Scanner::Enhanced => "ENHANCED",
        }
    }
}

/// A rule of the scanning configuration.
#[derive(Clone, Debug)]
pub struct ScanRule {
    /// When a matching repository is scanned.
    pub frequency: Frequency,
    /// The filters, sorted. ECR allows [`scan_filter::MOST`] of them.
    pub filters: Vec<String>,
    /// The filters that match a repository which does not ask for this.
    pub too_wide: Vec<TooWide>,
}

/// When images are scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// When they are pushed.
    OnPush,
    /// When they are pushed, and again when a vulnerability becomes known.
    Continuous,
}

impl Frequency {
    /// The value of `scanFrequency` in the ECR API.
    pub fn as_str(self) -> &'static str {
        match self {
            Frequency::OnPush => "SCAN_ON_PUSH",
            Frequency::Continuous => "CONTINUOUS_SCAN",
        }
    }
}

/// The rules for these repositories. The name of one that a template creates is a pattern.
///
/// A filter for scans on push may match a repository that is scanned continuously, because that includes scans on push.
pub fn resolve(scanner: Scanner, repositories: &[&Repository]) -> Scanning {
    let is_continuous = |one: &&Repository| scanner == Scanner::Enhanced && one.scan_continuously.is_some();
    let (continuous, others): (Vec<&Repository>, Vec<&Repository>) =
        repositories.iter().copied().partition(is_continuous);
    let (on_push, unscanned): (Vec<&Repository>, Vec<&Repository>) =
        others.iter().copied().partition(|one| one.scan_on_push.written() == Some(&true));
    let rule = |frequency, wished: &[&Repository], others: &[&Repository]| {
        let names = |repositories: &[&Repository]| repositories.iter().map(|one| one.name.clone()).collect();
        let (filters, too_wide) = scan_filter::filters(&names(wished), &names(others));
        (!filters.is_empty()).then_some(ScanRule { frequency, filters, too_wide })
    };
    let rules = [rule(Frequency::OnPush, &on_push, &unscanned), rule(Frequency::Continuous, &continuous, &others)];
    Scanning { scanner, rules: rules.into_iter().flatten().collect() }
}
