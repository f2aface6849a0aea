//! Whether a statement's conditions hold.

use crate::iam::evaluate::compare;
use crate::iam::evaluate::request::Context;
use crate::iam::{Bindings, Comparison, Conditions, Operator, Quantifier, Text};

pub(super) fn all_hold(conditions: &Conditions, bindings: &Bindings, context: &Context) -> bool {
    let tests =
        conditions.iter().flat_map(|(operator, keys)| keys.iter().map(move |(key, values)| (*operator, key, values)));
    tests.into_iter().all(|(operator, key, values)| {
        let values: Vec<String> = values.iter().map(|value: &Text| value.bind(bindings)).collect();
        holds(operator, &key.bind(bindings), &values, context)
    })
}

fn holds(operator: Operator, key: &str, policy_values: &[String], context: &Context) -> bool {
    let request_values = context.values(key);
    if operator.comparison() == Comparison::Null {
        let asks_for_absence = |value: &String| value.eq_ignore_ascii_case("true");
        return policy_values.iter().any(asks_for_absence) == request_values.is_empty();
    }
    if request_values.is_empty() {
        return operator.holds_without_key();
    }
    let mut passes = request_values.iter().map(|value| passes(operator.comparison(), policy_values, value, context));
    match operator.quantifier() {
        Some(Quantifier::ForAllValues) => passes.all(|passes| passes),
        Some(Quantifier::ForAnyValue) => passes.any(|passes| passes),
        // A key that AWS documents as single-valued; were it not, a negated comparison must hold for each value.
        None if operator.comparison().is_negated() => passes.all(|passes| passes),
        None => passes.any(|passes| passes),
    }
}

/// One value of the request against all values of the policy: any must match, or for a negated comparison none may. A
/// variable without a value makes the test fail either way: its statement is without effect.
fn passes(comparison: Comparison, policy_values: &[String], value: &str, context: &Context) -> bool {
    let mut matches = policy_values.iter().map(|policy| compare::matches(comparison, policy, value, context));
    if comparison.is_negated() {
        matches.all(|matches| matches == Some(false))
    } else {
        matches.any(|matches| matches == Some(true))
    }
}
