//! `registry_<region>.tf`: the registry policy that lets this registry replicate into one of another account.

use crate::generate::expression::Writer;
use crate::generate::file::Generated;
use crate::generate::place::Place;
use crate::generate::region::{alias, label_in};
use crate::generate::{Files, spaced};
use crate::platform::replication::Rule;
use crate::platform::repositories::replication::Registry;
use crate::platform::{Platform, replication};
use crate::policies::{Policies, replication as documents};
use crate::source::Span;
use crate::terraform::Block;

/// One file per registry of another account, unless an environment of the spec defines it: a registry has one policy.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(account) = platform.scope.account.as_deref() else { return Files::Made(Vec::new()) };
    let rules = replication::rules(platform);
    let registries = rules.iter().flat_map(|rule| rule.destinations.iter().map(move |registry| (rule, *registry)));
    let file = |(rule, (region, other)): (&Rule, Registry)| {
        let other = other?;
        if replication::owner(platform, other, region).is_some() {
            return None;
        }
        let place = Place::other_account(platform, other);
        let writer = Writer::new(policies, place);
        let document = documents::registry_policy(account, (region, other), &rule.filters);
        Some(made(&writer, region, &document, origin(platform, region, other)))
    };
    Files::Made(registries.filter_map(file).collect())
}

fn made(writer: &Writer, region: &str, document: &crate::iam::Document, origin: Span) -> Generated {
    let block = Block::resource("aws_ecr_registry_policy", label_in("ecr", region))
        .comment(format!(
            "For the registry in {region}. A registry has one policy, so merge this into the policy that it has."
        ))
        .attr("policy", writer.policy(document))
        .origin(origin);
    writer.place.hcl(&format!("registry_{}.tf", alias(region)), spaced([block]), origin)
}

/// The first place that asks for the registry.
fn origin(platform: &Platform, region: &str, account: &str) -> Span {
    let destinations = platform.repositories.iter().flat_map(|repository| &repository.replicate_to);
    let mut there = destinations.filter(|destination| destination.registry() == (region, Some(account)));
    there.next().map_or(platform.span, |destination| destination.span)
}
