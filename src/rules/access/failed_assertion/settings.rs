//! Repositories whose settings contradict an assertion.

use std::collections::BTreeMap;

use super::only::SHOWN;
use super::{Finding, RULE};
use crate::platform::claims::assertion::{Assertion, Wanted};
use crate::platform::{Platform, Repository, RootModule};
use crate::prose::few;

/// Reports repositories with a different setting; those with the same setting share a finding.
pub(super) fn broken(platform: &Platform, assertion: &Assertion, wanted: &Wanted) -> Vec<Finding> {
    let repositories = platform.all_repositories().filter(|one| assertion.repositories.contains(&one.key));
    let mut others: BTreeMap<String, Vec<&Repository>> = BTreeMap::new();
    for repository in repositories {
        if let Some(instead) = instead(&platform.root, wanted, repository) {
            others.entry(instead).or_default().push(repository);
        }
    }
    let found = |(instead, repositories): (String, Vec<&Repository>)| {
        let names = few(repositories.iter().map(|repository| repository.key.as_str()), SHOWN);
        let message = format!("\"{}\" does not hold: `{}` of {names} {instead}", assertion.sentence, wanted.key);
        let found = RULE.finding(wanted.span, message).and(repositories[0].span, "this repository");
        found
            .help(format!("change `{}` there, or change the assertion", wanted.key))
            .at(format!("assert.{}", assertion.sentence))
    };
    others.into_iter().map(found).collect()
}

/// Returns what a repository has instead of the asserted setting, if it differs.
fn instead(root: &RootModule, wanted: &Wanted, repository: &Repository) -> Option<String> {
    if wanted.others.contains(&repository.key) {
        return Some((wanted.setting.value)(repository));
    }
    (wanted.setting.lost)(repository, root).map(str::to_owned)
}
