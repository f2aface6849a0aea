//! Evaluates the conditions of a statement.

use crate::iam::evaluate::compare;
use crate::iam::evaluate::context::{Context, Values};
use crate::iam::evaluate::truth::Truth;
use crate::iam::{Bindings, Comparison, Conditions, Operator, Quantifier, Text};

pub(super) fn all_hold(conditions: &Conditions, bindings: &Bindings, context: &Context) -> Truth {
    Truth::all(tests(conditions).map(|(operator, key, values)| holds_bound(operator, key, values, bindings, context)))
}

/// The conditions that this context leaves open: those that hold or fail depending on keys that it does not know.
pub fn open_conditions<'c>(
    conditions: &'c Conditions,
    bindings: &Bindings,
    context: &Context,
) -> Vec<(Operator, &'c Text, &'c [Text])> {
    let is_open = |(operator, key, values): &(Operator, &Text, &[Text])| {
        holds_bound(*operator, key, values, bindings, context) == Truth::Maybe
    };
    tests(conditions).filter(is_open).collect()
}

fn tests(conditions: &Conditions) -> impl Iterator<Item = (Operator, &Text, &[Text])> {
    conditions
        .iter()
        .flat_map(|(operator, keys)| keys.iter().map(move |(key, values)| (*operator, key, values.as_slice())))
}

fn holds_bound(operator: Operator, key: &Text, values: &[Text], bindings: &Bindings, context: &Context) -> Truth {
    let bound = |value: &Text| (!value.is_given()).then(|| value.bind(bindings));
    let values: Vec<Option<String>> = values.iter().map(bound).collect();
    holds(operator, &key.bind(bindings), &values, context)
}

/// Whether the condition holds. The values of the policy that are `None` are unknown.
fn holds(operator: Operator, key: &str, policy_values: &[Option<String>], context: &Context) -> Truth {
    let asks_for_absence =
        |value: &Option<String>| value.as_ref().is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let is_null = operator.comparison() == Comparison::Null;
    let request_values = match context.values(key) {
        Values::Unknown => return Truth::Maybe,
        Values::Like(..) if is_null => return (!policy_values.iter().any(asks_for_absence)).into(),
        Values::Like(patterns, example) => {
            let matches = |policy: &Option<String>| match policy {
                None => Some(Truth::Maybe),
                Some(policy) if context.excludes(key, policy.split(['*', '?', '$']).next().unwrap_or_default()) => {
                    Some(Truth::No)
                }
                Some(policy) => compare::matches_like(operator.comparison(), policy, patterns, example, context),
            };
            return passes(operator.comparison(), policy_values.iter().map(matches));
        }
        Values::Exact(values) if is_null => {
            return (policy_values.iter().any(asks_for_absence) == values.is_empty()).into();
        }
        Values::Exact([]) => return operator.holds_without_key().into(),
        Values::Exact(values) => values,
    };
    let tests = request_values.iter().map(|value| {
        let matches = |policy: &Option<String>| match policy {
            None => Some(Truth::Maybe),
            Some(policy) => compare::matches(operator.comparison(), policy, value, context),
        };
        passes(operator.comparison(), policy_values.iter().map(matches))
    });
    match operator.quantifier() {
        Some(Quantifier::ForAllValues) => Truth::all(tests),
        Some(Quantifier::ForAnyValue) => Truth::any(tests),
        // AWS documents such keys as single-valued. If there are several values, a negated comparison must hold for
        // each.
        None if operator.comparison().is_negated() => Truth::all(tests),
        None => Truth::any(tests),
    }
}

/// Whether one value of the request passes, given how it compares with each value of the policy. At least one must
/// match; in a negated comparison, none may match. A variable without a value always fails the test, so its statement
/// has no effect.
fn passes(comparison: Comparison, matches: impl Iterator<Item = Option<Truth>>) -> Truth {
    if comparison.is_negated() {
        Truth::all(matches.map(|matches| matches.map_or(Truth::No, |matches| !matches)))
    } else {
        Truth::any(matches.map(|matches| matches.unwrap_or(Truth::No)))
    }
}
