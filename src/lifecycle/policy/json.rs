//! Lifecycle policies in AWS's JSON format.

use serde_json::{Map, Value, json};

use super::Policy;
use super::constraint::MALFORMED_JSON;
use super::fault::Fault;
use super::reader;
use super::rule::{Action, Criterion, Rule, Selection};
use super::tags::{TagList, Tags};

impl Policy {
    /// The policy as compact JSON, with keys in the order of AWS's template ("Examples of lifecycle policies"), and
    /// without `null` or optional keys that have no effect. It is as long as the output of Terraform's `jsonencode` for
    /// this value.
    pub fn to_json(&self) -> String {
        // The documentation of `jsonencode` lists these five escapes. They can only occur within strings, and each
        // counts as six characters toward AWS's limit.
        self.to_value()
            .to_string()
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029")
    }

    /// The same JSON as a tree.
    pub fn to_value(&self) -> Value {
        json!({ "rules": self.rules.iter().map(rule).collect::<Vec<Value>>() })
    }

    /// Reads AWS's JSON.
    ///
    /// # Errors
    /// Returns all faults of grammar: everything that AWS's schema rejects in a single rule. [`check`](super::check()) finds
    /// the other faults.
    pub fn from_json(text: &str) -> Result<Policy, Vec<Fault>> {
        let value = serde_json::from_str(text).map_err(|error| {
            vec![Fault {
                constraint: &MALFORMED_JSON,
                rule: None,
                other: None,
                path: String::new(),
                message: error.to_string(),
                fix: None,
            }]
        })?;
        Policy::from_value(&value)
    }

    /// Reads AWS's JSON from a tree.
    ///
    /// # Errors
    /// Returns the same faults as [`from_json`](Policy::from_json).
    pub fn from_value(value: &Value) -> Result<Policy, Vec<Fault>> {
        reader::policy(value)
    }
}

fn rule(rule: &Rule) -> Value {
    let mut object = Map::new();
    object.insert("rulePriority".into(), rule.priority.get().into());
    object.extend(rule.description.as_ref().map(|text| ("description".to_owned(), text.as_str().into())));
    object.insert("selection".into(), selection(&rule.selection));
    object.insert("action".into(), action(rule.action));
    object.into()
}

fn selection(selection: &Selection) -> Value {
    let mut object = Map::new();
    object.insert("tagStatus".into(), status(&selection.tags).into());
    object.extend(list(&selection.tags).map(|(key, list)| (key.to_owned(), list)));
    // `storageClass: standard` is documented as the default, but ECR has rejected policies that contained it
    // (cloudposse/terraform-aws-ecr #159).
    if matches!(selection.criterion, Criterion::SinceTransitioned { .. }) {
        object.insert("storageClass".into(), "archive".into());
    }
    let (kind, unit, number) = match selection.criterion {
        Criterion::CountMoreThan(count) => ("imageCountMoreThan", None, count),
        Criterion::SincePushed { days } => ("sinceImagePushed", Some("days"), days),
        Criterion::SincePulled { days } => ("sinceImagePulled", Some("days"), days),
        Criterion::SinceTransitioned { days } => ("sinceImageTransitioned", Some("days"), days),
    };
    object.insert("countType".into(), kind.into());
    object.extend(unit.map(|unit| ("countUnit".to_owned(), unit.into())));
    object.insert("countNumber".into(), number.get().into());
    object.into()
}

fn status(tags: &Tags) -> &'static str {
    match tags {
        Tags::Tagged(_) => "tagged",
        Tags::Untagged => "untagged",
        Tags::Any => "any",
    }
}

fn list(tags: &Tags) -> Option<(&'static str, Value)> {
    match tags {
        Tags::Tagged(TagList::Patterns(patterns)) => {
            Some(("tagPatternList", patterns.iter().map(|pattern| pattern.as_str()).collect()))
        }
        Tags::Tagged(TagList::Prefixes(prefixes)) => {
            Some(("tagPrefixList", prefixes.iter().map(|prefix| prefix.as_str()).collect()))
        }
        Tags::Untagged | Tags::Any => None,
    }
}

fn action(action: Action) -> Value {
    match action {
        Action::Expire => json!({ "type": "expire" }),
        Action::TransitionToArchive => json!({ "type": "transition", "targetStorageClass": "archive" }),
    }
}
