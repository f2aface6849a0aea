//! `versions.tf`: the required versions of Terraform and the providers, and where the state is.

use crate::generate::place::Place;
use crate::generate::{Files, backend, none, one};
use crate::platform::Platform;
use crate::policies::{Policies, provider};
use crate::terraform::{Block, Body, Object};

/// The file, unless hand-written files have these settings.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let place = Place::root(platform);
    if place.is_shared() {
        return none();
    }
    let reads_certificates = platform.root.wants_thumbprints() && provider::made_in_root(platform).next().is_some();
    let mut terraform = required(platform, if reads_certificates { &["aws", "tls"] } else { &["aws"] });
    if let Some(workspace) = &platform.workspace {
        let cloud = Block::bare("cloud")
            .comment("OpenTofu has no default hostname")
            .attr("hostname", "app.terraform.io")
            .attr("organization", &workspace.organization)
            .blank()
            .block(Block::bare("workspaces").attr("name", &workspace.name));
        terraform = terraform.blank().block(cloud.origin(workspace.span));
    } else if let Some(written) = &platform.root.backend {
        terraform = terraform.blank().block(backend::block(written));
    }
    one(place.hcl("versions.tf", Body::new().block(terraform), platform.root.span))
}

/// `terraform { required_version, required_providers }` with these providers and those that the spec adds.
pub fn required(platform: &Platform, ours: &[&str]) -> Block {
    let mut providers = Block::bare("required_providers");
    for (name, pin) in &platform.root.providers {
        // The tfe provider belongs to the bootstrap module. Every other provider that the spec pins goes into both modules.
        if ours.contains(&name.as_str()) || pin.span.is_some() && name != "tfe" {
            let source = Object::new().entry("source", format!("hashicorp/{name}")).entry("version", &pin.text);
            providers = providers.attr_from(pin.span, name.clone(), source);
        }
    }
    let version = &platform.root.version;
    Block::bare("terraform")
        .attr_from(version.span, "required_version", &version.text)
        .blank()
        .block(providers)
        .origin(platform.root.span)
}
