//! An answer as JSON.

use serde::Serialize;

use crate::permissions::{Answer, MatchedStatement};
use crate::report::envelope;
use crate::source::Sources;

#[derive(Serialize)]
struct Body<'a> {
    platform: &'a str,
    environment: &'a str,
    principal: &'a str,
    action: &'a str,
    repository: &'a str,
    can: bool,
    /// The deciding statements.
    statements: Vec<DecidingStatement<'a>>,
    /// Actions that no statement mentions.
    missing: &'a [&'static str],
}

#[derive(Serialize)]
struct DecidingStatement<'a> {
    document: String,
    statement: String,
    allows: bool,
    actions: &'a [&'static str],
    conditions: Vec<String>,
    file: &'a str,
    line: usize,
    column: usize,
}

/// One document with the answer and the statements that decide it.
pub fn json(answer: &Answer, sources: &Sources) -> String {
    let scope = &answer.permissions.platform.scope;
    envelope::document(&Body {
        platform: &scope.platform,
        environment: &scope.environment,
        principal: &answer.principal.name,
        action: answer.operation.name(),
        repository: &answer.repository.key,
        can: answer.is_yes(),
        statements: answer
            .grounds
            .iter()
            .chain(&answer.denials)
            .map(|ground| statement(answer, ground, sources))
            .collect(),
        missing: &answer.missing,
    })
}

fn statement<'a>(answer: &'a Answer, ground: &'a MatchedStatement, sources: &'a Sources) -> DecidingStatement<'a> {
    let policy = &answer.permissions.documents[ground.by.document];
    let (line, column) = sources.position(ground.place);
    DecidingStatement {
        document: policy.title_for(&answer.repository.name),
        statement: policy.statement_name(ground.by.statement),
        allows: ground.verdict.is_yes(),
        actions: &ground.actions,
        conditions: answer.conditions(ground),
        file: &sources.file(ground.place.file).name,
        line,
        column,
    }
}
