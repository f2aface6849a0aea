//! `policy_<name>.tf`: the permission policies of existing roles, if no run may change them.

use crate::generate::expression::Writer;
use crate::generate::place::Place;
use crate::generate::{Files, none, root, spaced};
use crate::policies::Policies;

/// One file per access entry with such a policy.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    if platform.workspace.is_none() {
        return none();
    }
    let writer = Writer::new(policies, Place::workspace(platform));
    let path = platform.iam.bootstrap_path();
    let protected = policies.grants.iter().filter(|grant| grant.access.is_protected);
    let file = protected.map(|grant| {
        let blocks = root::permission_policies(&writer, grant, &path);
        writer.place.hcl(&format!("policy_{}.tf", grant.access.label), spaced(blocks), grant.access.span)
    });
    Files::Made(file.collect())
}
