//! `boundary.tf`: the permissions boundary of the roles that the root module creates.

use crate::generate::expression::Writer;
use crate::generate::place::Place;
use crate::generate::{Files, none, one, root};
use crate::policies::Policies;
use crate::terraform::Body;

/// The file, if the root module creates roles and ecrgen creates their boundary.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let (Some(workspace), Some(at)) = (&platform.workspace, policies.boundary) else { return none() };
    let writer = Writer::new(policies, Place::workspace(platform));
    let boundary = &policies.documents[at];
    let path = platform.iam.bootstrap_path();
    let description = "Permissions boundary: the maximum permissions of this platform's roles";
    let policy =
        root::policy(&writer, "boundary".to_owned(), &boundary.owners[0], &path, description, &boundary.document);
    one(writer.place.hcl("boundary.tf", Body::new().block(policy.origin(workspace.span)), workspace.span))
}
