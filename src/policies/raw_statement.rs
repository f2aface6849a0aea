//! Raw statements: the statements of a repository policy that are written in the spec (`policy_statements`).

use std::collections::BTreeMap;

use crate::iam::{self, Element, Fault, PolicyKind, Principal, PrincipalKind, Statement, Step, Symbol, Text};
use crate::platform::{Given, PolicyStatement};
use crate::platform::{Platform, Repository};
use crate::policies::bindings::partition;
use crate::policies::own_role;
use crate::source::Span;
use crate::value::OrVariable;

/// A raw statement as written in the spec.
#[derive(Clone, Debug)]
pub struct Written<'p> {
    statement: &'p PolicyStatement,
    /// The partition of the repository.
    partition: &'static str,
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

    /// Reads the statement, with the defaults of variables, which are as good as what the spec has itself. About other variables
    /// and references, nothing is known.
    ///
    /// # Errors
    ///
    /// Returns every error of the statement as part of a repository policy, with its place in the statement.
    pub fn read(&self) -> Result<Statement, Vec<Fault>> {
        let mut statement = Statement::from_json(&self.statement.to_json())?;
        self.open(&mut statement, |given| given.value.written().is_none());
        let faults = PolicyKind::Repository.statement_faults(&statement);
        if faults.is_empty() { Ok(statement) } else { Err(faults) }
    }
}

impl Written<'_> {
    /// Replaces the placeholders of these variables and references with symbols.
    fn open(&self, statement: &mut Statement, is_open: impl Fn(&Given) -> bool) {
        for given in self.statement.given.iter().filter(|given| is_open(given)) {
            let text = text_at(statement, &given.at).expect("the statement was read with this placeholder");
            *text = Text::from(Symbol::Given(symbol(given, self.partition)));
        }
    }
}

/// The text at a place in a statement.
fn text_at<'s>(statement: &'s mut Statement, at: &[String]) -> Option<&'s mut Text> {
    let (texts, item) = match at {
        [element, operator, key, item @ ..] if element == "Condition" => {
            let keys = statement.conditions.get_mut(&operator.parse().ok()?)?;
            (keys.get_mut(&Text::from(key.as_str()))?, item)
        }
        [_, kind, item @ ..] => {
            let kind = PrincipalKind::ALL.into_iter().find(|known| known.name() == kind)?;
            let Some(Element::Only(Principal::Listed(lists))) = &mut statement.principal else { return None };
            (lists.get_mut(&kind)?, item)
        }
        _ => return None,
    };
    texts.get_mut(item.first().map_or(Some(0), |item| item.parse().ok())?)
}

/// Terraform checks the value of a variable where it is declared, and that of a reference where it is used.
fn symbol(given: &Given, partition: &str) -> iam::Given {
    match &given.value {
        OrVariable::Reference(reference) => {
            iam::Given { expression: reference.as_str().to_owned(), pattern: Some(given.form.pattern(partition)) }
        }
        OrVariable::Variable(variable) => {
            iam::Given { expression: format!("var.{}", variable.name.as_str()), pattern: None }
        }
        OrVariable::Literal(_) => unreachable!("only variables and references are given"),
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
pub fn written<'p>(platform: &Platform, repository: &'p Repository) -> impl Iterator<Item = Written<'p>> {
    let (partition, _) = partition(&platform.region);
    let path = || format!("{}.policy_statements", repository.path());
    repository.policy_statements.iter().map(move |statement| Written { statement, partition, path: path() })
}

/// The valid raw statements of all repositories.
pub fn all(platform: &Platform) -> impl Iterator<Item = (Written<'_>, Statement)> {
    let all = platform.all_repositories().flat_map(|repository| written(platform, repository));
    all.filter_map(|written| Some((written.clone(), written.read().ok()?)))
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
    let statements = written(platform, repository).filter_map(|written| Some((written.read().ok()?, written)));
    let statements = statements.map(|(mut statement, written)| {
        written.open(&mut statement, |_| true);
        own_role::refer(platform, &mut statement, |_| true);
        if let Some(Element::Only(Principal::Listed(lists)) | Element::AllExcept(Principal::Listed(lists))) =
            &mut statement.principal
        {
            lists.values_mut().for_each(texts);
        }
        statement.conditions.values_mut().flat_map(BTreeMap::values_mut).for_each(texts);
        (statement, written.place(&[]))
    });
    statements.collect()
}
