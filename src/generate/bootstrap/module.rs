//! `versions.tf`, `providers.tf` and `locals.tf` of the bootstrap module.

use crate::generate::place::Place;
use crate::generate::{Files, backend, none, one, root, spaced};
use crate::platform::Workspace;
use crate::policies::{Policies, provider};
use crate::terraform::{Block, Body};

/// `versions.tf`: the required versions of Terraform and the providers.
pub fn versions<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(workspace) = &platform.workspace else { return none() };
    let creates_provider = provider::made_in_bootstrap(platform).is_some();
    let reads_certificate = platform.root.wants_thumbprints() && creates_provider;
    let ours: &[&str] = if reads_certificate { &["aws", "tfe", "tls"] } else { &["aws", "tfe"] };
    let mut terraform = root::required(platform, ours).origin(workspace.span);
    if let Some(written) = &platform.root.backend {
        terraform = terraform.blank().block(backend::block(written));
    }
    one(Place::workspace(platform).hcl("versions.tf", Body::new().block(terraform), workspace.span))
}

/// `providers.tf`: the provider configurations.
pub fn providers<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(workspace) = &platform.workspace else { return none() };
    let blocks = [root::aws(platform), tfe(workspace)];
    one(Place::workspace(platform).hcl("providers.tf", spaced(blocks), workspace.span))
}

fn tfe(workspace: &Workspace) -> Block {
    Block::new("provider", ["tfe"]).attr("organization", &workspace.organization).origin(workspace.span)
}

/// `locals.tf`: the resource tags, and the account and partition as data sources.
pub fn locals<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    if platform.workspace.is_none() {
        return none();
    }
    let place = Place::workspace(platform);
    let blocks = std::iter::once(root::tags(platform, &place)).chain(root::identity(platform, &place));
    one(place.hcl("locals.tf", spaced(blocks), platform.tags_span))
}
