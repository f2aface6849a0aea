//! Compares one value of a policy with one value of a request.

use std::net::IpAddr;

use crate::iam::Comparison;
use crate::iam::arn::{Arn, ArnPattern};
use crate::iam::evaluate::context::Context;
use crate::iam::evaluate::date;
use crate::iam::evaluate::truth::Truth;
use crate::iam::evaluate::variables::{self, Resolved};
use crate::iam::glob::{self, Glob};

/// Whether the values match, before a negated comparison inverts the result. `None` if the value in the policy contains
/// a variable that has no value.
///
/// Variables only work in strings, ARNs and booleans (IAM User Guide, "Where you can use policy variables"). Values of
/// the wrong type for the comparison match nothing.
pub(super) fn matches(comparison: Comparison, policy: &str, request: &str, context: &Context) -> Option<Truth> {
    if !takes_variables(comparison) {
        return Some(fixed_matches(comparison, policy, request).into());
    }
    let Resolved { globs, is_certain } = variables::resolve(policy, context)?;
    Some(if is_certain { text_matches(comparison, &globs, request).into() } else { Truth::Maybe })
}

/// The same for a value of which only patterns are known. See [`Context::with_like`].
pub(super) fn matches_like(
    comparison: Comparison,
    policy: &str,
    patterns: &[String],
    example: &str,
    context: &Context,
) -> Option<Truth> {
    if !takes_variables(comparison) {
        return Some(Truth::Maybe);
    }
    let Resolved { globs, is_certain } = variables::resolve(policy, context)?;
    if !is_certain {
        return Some(Truth::Maybe);
    }
    if text_matches(comparison, &globs, example) {
        return Some(Truth::Yes);
    }
    let globs = if comparison.is_literal() { literal(&globs).chars().map(Glob::Char).collect() } else { globs };
    let folds_case = comparison.name().contains("IgnoreCase") || comparison == Comparison::Bool;
    let can_match = |pattern: &String| folds_case || glob::overlap(&globs, &glob::parse(pattern));
    Some(if patterns.iter().any(can_match) { Truth::Maybe } else { Truth::No })
}

fn takes_variables(comparison: Comparison) -> bool {
    ["String", "Arn", "Bool"].iter().any(|kind| comparison.name().starts_with(kind))
}

fn text_matches(comparison: Comparison, policy: &[Glob], request: &str) -> bool {
    use Comparison as C;
    match comparison {
        C::StringEquals | C::StringNotEquals => literal(policy) == request,
        C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase => {
            literal(policy).to_lowercase() == request.to_lowercase()
        }
        C::StringLike | C::StringNotLike => glob::covers(policy, request),
        C::ArnEquals | C::ArnLike | C::ArnNotEquals | C::ArnNotLike => arn_matches(policy, request),
        _ => literal(policy).eq_ignore_ascii_case(request),
    }
}

fn fixed_matches(comparison: Comparison, policy: &str, request: &str) -> bool {
    use Comparison as C;
    match comparison {
        C::IpAddress | C::NotIpAddress => range_holds(policy, request).unwrap_or(false),
        C::NumericEquals | C::NumericNotEquals => numbers(policy, request, |policy, request| request == policy),
        C::NumericLessThan => numbers(policy, request, |policy, request| request < policy),
        C::NumericLessThanEquals => numbers(policy, request, |policy, request| request <= policy),
        C::NumericGreaterThan => numbers(policy, request, |policy, request| request > policy),
        C::NumericGreaterThanEquals => numbers(policy, request, |policy, request| request >= policy),
        C::DateEquals | C::DateNotEquals => dates(policy, request, |policy, request| request == policy),
        C::DateLessThan => dates(policy, request, |policy, request| request < policy),
        C::DateLessThanEquals => dates(policy, request, |policy, request| request <= policy),
        C::DateGreaterThan => dates(policy, request, |policy, request| request > policy),
        C::DateGreaterThanEquals => dates(policy, request, |policy, request| request >= policy),
        _ => policy == request,
    }
}

/// In comparisons without wildcards, `*` and `?` are ordinary characters.
fn literal(globs: &[Glob]) -> String {
    let characters = globs.iter().map(|glob| match glob {
        Glob::Any => '*',
        Glob::One => '?',
        Glob::Char(character) => *character,
    });
    characters.collect()
}

/// `ArnEquals` and `ArnLike` behave identically: both support wildcards in each segment.
fn arn_matches(policy: &[Glob], request: &str) -> bool {
    let pattern = ArnPattern::from_globs(policy);
    request.parse::<Arn>().is_ok_and(|arn| pattern.is_ok_and(|pattern| pattern.covers(&arn)))
}

fn numbers(policy: &str, request: &str, holds: impl Fn(f64, f64) -> bool) -> bool {
    number(policy).zip(number(request)).is_some_and(|(policy, request)| holds(policy, request))
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

fn dates(policy: &str, request: &str, holds: impl Fn(f64, f64) -> bool) -> bool {
    date::seconds(policy).zip(date::seconds(request)).is_some_and(|(policy, request)| holds(policy, request))
}

/// An address without a prefix length is a range with one address.
fn range_holds(range: &str, address: &str) -> Option<bool> {
    let (network, length) = range.split_once('/').map_or((range, None), |(network, length)| (network, Some(length)));
    let (network, width) = bits(network.parse().ok()?);
    let (address, address_width) = bits(address.parse().ok()?);
    let length = length.map_or(Some(width), |length| length.parse().ok())?;
    let ignored = width.checked_sub(length)?;
    Some(width == address_width && network.checked_shr(ignored) == address.checked_shr(ignored))
}

fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}
