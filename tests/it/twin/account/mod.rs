//! The content of an account, as the AWS API returns it.

pub mod life;
pub mod moto;
mod not_served;
pub mod parliament;
mod sessions;

use std::collections::BTreeMap;

use ecrgen::iam::Document;
use serde_json::Value;

/// The ID of the account that moto emulates.
pub const ID: &str = "123456789012";

/// The content of the account: the output of `read_back.py`.
#[derive(Debug, PartialEq)]
pub struct Account(pub Value);

impl Account {
    /// The value at the end of a path.
    pub fn at(&self, path: &[&str]) -> &Value {
        path.iter().fold(&self.0, |value, key| {
            value.get(key).unwrap_or_else(|| panic!("no {key} on the path {path:?} in {value:#}"))
        })
    }

    /// The names of all resources of a kind.
    pub fn names(&self, kind: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.at(&[kind]).as_object().expect("an object").keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// A policy document.
    pub fn document(&self, path: &[&str]) -> Document {
        let text = self.at(path).to_string();
        Document::from_json(&text).unwrap_or_else(|faults| panic!("{path:?}: {faults:?}"))
    }
}

/// A policy document reduced to what IAM evaluates: without statement IDs, with keys and sets in a fixed order, and with a
/// set of one text written as the text.
pub fn meaning(document: &Value) -> Value {
    match document {
        Value::Object(object) => {
            let kept = object.iter().filter(|(key, _)| *key != "Sid");
            let sorted: BTreeMap<String, Value> = kept.map(|(key, value)| (key.clone(), meaning(value))).collect();
            Value::Object(sorted.into_iter().collect())
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(meaning).collect();
            items.sort_by_key(Value::to_string);
            match items.as_slice() {
                [text @ Value::String(_)] => text.clone(),
                _ => Value::Array(items),
            }
        }
        other => other.clone(),
    }
}
