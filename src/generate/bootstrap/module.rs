//! `versions.tf`, `providers.tf` and `locals.tf` of the bootstrap module.

use crate::generate::place::Place;
use crate::generate::{Files, apart, none, one, root};
use crate::platform::Workspace;
use crate::policies::{Policies, provider};
use crate::terraform::{Block, Body};

/// `versions.tf`: what the module needs.
pub fn versions<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(workspace) = &platform.workspace else { return none() };
    let makes_provider = provider::made_in_bootstrap(platform).is_some();
    let reads_certificate = platform.root.wants_thumbprints() && makes_provider;
    let ours: &[&str] = if reads_certificate { &["aws", "tfe", "tls"] } else { &["aws", "tfe"] };
    let terraform = root::required(platform, ours).origin(workspace.span);
    one(Place::workspace(platform).hcl("versions.tf", Body::new().block(terraform), workspace.span))
}

/// `providers.tf`: how the providers are configured.
pub fn providers<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(workspace) = &platform.workspace else { return none() };
    let blocks = [root::aws(platform), tfe(workspace)];
    one(Place::workspace(platform).hcl("providers.tf", apart(blocks), workspace.span))
}

fn tfe(workspace: &Workspace) -> Block {
    Block::new("provider", ["tfe"]).attr("organization", &workspace.organization).origin(workspace.span)
}

/// `locals.tf`: the tags, and what AWS alone knows.
pub fn locals<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    if platform.workspace.is_none() {
        return none();
    }
    let place = Place::workspace(platform);
    let blocks = std::iter::once(root::tags(platform, &place)).chain(root::identity(&place));
    one(place.hcl("locals.tf", apart(blocks), platform.tags_span))
}
