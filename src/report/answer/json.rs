//! An answer as JSON.

use serde::Serialize;

use crate::permissions::{Answer, Half, MatchedStatement, Reply};
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
    missing: Vec<&'static str>,
    /// Null if one environment has both the principal and the repository.
    across: Option<Outside<'a>>,
}

#[derive(Serialize)]
struct Outside<'a> {
    repository: String,
    environment: Option<&'a str>,
    lacks: Vec<&'static str>,
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
pub fn json(reply: &Reply, sources: &Sources) -> String {
    let (answer, across) = match reply {
        Reply::Within(answer) => (answer, None),
        Reply::Across(across) => (&across.identity, Some(across)),
    };
    let halves = || [answer].into_iter().chain(across.and_then(|across| across.resource.as_ref()));
    let lacks = |half: Half| match half {
        Half::Identity => "identity-policy",
        Half::Resource => "repository-policy",
    };
    let outside = across.map(|across| Outside {
        repository: across.repository.to_string(),
        environment: across.owner.map(|(one, _)| one.platform.scope.environment.as_str()),
        lacks: across.lacks().into_iter().map(lacks).collect(),
    });
    let statements = halves()
        .flat_map(|half| half.grounds.iter().chain(&half.denials).map(move |ground| statement(half, ground, sources)));
    let scope = &answer.permissions.platform.scope;
    envelope::document(&Body {
        platform: &scope.platform,
        environment: &scope.environment,
        principal: &answer.principal.name,
        action: answer.operation.name(),
        repository: across.and_then(|across| across.owner).map_or(&answer.repository, |(_, own)| &own.key),
        can: reply.is_yes(),
        statements: statements.collect(),
        missing: halves().flat_map(|half| half.missing.iter().copied()).collect(),
        across: outside,
    })
}

fn statement<'a>(answer: &'a Answer, ground: &'a MatchedStatement, sources: &'a Sources) -> DecidingStatement<'a> {
    let policy = &answer.permissions.documents[ground.by.document];
    let (line, column) = sources.position(ground.place);
    DecidingStatement {
        document: policy.title_for(&answer.repository_name),
        statement: policy.statement_name(ground.by.statement),
        allows: ground.verdict.is_yes(),
        actions: &ground.actions,
        conditions: answer.conditions(ground),
        file: &sources.file(ground.place.file).name,
        line,
        column,
    }
}
