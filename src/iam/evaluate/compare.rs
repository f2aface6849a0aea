//! Compares one value of a policy with one value of a request.

use std::net::IpAddr;

use crate::iam::Comparison;
use crate::iam::arn::{Arn, ArnPattern};
use crate::iam::evaluate::date;
use crate::iam::evaluate::request::Context;
use crate::iam::evaluate::variables;
use crate::iam::glob::{self, Glob};

/// Whether the values match, before a negated comparison inverts the result. `None` if the value in the policy contains
/// a variable that has no value.
///
/// Variables only work in strings, ARNs and booleans (IAM User Guide, "Where you can use policy variables"). Values of
/// the wrong type for the comparison match nothing.
pub(super) fn matches(comparison: Comparison, policy: &str, request: &str, context: &Context) -> Option<bool> {
    use Comparison as C;
    let globs = || variables::resolve(policy, context);
    Some(match comparison {
        C::StringEquals | C::StringNotEquals => literal(&globs()?) == request,
        C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase => {
            literal(&globs()?).to_lowercase() == request.to_lowercase()
        }
        C::StringLike | C::StringNotLike => glob::covers(&globs()?, request),
        C::ArnEquals | C::ArnLike | C::ArnNotEquals | C::ArnNotLike => arn_matches(&globs()?, request),
        C::Bool => literal(&globs()?).eq_ignore_ascii_case(request),
        C::BinaryEquals => policy == request,
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
        C::Null => policy.eq_ignore_ascii_case("false"),
    })
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
