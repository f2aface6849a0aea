//! `README.md` of the bootstrap module: how an administrator applies it, and what the workspace's runs can do.

use minijinja::{Value, context};

use super::limits::limits;
use super::variables::{passed_on, secrets};
use crate::generate::place::Place;
use crate::generate::{Files, markdown, none, one};
use crate::platform::Workspace;
use crate::platform::access::iam::Boundary;
use crate::policies::phase::policy_name;
use crate::policies::prerequisites::provider_of_runs;
use crate::policies::{Policies, Run, arns};
use crate::value::OrVariable;

/// The file.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(workspace) = &platform.workspace else { return none() };
    one(Place::workspace(platform).text("README.md", text(policies, workspace), workspace.span))
}

fn text(policies: &Policies, workspace: &Workspace) -> String {
    let platform = policies.platform;
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
        provider => provider_of_runs(platform),
        existing_boundary => existing_boundary,
        platform => &*platform.scope.platform,
        environment => &*platform.scope.environment,
        organization => &*workspace.organization,
        name => &*workspace.name,
        repository => workspace.repository.as_deref(),
        app => workspace.repository.is_some() && workspace.oauth_token.is_none(),
        agents => workspace.agent_pool.as_deref(),
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
        shared => platform.root.shared,
        policies => policies.runs.iter().flat_map(of_run).collect::<Value>(),
        patterns => arns::managed_patterns(platform).collect::<Value>(),
        limits => limits(policies),
        secrets => secrets(platform).collect::<Value>(),
        variables => passed_on(platform).map(|(name, _)| name.as_str()).collect::<Value>(),
    };
    markdown::render(markdown::BOOTSTRAP, values)
}

/// The existing policies that the spec attaches to the role of a run.
fn of_run(run: &Run) -> impl Iterator<Item = String> {
    let phase = run.phase.as_str();
    run.existing.iter().map(move |policy| format!("{phase} role: {}", policy_name(&policy.value)))
}
