//! `ecr_provider_check.tf`: checks, in a root module with hand-written provider configuration, that the provider matches the spec.

use crate::generate::place::Place;
use crate::generate::{Files, none, one, region, spaced};
use crate::policies::Policies;
use crate::terraform::{Block, Expr, List, Traversal};

/// The file, if hand-written files configure the provider. ARNs in policies contain the region of the spec, so a provider
/// of another region would create repositories that no one has access to.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let place = Place::root(platform);
    if !place.is_shared() {
        return none();
    }
    let region = postcondition(Traversal::new("self").attr("id"), "region", &platform.region);
    let account = platform.scope.account.as_ref().map(|account| postcondition(place.account(), "account", account));
    let lifecycle = match account {
        Some(account) => Block::bare("lifecycle").block(region).blank().block(account),
        None => Block::bare("lifecycle").block(region),
    };
    let block = Block::data("aws_region", place.data_name()).block(lifecycle).origin(platform.span);
    let aliases = region::aliased(platform).map(|name| {
        let lifecycle =
            Block::bare("lifecycle").block(postcondition(Traversal::new("self").attr("id"), "region", name));
        let data = Block::data("aws_region", region::label_in(place.data_name(), name));
        region::in_region(platform, name, data).block(lifecycle).origin(platform.span)
    });
    one(place.hcl("provider_check.tf", spaced([block].into_iter().chain(aliases)), platform.span))
}

fn postcondition(actual: Traversal, what: &str, expected: &str) -> Block {
    let expected_list: List = [expected].into_iter().collect();
    Block::bare("postcondition")
        .attr("condition", Expr::call("contains", [Expr::from(expected_list), actual.into()]))
        .attr(
            "error_message",
            format!("The ecrgen spec is for {what} {expected}, but the AWS provider is configured for another {what}."),
        )
}
