//! `removed.tf` of the bootstrap module: its resources that leave the Terraform state but stay in AWS.

use crate::generate::place::Place;
use crate::generate::{Files, none, root};
use crate::platform::Removal;
use crate::policies::provider::made_in_bootstrap;
use crate::policies::{Policies, resource_types};
use crate::terraform::{Name, Traversal};

/// The file, if the spec removes a resource of this module that needs a block.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    if platform.workspace.is_none() {
        return none();
    }
    root::removed(platform, &Place::workspace(platform), |name, removal| {
        let Some((row, label)) = resource_types::of_address(name) else { return Vec::new() };
        // The root module may have had the provider before there was a workspace, so each module has a block.
        let is_here =
            row.is_only_in_bootstrap(label) || (row.name, label) == ("aws_iam_openid_connect_provider", "hcp");
        let is_removed = is_here && !exists(policies, row.name);
        let has_block = match removal {
            Removal::Retain => true,
            Removal::Delete => platform.root.knows_destroy_false(),
            Removal::Applied => false,
        };
        match has_block {
            true if is_removed => vec![Traversal::new(row.name).attr(Name::from(label.to_owned())).into()],
            _ => Vec::new(),
        }
    })
}

/// Whether the module creates the resource of this type that can be removed from it.
fn exists(policies: &Policies, kind: &str) -> bool {
    match kind {
        "aws_iam_policy" => policies.boundary.is_some(),
        "aws_iam_openid_connect_provider" => made_in_bootstrap(policies.platform).is_some(),
        _ => true,
    }
}
