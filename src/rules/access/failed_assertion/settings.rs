//! Repositories whose settings are not what is asserted.

use std::collections::BTreeMap;

use super::only::SHOWN;
use super::{Finding, RULE};
use crate::platform::claims::assertion::{Assertion, Wanted};
use crate::platform::{Platform, Repository, RootModule};
use crate::prose::few;

/// Repositories whose setting is another, those with the same one together.
pub(super) fn broken(platform: &Platform, assertion: &Assertion, wanted: &Wanted) -> Vec<Finding> {
    let repositories = platform.repositories.iter().filter(|one| assertion.repositories.contains(&one.key));
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
            .help(format!("change `{}` there, or what is asserted", wanted.key))
            .at(format!("assert.{}", assertion.sentence))
    };
    others.into_iter().map(found).collect()
}

/// What a repository has instead of what is asserted, if it has not that.
fn instead(root: &RootModule, wanted: &Wanted, repository: &Repository) -> Option<String> {
    if wanted.others.contains(&repository.key) {
        return Some((wanted.setting.value)(repository));
    }
    (wanted.setting.lost)(repository, root).map(str::to_owned)
}
