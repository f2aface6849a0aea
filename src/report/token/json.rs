//! The answer as JSON.

use serde::Serialize;

use super::causes::sentences;
use crate::permissions::refusal::{Check, Outcome, Proposal, RoleAnswer, TokenAnswer, TokenVerdict};
use crate::report::envelope;
use crate::report::place::Place;
use crate::source::Sources;

#[derive(Serialize)]
struct Body<'a> {
    admitted: bool,
    issuer: Option<&'a str>,
    subject: Option<&'a str>,
    audiences: &'a [String],
    requested_role: Option<&'a str>,
    closest: Option<usize>,
    roles: Vec<Role<'a>>,
    causes: Vec<NamedCause>,
    edit: Option<EditOfSpec<'a>>,
}

#[derive(Serialize)]
struct Role<'a> {
    platform: &'a str,
    environment: &'a str,
    principal: &'a str,
    role: &'a str,
    requested: bool,
    verdict: &'static str,
    conditions: Vec<Condition<'a>>,
}

#[derive(Serialize)]
struct Condition<'a> {
    claim: &'a str,
    operator: String,
    accepted: &'a [String],
    presented: &'a [String],
    result: &'static str,
}

#[derive(Serialize)]
struct NamedCause {
    cause: &'static str,
    explanation: String,
}

#[derive(Serialize)]
struct EditOfSpec<'a> {
    summary: &'a str,
    also_admits: &'a str,
    creates_role: bool,
    assertions: &'a [String],
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

/// One document with the answer of each role.
pub fn json(answer: &TokenAnswer, sources: &Sources) -> String {
    let cause = |cause: &_| NamedCause {
        cause: crate::permissions::refusal::Cause::name(*cause),
        explanation: sentences(answer, *cause),
    };
    envelope::document(&Body {
        admitted: answer.is_admitted(),
        issuer: answer.token.issuer.as_deref(),
        subject: answer.token.subject(),
        audiences: answer.token.values("aud"),
        requested_role: answer.token.requested_role(),
        closest: answer.closest,
        roles: answer.roles.iter().map(role).collect(),
        causes: answer.causes.iter().map(cause).collect(),
        edit: answer.proposal.as_ref().map(|proposal| edit(proposal, sources)),
    })
}

fn role<'a>(role: &'a RoleAnswer) -> Role<'a> {
    let scope = &role.permissions.platform.scope;
    Role {
        platform: &scope.platform,
        environment: &scope.environment,
        principal: &role.principal.name,
        role: &role.principal.aws_name,
        requested: role.is_requested,
        verdict: match role.verdict() {
            TokenVerdict::Admitted => "admitted",
            TokenVerdict::Conditional => "conditional",
            TokenVerdict::Refused => "refused",
        },
        conditions: role.checks.iter().map(condition).collect(),
    }
}

fn condition(check: &Check) -> Condition<'_> {
    Condition {
        claim: &check.claim,
        operator: check.operator.to_string(),
        accepted: &check.accepted,
        presented: &check.presented,
        result: match check.outcome {
            Outcome::Holds => "holds",
            Outcome::Fails => "fails",
            Outcome::Unknown => "unknown",
            Outcome::Assumed => "assumed",
        },
    }
}

fn edit<'a>(proposal: &'a Proposal, sources: &'a Sources) -> EditOfSpec<'a> {
    let change = |edit: &'a crate::source::Edit| {
        let Place { file, line, column, end_line, end_column } = Place::of(sources, edit.span);
        Change { file, line, column, end_line, end_column, text: &edit.text }
    };
    EditOfSpec {
        summary: &proposal.summary,
        also_admits: &proposal.also_admits,
        creates_role: proposal.creates_role,
        assertions: &proposal.assertions,
        changes: proposal.edits.iter().map(change).collect(),
    }
}
