//! Conditions of statements that never hold, or hold by mistake.

use std::net::IpAddr;

use super::{Flaw, Found, foreign_partition, key, listed};
use crate::iam::evaluate::is_date;
use crate::iam::{Arn, Bindings, Comparison, Effect, Element, Operator, Principal, PrincipalKind, Statement};

/// The flaws of the conditions of a statement, each with its place in the statement.
pub(super) fn flaws(statement: &Statement, bindings: &Bindings) -> Vec<Found> {
    let mut found = Vec::new();
    for (operator, keys) in &statement.conditions {
        for (name, values) in keys {
            let name = name.bind(bindings);
            let at = [key("Condition"), key(&operator.to_string())];
            let values = values.iter().map(|value| match value.is_given() {
                true => None,
                false => value_flaw(statement, *operator, &name, value.bind(bindings), bindings),
            });
            let values = listed(&name, values).into_iter();
            found.extend(values.map(|(place, flaw)| ([at.to_vec(), place].concat(), flaw)));
            let flaw = key_flaw(statement, *operator, &name);
            found.extend(flaw.map(|flaw| ([at.to_vec(), vec![key(&name)]].concat(), flaw)));
        }
    }
    found
}

fn key_flaw(statement: &Statement, operator: Operator, name: &str) -> Option<Flaw> {
    // The condition keys of an OIDC provider begin with its host.
    if name.rsplit_once(':').is_some_and(|(issuer, _)| issuer.contains('.')) {
        return Some(Flaw::TokenClaim(name.to_owned()));
    }
    let of_services = ["aws:sourcearn", "aws:sourceaccount"].iter().any(|key| name.eq_ignore_ascii_case(key));
    let needs_key = operator.comparison() != Comparison::Null && !operator.holds_without_key();
    let is_dead = of_services && needs_key && statement.effect == Effect::Allow && names_only_accounts(statement);
    is_dead.then(|| Flaw::ServiceKey(name.to_owned()))
}

/// Whether the principals are accounts, roles or users, and not services or everyone.
fn names_only_accounts(statement: &Statement) -> bool {
    match &statement.principal {
        Some(Element::Only(Principal::Listed(lists))) => lists.iter().all(|(kind, names)| {
            *kind == PrincipalKind::Aws && names.iter().all(|name| name.as_literal() != Some("*"))
        }),
        _ => false,
    }
}

fn value_flaw(
    statement: &Statement,
    operator: Operator,
    key: &str,
    value: String,
    bindings: &Bindings,
) -> Option<Flaw> {
    let comparison = operator.comparison();
    if comparison.is_literal() && has_wildcard(&value) {
        return Some(Flaw::DeadWildcard(value));
    }
    if let Some(flaw) = foreign_partition(&value, bindings) {
        return Some(flaw);
    }
    // What a policy variable stands for is only known during a request.
    if value.contains("${") {
        return None;
    }
    let malformed = malformed(comparison, &value).or_else(|| malformed_id(comparison, key, &value));
    if let Some(expected) = malformed {
        return Some(Flaw::Value(value, expected));
    }
    let arn: Arn = value.parse().ok()?;
    if key.eq_ignore_ascii_case("aws:PrincipalArn") && arn.service == "sts" && arn.resource.starts_with("assumed-role/")
    {
        return Some(Flaw::SessionArn(value));
    }
    if key.eq_ignore_ascii_case("aws:SourceArn") && !has_wildcard(&arn.service) {
        return source_flaw(statement, &arn, value, bindings);
    }
    None
}

/// A function, project or other resource sends requests through its service, but a role or user never does.
fn source_flaw(statement: &Statement, arn: &Arn, value: String, bindings: &Bindings) -> Option<Flaw> {
    let Some(Element::Only(Principal::Listed(lists))) = &statement.principal else { return None };
    let services = lists.get(&PrincipalKind::Service)?;
    let names = services.iter().map(|service| service.bind(bindings));
    let short: Vec<String> = names.filter_map(|name| Some(name.split_once('.')?.0.to_owned())).collect();
    let is_identity = matches!(arn.service.as_str(), "iam" | "sts");
    let is_foreign = match short.as_slice() {
        // Functions are the only source of Lambda's requests to ECR.
        [only] if only == "lambda" => arn.service != "lambda",
        _ => is_identity,
    };
    is_foreign.then(|| Flaw::Source(value, short.first().cloned().unwrap_or_default()))
}

/// What the operator expects instead of this value (IAM User Guide, "Condition operators").
fn malformed(comparison: Comparison, value: &str) -> Option<&'static str> {
    use Comparison as C;
    let (is_good, expected) = match comparison {
        C::Bool | C::Null => {
            (["true", "false"].iter().any(|word| value.eq_ignore_ascii_case(word)), "`true` or `false`")
        }
        C::IpAddress | C::NotIpAddress => (is_network(value), "an IP address or CIDR block such as `203.0.113.0/24`"),
        _ if comparison.name().starts_with("Date") => (is_date(value), "a date such as `2026-11-21T10:00:00Z`"),
        _ if comparison.name().starts_with("Numeric") => (value.parse::<f64>().is_ok_and(f64::is_finite), "a number"),
        _ => return None,
    };
    (!is_good).then_some(expected)
}

/// An address with an optional prefix length.
fn is_network(value: &str) -> bool {
    let (address, length) = value.split_once('/').map_or((value, None), |(address, length)| (address, Some(length)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    let is_number = |length: &str| !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    length.is_none_or(|length| is_number(length) && length.parse::<u8>().is_ok_and(|length| length <= most))
}

/// What the key expects instead of this value (Organizations API reference, `OrganizationId`, `AccountId`).
fn malformed_id(comparison: Comparison, key: &str, value: &str) -> Option<&'static str> {
    if !comparison.name().starts_with("String") || has_wildcard(value) {
        return None;
    }
    let is = |keys: &[&str]| keys.iter().any(|known| key.eq_ignore_ascii_case(known));
    let (is_good, expected) = if is(&["aws:PrincipalOrgID", "aws:ResourceOrgID", "aws:SourceOrgID"]) {
        (is_organization(value), "an organization ID such as `o-a1b2c3d4e5`")
    } else if is(&["aws:PrincipalAccount", "aws:ResourceAccount", "aws:SourceAccount"]) {
        (crate::iam::arn::is_account_id(value), "an account ID (12 digits)")
    } else {
        return None;
    };
    (!is_good).then_some(expected)
}

fn is_organization(value: &str) -> bool {
    let id = value.strip_prefix("o-");
    id.is_some_and(|id| {
        (10..=32).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// `${*}` and `${?}` are literal characters, not wildcards.
fn has_wildcard(value: &str) -> bool {
    value.replace("${*}", "").replace("${?}", "").contains(['*', '?'])
}
