//! What ecrgen rejects or advises against: one file per rule, all listed in one place.
//!
//! A rule is a value. Its bad and good examples are both its documentation and its test: the rule must
//! report the bad one and must not report the good one.

mod access;
mod caches;
mod monitoring;
mod pipelines;
mod policies;
pub mod providers;
mod registry;
mod replication;
mod repositories;
mod retention;
mod trust;
pub mod waiver;
mod workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::diagnostic::{Code, Diagnostic, Gaps, Severity};
use crate::parallel;
use crate::platform::{Platform, Repository};
use crate::policies::Policies;
use crate::source::Span;
use crate::value::RepositoryArn;

/// A rule.
pub struct Rule {
    /// Its name, severity and page. An error is something that AWS would reject or that grants access to anyone; errors
    /// cannot be waived.
    pub code: Code,
    /// Returns its findings.
    pub check: fn(&Facts) -> Vec<Finding>,
}

/// What rules check.
pub struct Facts<'p> {
    /// The platform.
    pub platform: &'p Platform,
    /// The platform's policies.
    pub policies: &'p Policies<'p>,
    /// The platforms of all environments of the spec, with this one.
    pub environments: &'p [Platform],
    /// The lifecycle policies, once a rule has asked for them. Preparing them must not start parallel work: its thread could
    /// take another rule, which waits for them.
    lifecycles: OnceLock<Vec<retention::Subject<'p>>>,
}

impl Facts<'_> {
    /// Whether these parts of the spec are complete, so that what they lack is known, too.
    fn know(&self, paths: &[&str]) -> bool {
        paths.iter().all(|path| self.platform.gaps.spare(path))
    }

    /// Whether the parts that decide about access across accounts are complete in every environment.
    fn know_environments(&self) -> bool {
        const PARTS: [&str; 6] = ["account", "region", "names", "repositories", "repository_defaults", "access"];
        self.environments.iter().all(|platform| PARTS.iter().all(|path| platform.gaps.spare(path)))
    }

    /// The environments of the spec in this account.
    fn environments_in(&self, account: &str) -> impl Iterator<Item = &Platform> {
        self.environments.iter().filter(move |platform| platform.scope.account.as_deref() == Some(account))
    }

    /// The environment of the spec that has the repository.
    fn owner(&self, arn: &RepositoryArn) -> Option<(&Platform, &Repository)> {
        self.environments_in(arn.account()).filter(|other| other.region == arn.region()).find_map(|other| {
            let repository = other.repositories.iter().find(|repository| repository.name == arn.name())?;
            Some((other, repository))
        })
    }
}

/// A finding of a rule.
pub type Finding = Diagnostic;

impl Rule {
    /// Creates a finding at one place.
    fn finding(&'static self, span: Span, message: impl Into<String>) -> Finding {
        Diagnostic::new(&self.code, span, message)
    }
}

/// All rules, grouped by subject.
pub static RULES: &[&[&Rule]] = &[
    access::RULES,
    caches::RULES,
    pipelines::RULES,
    monitoring::RULES,
    policies::RULES,
    providers::RULES,
    registry::RULES,
    replication::RULES,
    repositories::RULES,
    retention::RULES,
    trust::RULES,
    workspace::RULES,
];

/// Iterates over all rules.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().flatten().copied()
}

/// Returns all findings about a platform, waived or not. `environments` are all platforms of its spec.
pub fn check<'p>(policies: &'p Policies<'p>, environments: &'p [Platform]) -> Vec<Diagnostic> {
    let facts = Facts { platform: policies.platform, policies, environments, lifecycles: OnceLock::new() };
    let by_variable = numbers_set_by_variables(policies.platform);
    let rules: Vec<&Rule> = all().collect();
    let found = parallel::each(&rules, policies.platform.repositories.len(), |rule| (rule.check)(&facts));
    let found = found.into_iter().flatten().map(|finding| with_default(finding, &by_variable));
    let known = Known::of(&policies.platform.gaps);
    let mut found: Vec<Finding> = found.filter(|finding| known.is_certain(finding)).collect();
    retention::inherited::explain(policies.platform, &mut found);
    found
}

/// What is certain although parts of a platform have errors.
struct Known<'p> {
    gaps: &'p Gaps,
    /// The codes of waivers with errors.
    waived: BTreeSet<&'p str>,
    /// Whether a waiver with an error may be for any code: it has the name of none.
    may_waive_all: bool,
}

impl<'p> Known<'p> {
    fn of(gaps: &'p Gaps) -> Known<'p> {
        let names: BTreeSet<&str> = waiver::waivable().map(|code| code.name).collect();
        let waived: BTreeSet<&str> = gaps.below("waive").collect();
        Known { gaps, may_waive_all: !waived.is_subset(&names), waived }
    }

    /// Whether a finding is about a part of the platform that is complete. An error stays true, whatever is missing.
    fn is_certain(&self, finding: &Finding) -> bool {
        let may_be_waived = self.may_waive_all || self.waived.contains(finding.code.name);
        finding.severity == Severity::Error || (self.gaps.spare(&finding.path) && !may_be_waived)
    }
}

/// The places of the lifecycle rules whose number a Terraform variable sets, and the names of the variables.
fn numbers_set_by_variables(platform: &Platform) -> BTreeMap<Span, &str> {
    let lifecycles = platform.all_repositories().filter_map(|repository| repository.lifecycle.as_ref());
    let places = lifecycles
        .flat_map(|lifecycle| lifecycle.variables.iter().map(|(rule, name)| (lifecycle.origins[*rule], name.as_str())));
    places.collect()
}

/// Says so if a finding is about one of these lifecycle rules: rules judge the default of the variable.
fn with_default(finding: Finding, by_variable: &BTreeMap<Span, &str>) -> Finding {
    let Some(label) = finding.labels.first() else { return finding };
    let contains =
        |span: &Span| span.file == label.span.file && span.start <= label.span.start && label.span.end <= span.end;
    let Some((_, name)) = by_variable.iter().find(|(span, _)| contains(span)) else { return finding };
    let note = format!("the number is the default of the variable `{name}`, which can be set to another one");
    let help = finding.help.as_ref().map_or_else(|| note.clone(), |help| format!("{help}\n{note}"));
    finding.help(help)
}
