//! The conditions of a statement.

use std::collections::BTreeMap;

use serde_json::Value;

use super::bindings::Bindings;
use super::list::one_or_many;
use super::operator::Operator;
use super::text::Text;

/// The conditions of a statement. Operators are ANDed, the keys of an operator are ANDed, and the values of a key are
/// ORed (for a negated operator, no value may match). A key is a [`Text`] because the condition keys of an OIDC issuer
/// begin with the host of the issuer.
pub type Conditions = BTreeMap<Operator, BTreeMap<Text, Vec<Text>>>;

pub(super) fn to_json(conditions: &Conditions, bindings: &Bindings) -> Value {
    let operators = conditions.iter().map(|(operator, keys)| {
        let keys = keys.iter().map(|(key, values)| (key.bind(bindings), one_or_many(values, bindings)));
        (operator.to_string(), Value::Object(keys.collect()))
    });
    Value::Object(operators.collect())
}
