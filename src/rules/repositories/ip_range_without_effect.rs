//! `only_from` with IP addresses that no request comes from, or that every request comes from.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Repository;
use crate::rules::{Facts, Finding, Rule};
use crate::source::{Span, Spanned};
use crate::value::IpRange;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "ip-range-without-effect",
        severity: Severity::Warning,
        what: "`only_from` lists private IP addresses, or all IP addresses.",
        why: "AWS compares `aws:SourceIp` with the public address of a request. A private address never matches, and with private \
              addresses alone, no one can use the repository. Requests through a VPC endpoint have no `aws:SourceIp`: they need \
              `vpc_endpoints` or `vpcs`. A range of all addresses denies nothing.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: { only_from: { ip_ranges: [10.0.0.0/8] } } }
waive: { lambda-access-removed: { at: [repositories], reason: no functions } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: { only_from: { ip_ranges: [203.0.113.0/24], vpcs: [vpc-0a1b2c3d4e5f67890] } } }
waive: { lambda-access-removed: { at: [repositories], reason: no functions } }
",
        ),
        source: "IAM user guide, \"AWS global condition context keys\", `aws:SourceIp`",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    // A range of `repository_defaults` has one place.
    let ranges: BTreeMap<Span, (&Spanned<IpRange>, &Repository)> = platform
        .all_repositories()
        .filter_map(|repository| Some((repository.only_from.as_ref()?.ip_ranges.as_ref()?, repository)))
        .flat_map(|(ranges, repository)| ranges.iter().map(move |range| (range.span, (range, repository))))
        .collect();
    ranges.into_values().filter_map(|(range, repository)| finding(range, repository)).collect()
}

fn finding(range: &Spanned<IpRange>, repository: &Repository) -> Option<Finding> {
    let (address, bits) = range.as_str().split_once('/').unwrap_or((range.as_str(), ""));
    let (message, help) = match address.parse().ok()? {
        _ if bits == "0" => (
            "this range has all addresses, so nothing is denied",
            "write the public addresses of your network, or delete it",
        ),
        address if is_private(address) => (
            "no request to ECR comes from a private address",
            "write the public addresses of your network; for requests through a VPC endpoint, write `vpc_endpoints` or `vpcs`",
        ),
        _ => return None,
    };
    Some(RULE.finding(range.span, message).help(help).at(format!("{}.only_from", repository.path())))
}

/// Whether an address is not routed on the internet (RFC 6890, RFC 4193).
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            // RFC 6598: shared between carriers and their customers.
            let is_shared = address.octets()[0] == 100 && address.octets()[1] & 0xc0 == 64;
            address.is_private() || address.is_loopback() || address.is_link_local() || is_shared
        }
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}
