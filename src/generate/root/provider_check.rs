//! `ecr_provider_check.tf`: in a module that others configure, whether their provider is what the spec says.

use crate::generate::place::Place;
use crate::generate::{Files, none, one};
use crate::policies::Policies;
use crate::terraform::{Block, Body, Expr, List, Traversal};

/// The file, where hand-written files configure the provider: file names and ARNs in policies hold the region of the spec,
/// and a provider of another region would create the repositories where nobody has access to them.
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
    one(place.hcl("provider_check.tf", Body::new().block(block), platform.span))
}

fn postcondition(actual: Traversal, what: &str, wanted: &str) -> Block {
    let wanted_list: List = [wanted].into_iter().collect();
    Block::bare("postcondition")
        .attr("condition", Expr::call("contains", [Expr::from(wanted_list), actual.into()]))
        .attr(
            "error_message",
            format!("The repositories of ecrgen's spec are for the {what} {wanted}, and the provider is of another."),
        )
}
