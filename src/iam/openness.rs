//! Finds statements of resource policies that grant access to more principals or actions than intended.
//!
//! `"*"` with a condition on the organization of the caller is the usual way to name an organization. Without that
//! condition, or with a condition that any caller can meet, `"*"` makes the resource public.

use crate::iam::arn::is_account_id;
use crate::iam::{Bindings, Comparison, Effect, Element, Operator, Principal, PrincipalKind, Statement, Step, Text};

/// A way in which a statement allows too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opening {
    /// `"*"` or `{"AWS": "*"}` without a condition that restricts the caller.
    Everyone,
    /// `NotPrincipal`, which allows everyone else.
    EveryoneBut,
    /// `NotAction`, which allows every other action, including those that AWS adds later.
    EverythingBut,
    /// An AWS service without a condition that restricts on whose behalf it acts.
    Service,
    /// A condition that also holds for requests without the key.
    Vacuous,
}

/// Condition keys that identify the caller and that the caller can't choose freely (IAM User Guide, "AWS global
/// condition context keys"). `aws:PrincipalTag` is not one of them, because anyone can tag their own roles.
const CALLER_KEYS: [&str; 6] = [
    "aws:principalorgid",
    "aws:principalaccount",
    "aws:principalorgpaths",
    "aws:principalarn",
    "aws:sourcevpce",
    "aws:sourcevpc",
];

/// Condition keys for the account or resource on whose behalf a service acts. Only services send them.
const SOURCE_KEYS: [&str; 4] = ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"];

/// The openings of a statement, each with its place in the statement.
pub fn openings(statement: &Statement, bindings: &Bindings) -> Vec<(Vec<Step>, Opening)> {
    let key = |name: &str| Step::Key(name.to_owned());
    if statement.effect == Effect::Deny {
        return Vec::new();
    }
    let mut found = Vec::new();
    if matches!(statement.actions, Element::AllExcept(_)) {
        found.push((vec![key("NotAction")], Opening::EverythingBut));
    }
    match &statement.principal {
        Some(Element::AllExcept(_)) => found.push((vec![key("NotPrincipal")], Opening::EveryoneBut)),
        Some(Element::Only(principal)) => {
            let is_bound = || binds(statement, &CALLER_KEYS, bindings) || binds(statement, &SOURCE_KEYS, bindings);
            if principal.is_everyone(bindings) && !is_bound() {
                found.push((vec![key("Principal")], Opening::Everyone));
            }
            if names_service(principal) && !binds(statement, &SOURCE_KEYS, bindings) {
                found.push((vec![key("Principal"), key("Service")], Opening::Service));
            }
        }
        None => {}
    }
    for (operator, keys) in &statement.conditions {
        for (name, _) in keys.iter().filter(|(_, values)| is_vacuous(*operator, values, bindings)) {
            let place = vec![key("Condition"), key(&operator.to_string()), key(&name.bind(bindings))];
            found.push((place, Opening::Vacuous));
        }
    }
    found
}

fn names_service(principal: &Principal) -> bool {
    matches!(principal, Principal::Listed(lists) if lists.contains_key(&PrincipalKind::Service))
}

/// Whether the statement restricts one of these keys to values that a request from outside can't have.
fn binds(statement: &Statement, keys: &[&str], bindings: &Bindings) -> bool {
    statement.conditions.iter().any(|(operator, compared)| {
        compared.iter().any(|(key, values)| {
            let key = key.bind(bindings).to_ascii_lowercase();
            // What a variable or a reference gives is one value, without wildcards.
            let is_fixed = |value: &Text| value.is_given() || is_fixed(&key, *operator, &value.bind(bindings));
            keys.contains(&key.as_str()) && !operator.holds_without_key() && values.iter().all(is_fixed)
        })
    })
}

/// Whether a value matches only one account, organization or network.
fn is_fixed(key: &str, operator: Operator, value: &str) -> bool {
    use Comparison as C;
    let is_plain = |text: &str| !text.is_empty() && !text.contains(['*', '?', '$']);
    match operator.comparison() {
        C::StringEquals | C::StringEqualsIgnoreCase => is_plain(value),
        C::StringLike if key.ends_with("orgpaths") => is_plain(value.split('/').next().unwrap_or_default()),
        // `*` matches colons here, so there must be no wildcard up to the end of the account ID.
        C::StringLike if key.ends_with("arn") => {
            let segments: Vec<&str> = value.splitn(6, ':').collect();
            segments.len() == 6 && is_plain(&segments[..5].join(":")) && is_account_id(segments[4])
        }
        C::StringLike => is_plain(value),
        C::ArnEquals | C::ArnLike => value.split(':').nth(4).is_some_and(is_account_id),
        _ => false,
    }
}

/// For `Null`, the value decides: `true` tests that the key is missing.
fn is_vacuous(operator: Operator, values: &[Text], bindings: &Bindings) -> bool {
    match operator.comparison() {
        Comparison::Null => values.iter().any(|value| value.bind(bindings) == "true"),
        _ => operator.holds_without_key(),
    }
}
