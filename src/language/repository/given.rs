//! Values of a raw policy statement that a variable or a reference gives: principals and values of conditions.

use serde_json::{Value as Json, json};

use crate::decode::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, codes};
use crate::value::{OrVariable, StatementText, StatementValue};
use crate::yaml::{Entry, Node, Value};

/// A value that a variable or a reference gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its place in the statement: keys and zero-based indexes.
    pub at: Vec<String>,
    /// The variable or the reference.
    pub value: OrVariable<StatementText>,
    /// What it must look like.
    pub form: StatementValue,
}

/// Takes the variables and references out of a statement. Instead of them, the returned statement has the defaults of the
/// variables, or values that every check accepts. `None` if one of them has an error, which is reported.
pub(super) fn take(statement: &Node, decoder: &mut Decoder) -> Option<(Node, Vec<Given>)> {
    let before = decoder.faults.len();
    let is_denial = statement.get("Effect").and_then(Node::as_text) == Some("Deny");
    let mut taker = Taker { is_denial, at: Vec::new(), given: Vec::new(), decoder };
    let taken = taker.below(statement, |taker, key, value| match key {
        "Principal" | "NotPrincipal" => taker.below(value, |taker, kind, names| match kind {
            "AWS" => taker.values(names, StatementValue::Principal),
            _ => names.clone(),
        }),
        "Condition" => taker.below(value, |taker, operator, keys| match operator {
            // Its value decides whether the condition requires the key.
            "Null" => keys.clone(),
            _ => taker
                .below(keys, |taker, key, values| taker.values(values, StatementValue::of_condition(operator, key))),
        }),
        _ => value.clone(),
    });
    let given = taker.given;
    (decoder.faults.len() == before).then_some((taken, given))
}

/// What a schema requires of a statement: variables and references are where [`take`] accepts them. What a condition requires of
/// a default depends on its operator and key, so only the decoder checks that.
pub(super) fn schema(definitions: &mut Definitions) -> Json {
    let given = OrVariable::<StatementText>::schema(definitions);
    let principal = StatementValue::Principal.pattern("[a-z-]+");
    let of_principal = json!({ "anyOf": [{ "const": "none" }, { "pattern": principal }] });
    let principals = values(&json!({ "allOf": [given, { "properties": { "default": of_principal } }] }));
    let keys = json!({ "additionalProperties": values(&given) });
    let denied = json!({ "properties": { "AWS": values(&json!(false)) } });
    json!({
        "properties": {
            "Principal": { "properties": { "AWS": principals } },
            "NotPrincipal": denied,
            // All operators except `Null`, which is the only one that begins with these letters.
            "Condition": { "patternProperties": { "^(?:[^N]|N[^u]|Nu[^l])": keys } },
        },
        "if": { "required": ["Effect"], "properties": { "Effect": { "const": "Deny" } } },
        "then": { "properties": { "Principal": denied } },
    })
}

/// A value or a list of values, with this schema for those that a variable or a reference gives.
fn values(given: &Json) -> Json {
    let is_given = json!({ "type": "object", "anyOf": [{ "required": ["variable"] }, { "required": ["ref"] }] });
    let value = json!({ "if": is_given, "then": given });
    json!({ "if": { "type": "array" }, "then": { "items": value }, "else": value })
}

struct Taker<'d> {
    is_denial: bool,
    /// The place of the current value.
    at: Vec<String>,
    given: Vec<Given>,
    decoder: &'d mut Decoder,
}

impl Taker<'_> {
    /// The map with each of its values replaced.
    fn below(&mut self, node: &Node, replaced: impl Fn(&mut Self, &str, &Node) -> Node) -> Node {
        let Value::Map(entries) = &node.value else { return node.clone() };
        let entries = entries.iter().map(|entry| {
            self.at.push(entry.key.text.clone());
            let value = replaced(self, &entry.key.text, &entry.value);
            self.at.pop();
            Entry { key: entry.key.clone(), value }
        });
        Node { span: node.span, value: Value::Map(entries.collect()) }
    }

    /// A value or a list of values.
    fn values(&mut self, node: &Node, form: StatementValue) -> Node {
        let Value::List(items) = &node.value else { return self.value(node, form) };
        let items = items.iter().enumerate().map(|(index, item)| {
            self.at.push(index.to_string());
            let value = self.value(item, form);
            self.at.pop();
            value
        });
        Node { span: node.span, value: Value::List(items.collect()) }
    }

    fn value(&mut self, node: &Node, form: StatementValue) -> Node {
        if !["variable", "ref"].iter().any(|key| node.get(key).is_some()) {
            return node.clone();
        }
        if form == StatementValue::Principal && (self.is_denial || self.at[0] == "NotPrincipal") {
            let message = "a variable or a reference cannot be a principal of a denial: which principals the statement denies would \
                           be unknown";
            let help = "name everyone (`Principal: \"*\"`), and add a condition on `aws:PrincipalArn` or `aws:PrincipalAccount` \
                        with the variable or reference as its value";
            self.decoder.fault(Diagnostic::new(&codes::WRONG_TYPE, node.span, message).help(help));
            return node.clone();
        }
        let Some(value) = OrVariable::<StatementText>::decode(node, self.decoder) else { return node.clone() };
        let default = value.written().map(StatementText::as_str);
        if let Some((default, written)) = default.zip(node.get("default"))
            && !form.is_met_by(default)
        {
            let message = format!("`{default}` is not valid here: expected {}", form.expected());
            self.decoder.fault(Diagnostic::new(&codes::MALFORMED, written.span, message));
        }
        let span = default.and(node.get("default")).map_or(node.span, |default| default.span);
        let stand_in = if form == StatementValue::Principal { "000000000000" } else { "x" };
        let text = default.unwrap_or(stand_in).to_owned();
        self.given.push(Given { at: self.at.clone(), value, form });
        Node { span, value: Value::Text(text) }
    }
}
