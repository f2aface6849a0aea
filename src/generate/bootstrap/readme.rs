//! `README.md` of the bootstrap module: how an administrator applies it, and what the workspace's runs can do.

use minijinja::{Value, context};

use super::variables::passed_on;
use crate::generate::place::Place;
use crate::generate::{Files, markdown, none, one};
use crate::platform::access::iam::Boundary;
use crate::platform::{Access, Platform, Workspace};
use crate::policies::{Policies, provider};
use crate::principals::{Means, OidcProvider, ProviderSource};
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
    let existing_boundary = match &platform.iam.boundary {
        Some(Boundary::Existing(OrVariable::Literal(arn))) => Some(arn.as_str()),
        _ => None,
    };
    let values = context! {
        provider => existing_provider(platform),
        existing_boundary => existing_boundary,
        platform => &*platform.scope.platform,
        environment => &*platform.scope.environment,
        organization => &*workspace.organization,
        name => &*workspace.name,
        repository => workspace.repository.as_deref(),
        owner => workspace.repository.as_deref().and_then(|repository| repository.split('/').next()),
        project => workspace.project_is_named.then_some(&*workspace.project),
        directory => platform.root.directory.as_str(),
        backend => platform.root.backend.as_ref().map(|backend| context! {
            bucket => &*backend.bucket,
            key => &*backend.key,
        }),
        auto_apply => workspace.auto_apply,
        path => &*platform.iam.path,
        boundary => boundary,
        unbounded => platform.access.iter().any(gets_permissions_without_boundary),
        variables => passed_on(platform).map(|(name, _)| name.as_str()).collect::<Value>(),
    };
    markdown::render(include_str!("../../../templates/workspace-readme.md"), values)
}

/// The OIDC provider of HCP Terraform, if the module does not create it.
fn existing_provider(platform: &Platform) -> Option<String> {
    match platform.setting().provider("hcp") {
        OidcProvider::Create => None,
        OidcProvider::Existing(ProviderSource::Arn(arn)) => Some(arn.as_str().to_owned()),
        OidcProvider::Existing(_) => provider::issuer(platform, "hcp"),
    }
}

/// Whether an apply attaches policies to principals that ecrgen's boundary does not limit.
fn gets_permissions_without_boundary(access: &Access) -> bool {
    matches!(access.principal.means(), Means::OtherRoles(_) | Means::PermissionSet(_))
}
