//! The conditions of a statement.

use std::collections::BTreeMap;

use serde_json::Value;

use super::bindings::Bindings;
use super::list::one_or_many;
use super::operator::Operator;
use super::text::Text;

/// Conditions: operators are ANDed, the keys under an operator are ANDed, the values of a key are ORed (for negated
/// operators: none may match). A key is text because the keys of an OIDC issuer begin with the issuer's host.
pub type Conditions = BTreeMap<Operator, BTreeMap<Text, Vec<Text>>>;

pub(super) fn to_json(conditions: &Conditions, bindings: &Bindings) -> Value {
    let operators = conditions.iter().map(|(operator, keys)| {
        let keys = keys.iter().map(|(key, values)| (key.bind(bindings), one_or_many(values, bindings)));
        (operator.to_string(), Value::Object(keys.collect()))
    });
    Value::Object(operators.collect())
}
