//! Conditions of a statement in words.

use crate::iam::evaluate::open_conditions;
use crate::iam::{Bindings, Comparison, Context, Element, Operator, Statement, Text};
use crate::policies::bindings::spelled;

/// The conditions of a statement that what is known of a request leaves open, in a few words each.
pub(super) fn open_sentences(statement: &Statement, bindings: &Bindings, known: &Context) -> Vec<String> {
    let tests = open_conditions(&statement.conditions, bindings, known);
    let words = |(operator, key, values): (Operator, &Text, &[Text])| {
        let values: Vec<String> = values.iter().map(|value| spelled(value, bindings)).collect();
        sentence(operator, &key.bind(bindings), &values)
    };
    let mut sentences: Vec<String> = tests.into_iter().map(words).collect();
    let resources = statement.resources.iter().flat_map(Element::listed).map(|text| spelled(text, bindings));
    let variable: Vec<String> = resources.filter(|text| text.contains("${")).collect();
    if sentences.is_empty() && !variable.is_empty() {
        sentences.push(format!("the repository is {}", variable.join(" or ")));
    }
    sentences
}

/// Every condition of a statement, in a few words each.
pub(super) fn sentences(statement: &Statement, bindings: &Bindings) -> Vec<String> {
    let tests = statement.conditions.iter().flat_map(|(operator, keys)| {
        keys.iter().map(move |(key, values)| {
            let values: Vec<String> = values.iter().map(|value| spelled(value, bindings)).collect();
            sentence(*operator, &key.bind(bindings), &values)
        })
    });
    tests.collect()
}

/// A condition such as `key is value` or `key is like value`; other operators are written by name.
pub(super) fn sentence(operator: Operator, key: &str, values: &[String]) -> String {
    let (one, many) = match operator.comparison() {
        _ if operator != Operator::plain(operator.comparison()) => ("", ""),
        Comparison::StringEquals | Comparison::ArnEquals => ("is", "is one of"),
        Comparison::StringLike | Comparison::ArnLike => ("is like", "is like one of"),
        Comparison::StringNotEquals => ("is not", "is not one of"),
        _ => ("", ""),
    };
    let listed = values.join(", ");
    match values.len() {
        _ if one.is_empty() => format!("{key} {operator} {listed}"),
        1 => format!("{key} {one} {listed}"),
        _ => format!("{key} {many} {listed}"),
    }
}
