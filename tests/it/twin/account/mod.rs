//! What lies in an account, as the AWS API tells it.

pub mod life;
pub mod moto;
pub mod parliament;

use std::collections::BTreeMap;

use ecrgen::iam::Document;
use serde_json::Value;

/// The account that moto plays.
pub const ID: &str = "123456789012";

/// A reading of the account: what `read_back.py` prints.
#[derive(Debug, PartialEq)]
pub struct Account(pub Value);

impl Account {
    /// The value at the end of a path.
    pub fn at(&self, path: &[&str]) -> &Value {
        path.iter().fold(&self.0, |value, key| {
            value.get(key).unwrap_or_else(|| panic!("no {key} on the way to {path:?} in {value:#}"))
        })
    }

    /// The names of all that there is of a kind.
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

/// A policy document in which only what IAM goes by is left: no names of statements, keys and sets in one order, a set
/// of one text as its item.
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
