//! The repository policy: one document, merged from all access entries that need it, the guard rails of the repository, and the raw
//! statements in the spec.
//!
//! A repository policy has no `Resource`, because it applies to its own repository (ECR user guide, "Private repository
//! policies"). It can only contain actions that can be granted on a repository.

use std::collections::{BTreeMap, BTreeSet};

use super::permission::actions;
use super::policy::Source;
use super::raw_statement;
use super::{guard_rails, guests};
use crate::iam::{Sid, Statement};
use crate::platform::{Access, Platform, Repository};
use crate::principals::{Means, Setting, sid};
use crate::source::Span;

/// The access entries that have statements in repository policies, by the key of the repository.
pub(super) fn entries(platform: &Platform) -> BTreeMap<&str, Vec<&Access>> {
    let mut entries: BTreeMap<&str, Vec<&Access>> = BTreeMap::new();
    for access in platform.access.iter().filter(|access| access.is_in_repository_policies()) {
        for key in &access.repositories {
            entries.entry(key).or_default().push(access);
        }
    }
    entries
}

/// Whether any repository of the spec has a policy.
pub fn some_have_policies(platform: &Platform) -> bool {
    let entries = entries(platform);
    platform.repositories.iter().any(|repository| has_policy(platform, &entries, repository))
}

/// Whether a repository has a policy.
pub fn has_policy(platform: &Platform, entries: &BTreeMap<&str, Vec<&Access>>, repository: &Repository) -> bool {
    let is_written = || raw_statement::written(platform, repository).any(|statement| statement.read().is_ok());
    entries.contains_key(repository.key.as_str()) || guard_rails::has_any(repository) || is_written()
}

/// The statements of the policy of a repository, or of its replica in another region, in their order, each with its source.
/// Empty if the repository has no policy.
pub(super) fn statements<'p>(
    platform: &'p Platform,
    repository: &'p Repository,
    region: &str,
    entries: &[&'p Access],
) -> (Vec<Statement>, Vec<Source<'p>>) {
    let setting = Setting { region, ..platform.setting() };
    let (granted, givers): (Vec<Statement>, Vec<Source>) = entries
        .iter()
        .flat_map(|&access| {
            let statements = match access.principal.means() {
                Means::RepositoryPolicy(principal) => principal.statements(&access.name, &actions(access), &setting),
                _ => Vec::from_iter(guests::statement(access, &actions(access))),
            };
            statements.into_iter().map(move |statement| (statement, Source::Entry(access)))
        })
        .unzip();
    let (written, places): (Vec<Statement>, Vec<Span>) =
        raw_statement::statements(platform, repository).into_iter().unzip();
    let (denied, rails): (Vec<Statement>, Vec<Span>) =
        guard_rails::statements(platform, repository).into_iter().unzip();
    let computed = distinct(granted.into_iter().chain(denied).collect(), &written);
    let places = rails.into_iter().chain(places).map(Source::Place);
    (computed.into_iter().chain(written).collect(), givers.into_iter().chain(places).collect())
}

/// Renames the statements so that their names differ from each other (`a-1` and `a1` both become `A1`) and from the
/// names of the other statements.
pub(super) fn distinct(mut statements: Vec<Statement>, others: &[Statement]) -> Vec<Statement> {
    let mut taken: BTreeSet<Sid> = others.iter().filter_map(|statement| statement.sid.clone()).collect();
    for statement in &mut statements {
        let Some(name) = statement.sid.take() else { continue };
        let numbered = (2..).map(|number| sid(&format!("{name}{number}")));
        statement.sid = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name));
        taken.extend(statement.sid.clone());
    }
    statements
}
