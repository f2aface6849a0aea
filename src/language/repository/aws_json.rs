//! JSON in a format of AWS, written as YAML. It is read as a whole and checked when the platform is resolved.

use serde_json::{Map, Number, Value as Json};

use crate::source::Span;
use crate::yaml::{Node, Value};

/// JSON that knows the place of each of its values in the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsJson(Node);

impl AwsJson {
    /// The JSON of a node, if it is a map.
    pub fn of_map(node: &Node) -> Option<Self> {
        matches!(node.value, Value::Map(_)).then(|| AwsJson(node.clone()))
    }

    /// Its place in the spec.
    pub fn span(&self) -> Span {
        self.0.span
    }

    /// As JSON.
    pub fn to_json(&self) -> Json {
        json_of(&self.0)
    }

    /// The place of the value at the end of a path of keys and zero-based indexes. If a step of the path does not exist,
    /// the place of the last value that does.
    pub fn place<'s>(&self, steps: impl IntoIterator<Item = &'s str>) -> Span {
        self.walk(steps).map_or(self.0.span, |(_, value)| value)
    }

    /// The same, but the place of the last key on the path, if it has one.
    pub fn place_of_key<'s>(&self, steps: impl IntoIterator<Item = &'s str>) -> Span {
        self.walk(steps).map_or(self.0.span, |(key, value)| key.unwrap_or(value))
    }

    /// The places of the last value on a path and of its key; `None` if not even the first step exists.
    fn walk<'s>(&self, steps: impl IntoIterator<Item = &'s str>) -> Option<(Option<Span>, Span)> {
        let (mut node, mut last) = (&self.0, None);
        for step in steps {
            let (key, next) = match &node.value {
                Value::List(items) => (None, step.parse().ok().and_then(|index: usize| items.get(index))),
                _ => node.entry(step).map(|entry| (entry.key.span, &entry.value)).unzip(),
            };
            let Some(next) = next else { break };
            (node, last) = (next, Some((key, next.span)));
        }
        last
    }
}

fn json_of(node: &Node) -> Json {
    match &node.value {
        Value::Null | Value::None => Json::Null,
        Value::Bool(bool) => Json::Bool(*bool),
        Value::Number(text) => number(text),
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => items.iter().map(json_of).collect(),
        Value::Map(entries) => {
            let entries = entries.iter().map(|entry| (entry.key.text.clone(), json_of(&entry.value)));
            Json::Object(entries.collect::<Map<String, Json>>())
        }
    }
}

/// A YAML number. What cannot be a number in JSON (`.inf`) becomes text.
fn number(text: &str) -> Json {
    let whole = text.parse::<u64>().ok().map(Number::from);
    let number = whole.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64));
    number.map_or_else(|| Json::String(text.to_owned()), Json::Number)
}
