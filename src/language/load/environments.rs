//! The environments of a spec, each merged over what the platform has.

use super::merge::merge;
use super::overrides;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::json_schema::NOT_IN_ENVIRONMENTS;
use crate::source::Span;
use crate::value::{EnvironmentName, Form};
use crate::yaml;
use crate::yaml::{Entry, Key, Node, Value};

/// The merged node of one environment.
pub struct Merged {
    pub(super) node: Node,
    /// Whether the file has several environments.
    pub(super) is_one_of_several: bool,
    /// Warnings about overrides that probably have a misspelled name.
    pub(super) doubts: Vec<Diagnostic>,
    /// The place of the key `environments`.
    pub(super) environments: Option<Span>,
}

/// One node per environment: the file without `environments`, with that environment merged over it; and the warnings about
/// the names in it.
pub(super) fn split(root: Node, faults: &mut Vec<Diagnostic>) -> Vec<Merged> {
    let only = |node| vec![Merged { node, is_one_of_several: false, doubts: Vec::new(), environments: None }];
    let Node { span, value: Value::Map(mut entries) } = root else { return only(root) };
    let none = |entry: &Entry| entry.value.value == Value::None;
    entries.retain(|entry| !(none(entry) && ["environment", "environments"].contains(&entry.key.text.as_str())));
    let Some(at) = entries.iter().position(|entry| entry.key.text == "environments") else {
        return only(Node { span, value: Value::Map(entries) });
    };
    let Entry { key, value } = entries.remove(at);
    let other = entries.iter().find(|entry| entry.key.text == "environment").map(|entry| entry.key.span);
    let base = Node { span, value: Value::Map(entries) };
    match environments(&key, value, other, &base) {
        Ok(found) => {
            let merged = found.into_iter().filter_map(|one| one_environment(&base, one, faults));
            let merged: Vec<_> = merged.collect();
            let is_one_of_several = merged.len() > 1;
            let environments = Some(key.span);
            merged.into_iter().map(|(node, doubts)| Merged { node, is_one_of_several, doubts, environments }).collect()
        }
        Err(fault) => {
            faults.push(fault.at("environments"));
            Vec::new()
        }
    }
}

/// The environments of a file. `other` is the place of `environment`, if the file has both keys.
fn environments(key: &Key, value: Node, other: Option<Span>, base: &Node) -> Result<Vec<Entry>, Diagnostic> {
    let by_name = "write environments by name: `environments: { dev: {}, prod: {} }`";
    if let Some(other) = other {
        let message = "`environment` and `environments` cannot be used together";
        return Err(Diagnostic::new(&codes::KEYS_EXCLUDE_EACH_OTHER, key.span, message)
            .and(other, "conflicts with this key")
            .help("remove `environment`; it is short for `environments: { x: {} }`"));
    }
    let kind = value.kind();
    let Value::Map(mut environments) = value.value else {
        let message = format!("expected a map of environments, found {kind}");
        return Err(Diagnostic::new(&codes::WRONG_TYPE, value.span, message).help(by_name));
    };
    environments.retain(|environment| environment.value.value != Value::None);
    if environments.is_empty() {
        let message = "`environments` is empty, so there is nothing to generate";
        return Err(Diagnostic::new(&codes::MISSING_KEY, value.span, message).help(by_name));
    }
    let (count, together) = (environments.len(), environments.len() * size(base));
    if together > yaml::MAX_VALUES {
        let message = format!("this spec is too large: its {count} environments have {together} values in total");
        let help = format!("split the platform into several specs with at most {} values each", yaml::MAX_VALUES);
        return Err(Diagnostic::new(&codes::TOO_LARGE, key.span, message).help(help));
    }
    Ok(environments)
}

/// The number of values in a node, including the node itself.
fn size(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Map(entries) => 1 + entries.iter().map(|entry| size(&entry.value)).sum::<usize>(),
        _ => 1,
    }
}

fn one_environment(base: &Node, environment: Entry, faults: &mut Vec<Diagnostic>) -> Option<(Node, Vec<Diagnostic>)> {
    let path = format!("environments.{}", environment.key.text);
    let Entry { key, value } = environment;
    if !matches!(value.value, Value::Map(_)) {
        let fault = Diagnostic::new(&codes::WRONG_TYPE, value.span, format!("expected a map, found {}", value.kind()));
        faults.push(fault.at(path).help("write `{}` for an environment without overrides"));
        return None;
    }
    if EnvironmentName::parse(&key.text).is_none() {
        let message = format!("`{}` is not valid here: expected {}", key.text, EnvironmentName::WANTED);
        faults.push(Diagnostic::new(&codes::MALFORMED, key.span, message).at(path));
        return None;
    }
    for entry in value.entries().iter().filter(|entry| NOT_IN_ENVIRONMENTS.contains(&entry.key.text.as_str())) {
        let message =
            format!("`{}` applies to the platform as a whole and cannot differ between environments", entry.key.text);
        faults.push(
            Diagnostic::new(&codes::NOT_IN_ENVIRONMENTS, entry.key.span, message)
                .at(&path)
                .help("move it to the top level"),
        );
    }
    let doubts = overrides::misspelled(base, &value);
    let mut merged = merge(base.clone(), value);
    if let Value::Map(entries) = &mut merged.value {
        let name = Node { span: key.span, value: Value::Text(key.text) };
        entries.push(Entry { key: Key { text: "environment".into(), span: key.span }, value: name });
    }
    Some((merged, doubts))
}
