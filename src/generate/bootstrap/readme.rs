//! `README.md` of the bootstrap module: how an administrator applies it, and what the workspace's runs can do.

use minijinja::{Value, context};

use super::variables::passed_on;
use crate::generate::place::Place;
use crate::generate::{Files, markdown, none, one};
use crate::platform::access::iam::Boundary;
use crate::platform::{Access, Platform, Workspace};
use crate::policies::Policies;
use crate::principals::Means;
use crate::value::OrVariable;

/// The file.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(workspace) = &platform.workspace else { return none() };
    one(Place::workspace(platform).text("README.md", text(platform, workspace), workspace.span))
}

fn text(platform: &Platform, workspace: &Workspace) -> String {
    let boundary = match &platform.iam.boundary {
        Some(Boundary::Made(name)) => name.as_str(),
        Some(Boundary::Existing(OrVariable::Literal(arn))) => arn.as_str(),
        Some(Boundary::Existing(_)) | None => "created outside this module",
    };
    let values = context! {
        platform => &*platform.scope.platform,
        environment => &*platform.scope.environment,
        organization => &*workspace.organization,
        name => &*workspace.name,
        repository => workspace.repository.as_deref(),
        owner => workspace.repository.as_deref().and_then(|repository| repository.split('/').next()),
        project => workspace.project_is_named.then_some(&*workspace.project),
        region => &*platform.region,
        directory => platform.root.directory.as_str(),
        auto_apply => workspace.auto_apply,
        path => &*platform.iam.path,
        boundary => boundary,
        unbounded => platform.access.iter().any(gets_permissions_without_boundary),
        variables => passed_on(platform).map(|(name, _)| name.as_str()).collect::<Value>(),
    };
    markdown::render(include_str!("../../../templates/workspace-readme.md"), values)
}

/// Whether an apply attaches policies to principals that ecrgen's boundary does not limit.
fn gets_permissions_without_boundary(access: &Access) -> bool {
    !access.attached.is_empty() || matches!(access.principal.means(), Means::PermissionSet(_))
}
