//! Evaluates the conditions of a statement.

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
        // AWS documents such keys as single-valued. If there are several values, a negated comparison must hold for
        // each.
        None if operator.comparison().is_negated() => passes.all(|passes| passes),
        None => passes.any(|passes| passes),
    }
}

/// Compares one value of the request with all values of the policy. At least one must match; in a negated comparison,
/// none may match. A variable without a value always fails the test, so its statement has no effect.
fn passes(comparison: Comparison, policy_values: &[String], value: &str, context: &Context) -> bool {
    let mut matches = policy_values.iter().map(|policy| compare::matches(comparison, policy, value, context));
    if comparison.is_negated() {
        matches.all(|matches| matches == Some(false))
    } else {
        matches.any(|matches| matches == Some(true))
    }
}
