//! The document: one run of ecrgen, with its rules and results.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::location::{InRepository, Location, LogicalLocation, Related};
use super::result::{Alert, Fix, SarifResult};
use super::{Message, Rule};
use crate::diagnostic::Severity;
use crate::escape::sarif;
use crate::prose::count;
use crate::report::envelope;

/// Maximum number of results: GitHub rejects a file with more (GitHub Docs, "SARIF results exceed limit").
const MOST_RESULTS: usize = 25_000;

/// Maximum number of locations of a result, its own included, from the same page.
const MOST_LOCATIONS: usize = 1_000;

/// A document that grows.
pub(in crate::report) struct Log<'a> {
    in_repository: &'a InRepository<'a>,
    /// The paths that `in_repository` returned, which reads the disk for each.
    paths: RefCell<BTreeMap<String, String>>,
    rules: Vec<Rule>,
    indices: BTreeMap<&'static str, usize>,
    results: Vec<(Severity, SarifResult)>,
    notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Document {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: String,
    message: Message,
}

impl<'a> Log<'a> {
    pub fn new(in_repository: &'a InRepository<'a>) -> Log<'a> {
        Log {
            in_repository,
            paths: RefCell::default(),
            rules: Vec::new(),
            indices: BTreeMap::new(),
            results: Vec::new(),
            notifications: Vec::new(),
        }
    }

    /// Adds what has no place, so that it cannot be a result. After an error, the run was not successful.
    pub fn notify(&mut self, severity: Severity, message: &str) {
        self.notifications.push(Notification { level: severity.to_string(), message: Message::of(message) });
    }

    /// Adds a result.
    pub fn push(&mut self, alert: Alert) {
        let rule_index = *self.indices.entry(alert.rule.id()).or_insert(self.rules.len());
        let rule_id = alert.rule.id();
        if rule_index == self.rules.len() {
            self.rules.push(alert.rule);
        }
        let mut location = Location::of(&self.path(alert.at.file), alert.at.region);
        if !alert.element.is_empty() {
            location.logical_locations = vec![LogicalLocation { fully_qualified_name: sarif::message(alert.element) }];
        }
        let mut message = Message::of(&alert.message);
        let mut related_locations = Vec::new();
        for (Related { at, text }, id) in alert.related.iter().zip(1..MOST_LOCATIONS) {
            let mut related = Location::of(&self.path(at.file), at.region);
            related.id = Some(id);
            if !text.is_empty() {
                // GitHub shows only places that the message links to.
                message.text += &format!("\n{}", sarif::link(text, id));
                related.message = Some(Message::of(text));
            }
            related_locations.push(related);
        }
        let result = SarifResult {
            rule_id,
            rule_index,
            level: alert.severity.to_string(),
            message,
            locations: [location],
            related_locations,
            partial_fingerprints: alert.fingerprint.map(|hash| json!({ "primaryLocationLineHash": hash })),
            fixes: alert.fix.map(|change| [Fix::of(&change, |file| self.path(file))]),
        };
        self.results.push((alert.severity, result));
    }

    /// The path of a file in the repository.
    fn path(&self, file: &str) -> String {
        let mut paths = self.paths.borrow_mut();
        paths.entry(file.to_owned()).or_insert_with(|| (self.in_repository)(file)).clone()
    }

    /// The whole document. If there are too many results, the most severe ones stay.
    pub fn document(mut self) -> String {
        let more = self.results.len().saturating_sub(MOST_RESULTS);
        if more > 0 {
            let mut by_severity: Vec<usize> = (0..self.results.len()).collect();
            by_severity.sort_by_key(|index| Reverse(self.results[*index].0));
            let mut is_kept = vec![false; self.results.len()];
            by_severity[..MOST_RESULTS].iter().for_each(|index| is_kept[*index] = true);
            let mut kept = is_kept.into_iter();
            self.results.retain(|_| kept.next().unwrap_or_default());
            let results = count(more, "more result");
            self.notify(
                Severity::Warning,
                &format!("GitHub accepts {MOST_RESULTS} results, so {results} are left out"),
            );
        }
        let failed = self.notifications.iter().any(|it| it.level == Severity::Error.to_string());
        envelope::indented(&Document {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver { name: "ecrgen", semantic_version: env!("CARGO_PKG_VERSION"), rules: self.rules },
                },
                column_kind: "unicodeCodePoints",
                invocations: [Invocation {
                    execution_successful: !failed,
                    tool_execution_notifications: self.notifications,
                }],
                results: self.results.into_iter().map(|(_, result)| result).collect(),
            }],
        })
    }
}
