//! Raw statements: the statements of a repository policy that are written in the spec (`policy_statements`).

use std::collections::BTreeMap;

use crate::iam::{Element, Fault, PolicyKind, Principal, Statement, Step, Symbol, Text};
use crate::platform::PolicyStatement;
use crate::platform::{Platform, Repository};
use crate::policies::bindings::partition;
use crate::policies::own_role;
use crate::source::Span;

/// A raw statement as written in the spec.
#[derive(Clone, Debug)]
pub struct Written<'p> {
    statement: &'p PolicyStatement,
    /// The path of the spec element it belongs to.
    pub path: String,
}

impl Written<'_> {
    /// The place of a part of the statement. For a single item instead of a list, this is the place of the item.
    pub fn place(&self, steps: &[Step]) -> Span {
        self.statement.place(texts(steps).iter().map(String::as_str))
    }

    /// The place of the last key of a path.
    pub fn place_of_key(&self, steps: &[Step]) -> Span {
        self.statement.place_of_key(texts(steps).iter().map(String::as_str))
    }

    /// Reads the statement.
    ///
    /// # Errors
    ///
    /// Returns every error of the statement as part of a repository policy, with its place in the statement.
    pub fn read(&self) -> Result<Statement, Vec<Fault>> {
        let statement = Statement::from_json(&self.statement.to_json())?;
        let faults = PolicyKind::Repository.statement_faults(&statement);
        if faults.is_empty() { Ok(statement) } else { Err(faults) }
    }
}

fn texts(steps: &[Step]) -> Vec<String> {
    let text = |step: &Step| match step {
        Step::Key(key) => key.clone(),
        Step::Item(index) => index.to_string(),
    };
    steps.iter().map(text).collect()
}

/// The raw statements of a repository.
pub fn written(repository: &Repository) -> impl Iterator<Item = Written<'_>> {
    let path = || format!("{}.policy_statements", repository.path());
    repository.policy_statements.iter().map(move |statement| Written { statement, path: path() })
}

/// The valid raw statements of all repositories.
pub fn all(platform: &Platform) -> impl Iterator<Item = (Written<'_>, Statement)> {
    platform.all_repositories().flat_map(written).filter_map(|written| Some((written.clone(), written.read().ok()?)))
}

/// The valid raw statements of one repository with their places. As in all documents, the partition in ARNs is a
/// symbol.
pub fn statements(platform: &Platform, repository: &Repository) -> Vec<(Statement, Span)> {
    let (partition, _) = partition(&platform.region);
    let start = format!("arn:{partition}:");
    let text = |text: &Text| match text.as_literal().and_then(|text| text.strip_prefix(&start)) {
        Some(rest) => Text::from("arn:").symbol(Symbol::Partition).literal(":").literal(rest),
        None => text.clone(),
    };
    let texts = |list: &mut Vec<Text>| list.iter_mut().for_each(|item| *item = text(item));
    let statements = written(repository).filter_map(|written| Some((written.read().ok()?, written.place(&[]))));
    let statements = statements.map(|(mut statement, place)| {
        own_role::refer(platform, &mut statement, |_| true);
        if let Some(Element::Only(Principal::Listed(lists)) | Element::AllExcept(Principal::Listed(lists))) =
            &mut statement.principal
        {
            lists.values_mut().for_each(texts);
        }
        statement.conditions.values_mut().flat_map(BTreeMap::values_mut).for_each(texts);
        (statement, place)
    });
    statements.collect()
}
