//! An answer, and the statements it rests on.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::iam::{Action, Place};
use crate::platform::Repository;
use crate::report::Charset;
use crate::source::{Sources, Span};

use super::judge::Verdict;
use super::question::What;
use super::text::wrapped;
use super::{Holder, Rights, condition};

/// The answer to whether somebody can do something on a repository.
#[derive(Debug)]
pub struct Answer<'r, 'p> {
    rights: &'r Rights<'p>,
    /// Who.
    pub holder: &'r Holder<'p>,
    /// What.
    pub what: What,
    /// Where.
    pub repository: &'p Repository,
    /// The statements that decide, and the actions that each decides.
    pub grounds: Vec<Ground>,
    /// The actions of which no statement speaks.
    pub missing: Vec<&'static str>,
    /// The documents that were asked, as indexes.
    asked: Vec<usize>,
}

/// A statement that decides.
#[derive(Debug)]
pub struct Ground {
    /// The statement, and its document as an index.
    pub by: Place,
    /// What it decides.
    pub verdict: Verdict,
    /// The actions it decides that for.
    pub actions: Vec<&'static str>,
    /// Where the spec asks for the first of them.
    pub place: Span,
}

impl<'r, 'p> Answer<'r, 'p> {
    pub(super) fn of(rights: &'r Rights<'p>, holder: usize, what: What, repository: &'p Repository) -> Self {
        let mut grounds: BTreeMap<Place, (Verdict, Vec<&'static Action>)> = BTreeMap::new();
        let mut missing = Vec::new();
        for action in what.actions() {
            let ruling = rights.ruling(holder, action, repository);
            match ruling.by {
                Some(by) => grounds.entry(by).or_insert((ruling.verdict, Vec::new())).1.push(action),
                None => missing.push(action.name),
            }
        }
        let ground = |(by, (verdict, actions)): (Place, (Verdict, Vec<&'static Action>))| Ground {
            by,
            verdict,
            place: rights.documents[by.document].place(by.statement, actions[0]),
            actions: actions.into_iter().map(|action| action.name).collect(),
        };
        Answer {
            rights,
            holder: &rights.holders[holder],
            what,
            repository,
            grounds: grounds.into_iter().map(ground).collect(),
            missing,
            asked: rights.speaking_to(holder, repository),
        }
    }

    /// Whether the answer is yes.
    pub fn is_yes(&self) -> bool {
        self.missing.is_empty() && self.grounds.iter().all(|ground| ground.verdict.is_yes())
    }

    fn conditions(&self, ground: &Ground) -> Vec<String> {
        let statement = &self.rights.documents[ground.by.document].document.statements[ground.by.statement];
        condition::sentences(statement, self.rights.bindings)
    }

    /// For people.
    pub fn text(&self, sources: &Sources, charset: Charset) -> String {
        let (yes, can) = if self.is_yes() { ("yes", "can") } else { ("no", "cannot") };
        let scope = &self.rights.platform.scope;
        let mut text = format!(
            "{yes}: {} {can} {} on {} ({}, {})\n",
            self.holder.name,
            self.what.name(),
            self.repository.key,
            scope.platform,
            scope.environment
        );
        let at = |span: Span| {
            let (line, column) = sources.position(span);
            format!("    --> {}:{line}:{column}\n", sources.file(span.file).name)
        };
        for ground in &self.grounds {
            let emitted = &self.rights.documents[ground.by.document];
            let (does, when) = match ground.verdict {
                Verdict::Allowed => ("allows", Vec::new()),
                Verdict::Conditional => ("allows", self.conditions(ground)),
                Verdict::Bounded => ("allows, and the permissions boundary does not,", Vec::new()),
                Verdict::Denied | Verdict::NotAllowed => ("denies", self.conditions(ground)),
            };
            let statement = emitted.statement_name(ground.by.statement);
            let mut sentence =
                format!("the statement {statement} of the {} {does} {}", emitted.title(), ground.actions.join(", "));
            if !when.is_empty() {
                let _ = write!(sentence, " when {}", when.join(" and "));
            }
            text += &wrapped(&sentence, 2, 4);
            text += &at(ground.place);
        }
        if !self.missing.is_empty() {
            text += &wrapped(&format!("no statement allows {}", self.missing.join(", ")), 2, 4);
            for document in &self.asked {
                let emitted = &self.rights.documents[*document];
                let statements = 0..emitted.document.statements.len();
                let names: Vec<String> = statements.map(|statement| emitted.statement_name(statement)).collect();
                text += &wrapped(&format!("asked: the {}, with {}", emitted.title(), names.join(", ")), 2, 4);
                let place = match emitted.sources.first() {
                    Some(crate::policies::Source::Entry(access)) => Some(access.span),
                    Some(crate::policies::Source::Place(span)) => Some(*span),
                    None => None,
                };
                text.extend(place.map(at));
            }
            if self.asked.is_empty() {
                text.push_str("  no policy speaks to it\n");
            }
        }
        text.lines().map(|line| charset.disarm(line) + "\n").collect()
    }

    /// For programs, with a line end; the keys stay and mean the same as long as `format_version` does.
    pub fn json(&self, sources: &Sources) -> String {
        let statements = self.grounds.iter().map(|ground| {
            let emitted = &self.rights.documents[ground.by.document];
            let (line, column) = sources.position(ground.place);
            DecidingStatement {
                document: emitted.title(),
                statement: emitted.statement_name(ground.by.statement),
                allows: ground.verdict.is_yes(),
                actions: &ground.actions,
                conditions: self.conditions(ground),
                file: &sources.file(ground.place.file).name,
                line,
                column,
            }
        });
        let scope = &self.rights.platform.scope;
        let document = Document {
            format_version: 1,
            platform: &scope.platform,
            environment: &scope.environment,
            principal: &self.holder.name,
            action: self.what.name(),
            repository: &self.repository.key,
            can: self.is_yes(),
            statements: statements.collect(),
            missing: &self.missing,
        };
        serde_json::to_string_pretty(&document).expect("strings, numbers and lists can be written") + "\n"
    }
}

#[derive(Serialize)]
struct Document<'a> {
    format_version: u32,
    platform: &'a str,
    environment: &'a str,
    principal: &'a str,
    action: &'a str,
    repository: &'a str,
    can: bool,
    /// The statements that decide.
    statements: Vec<DecidingStatement<'a>>,
    /// Actions of which no statement speaks.
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
