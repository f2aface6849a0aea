//! The bootstrap module: the HCP Terraform workspace, and the roles its runs assume.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::access::{attachments, policy};
use super::expr::{Writer, variable_reference};
use super::file::Generated;
use super::oidc_providers::Provider;
use super::place::Place;
use super::variables::{apart, declaration};
use super::{locals, markdown, providers, versions};
use crate::diagnostic::Diagnostic;
use crate::iam::Text;
use crate::language::oidc_provider::{OidcProvider, ProviderSource};
use crate::platform::access::iam::Boundary;
use crate::platform::root_module::variables::{Kind, Variable};
use crate::platform::{Access, Platform, Principal, Workspace};
use crate::policies::bindings::bindings;
use crate::policies::hcp::{self, Phase};
use crate::policies::provider::{self, HCP};
use crate::policies::split::{self, MOST_POLICIES, Part};
use crate::policies::{boundary, run_permissions};
use crate::terraform::{Block, Body, Expr, Name, Traversal};
use crate::value::OrVariable;

/// The module's files; the root module's resource types say what the roles must be able to manage.
pub fn files(platform: &Platform, types: &BTreeSet<String>) -> Vec<Generated> {
    let Some(workspace) = &platform.workspace else { return Vec::new() };
    let writer = Writer { platform, place: Place::workspace(platform) };
    let place = &writer.place;
    let origin = workspace.span;
    let mut identity = vec![locals::tags(platform, place)];
    identity.extend(locals::identity(place));
    let variables = passed_on(platform).map(|(name, variable)| declaration(name, variable));
    let variables = apart(variables);
    let makes_provider = *provider::origin(platform, "hcp") == OidcProvider::Create;
    let reads_certificate = platform.root.wants_thumbprints() && makes_provider;
    let ours: &[&str] = if reads_certificate { &["aws", "tfe", "tls"] } else { &["aws", "tfe"] };
    let terraform = versions::required(platform, ours).origin(origin);
    let mut files = vec![
        place.hcl("versions.tf", Body::new().block(terraform), origin),
        place.hcl("providers.tf", apart([providers::aws(platform), tfe(workspace)]), origin),
        place.hcl("locals.tf", apart(identity), platform.tags_span),
        place.hcl("workspace.tf", apart(self::workspace(platform, workspace)), origin),
        place.text("README.md", readme(platform, workspace, types), origin),
    ];
    if !variables.lines.is_empty() {
        files.push(place.hcl("variables.tf", variables, origin));
    }
    files.extend(oidc_provider(platform, place));
    files.extend(boundary(&writer, workspace, types));
    files.extend(Phase::ALL.map(|phase| role(&writer, workspace, phase, types)));
    files
}

fn readme(platform: &Platform, workspace: &Workspace, types: &BTreeSet<String>) -> String {
    let boundary = match &platform.iam.boundary {
        Some(Boundary::Made(name)) => name.as_str(),
        Some(Boundary::Existing(OrVariable::Literal(arn))) => arn.as_str(),
        Some(Boundary::Existing(_)) | None => "made elsewhere",
    };
    let values = context! {
        platform => &*platform.scope.platform,
        environment => &*platform.scope.environment,
        organization => &*workspace.organization,
        name => &*workspace.name,
        repository => workspace.repository.as_deref(),
        directory => platform.root.directory.as_str(),
        auto_apply => workspace.auto_apply,
        confined => types.contains("aws_iam_policy"),
        bounded => types.contains("aws_iam_role"),
        path => &*platform.iam.path,
        boundary => boundary,
        unbounded => platform.access.iter().any(gets_rights_without_boundary),
        variables => passed_on(platform).map(|(name, _)| name.as_str()).collect::<Value>(),
    };
    markdown::render(include_str!("../../templates/workspace-readme.md"), values)
}

/// Whether an apply writes policies for somebody who has no boundary of ours.
fn gets_rights_without_boundary(access: &Access) -> bool {
    matches!(access.principal, Principal::NodeRoles(_) | Principal::Roles(_) | Principal::PermissionSet(..))
}

/// Variables of the root module whose values the workspace has to know, because they have no default or because the
/// roles made here shall have rights on the same things.
pub fn passed_on(platform: &Platform) -> impl Iterator<Item = (&String, &Variable)> {
    platform
        .variables
        .iter()
        .filter(|(_, variable)| variable.names_rights || matches!(variable.kind, Kind::Bool(None) | Kind::Text(None)))
}

fn tfe(workspace: &Workspace) -> Block {
    Block::new("provider", ["tfe"]).attr("organization", &workspace.organization).origin(workspace.span)
}

/// The workspace, its settings and its variables. What both resources could say is said in the settings,
/// where the tfe provider wants it.
fn workspace(platform: &Platform, workspace: &Workspace) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut main = Block::resource("tfe_workspace", "ecr").attr("name", &workspace.name).attr(
        "description",
        format!("Container registry of {} ({})", platform.scope.platform, platform.scope.environment),
    );
    if workspace.project_is_named {
        blocks.push(Block::data("tfe_project", "ecr").attr("name", &workspace.project));
        main = main.attr("project_id", Traversal::new("data.tfe_project.ecr.id"));
    }
    if let Some(version) = &workspace.terraform_version {
        main = main.attr("terraform_version", version);
    }
    main = main.attr("working_directory", platform.root.directory.as_str());
    if let Some(repository) = &workspace.repository {
        let owner = repository.split('/').next().unwrap_or_default();
        blocks.push(
            Block::data("tfe_github_app_installation", "ecr")
                .comment("The GitHub App of HCP Terraform, installed by the repository's owner")
                .attr("name", owner),
        );
        let vcs = Block::bare("vcs_repo")
            .attr("identifier", repository)
            .attr("github_app_installation_id", Traversal::new("data.tfe_github_app_installation.ecr.id"));
        main = main.attr("trigger_patterns", [format!("/{}/**/*", platform.root.directory)]).blank().block(vcs);
    }
    blocks.push(main);
    blocks.push(
        Block::resource("tfe_workspace_settings", "ecr")
            .attr("workspace_id", Traversal::new("tfe_workspace.ecr.id"))
            .attr("execution_mode", "remote")
            .attr("auto_apply", workspace.auto_apply)
            .attr("assessments_enabled", workspace.drift_detection),
    );
    let role = |phase: Phase| Traversal::new("aws_iam_role").attr(phase.as_str()).attr("arn");
    for (key, value) in [
        ("TFC_AWS_PROVIDER_AUTH", "true".into()),
        ("TFC_AWS_PLAN_ROLE_ARN", role(Phase::Plan).into()),
        ("TFC_AWS_APPLY_ROLE_ARN", role(Phase::Apply).into()),
    ] {
        blocks.push(variable(&key.to_lowercase(), key, "env", value));
    }
    let passed =
        passed_on(platform).map(|(name, _)| variable(name, name, "terraform", variable_reference(name).into()));
    blocks.extend(passed);
    blocks.into_iter().map(|block| block.origin(workspace.span)).collect()
}

fn variable(label: &str, key: &str, category: &'static str, value: Expr) -> Block {
    Block::resource("tfe_variable", Name::from(label.to_owned()))
        .attr("workspace_id", Traversal::new("tfe_workspace.ecr.id"))
        .attr("category", category)
        .attr("key", key)
        .attr("value", value)
}

/// HCP Terraform's provider, made or looked up here.
fn oidc_provider(platform: &Platform, place: &Place) -> Option<Generated> {
    let written = platform.oidc_providers.get("hcp")?;
    let url = format!("https://{HCP}");
    let blocks = match written.value {
        OidcProvider::Create => {
            let audiences = provider::audiences(platform, "hcp");
            let provider = Provider { name: "hcp".into(), url: url.into(), audiences, origin: written.span };
            provider.blocks(platform, place)
        }
        OidcProvider::Existing(ProviderSource::LookUp) => {
            vec![Block::data("aws_iam_openid_connect_provider", "hcp").attr("url", url).origin(written.span)]
        }
        OidcProvider::Existing(ProviderSource::Computed | ProviderSource::Arn(_)) => return None,
    };
    Some(place.hcl("oidc_provider.tf", apart(blocks), written.span))
}

/// The permissions boundary, if the root module makes roles and nobody else has made one.
fn boundary(writer: &Writer, workspace: &Workspace, types: &BTreeSet<String>) -> Option<Generated> {
    let Some(Boundary::Made(name)) = &writer.platform.iam.boundary else { return None };
    let path = writer.platform.iam.bootstrap_path();
    let description = "The most that the roles of this platform can ever do";
    let document = boundary::policy(writer.platform);
    let policy = policy(writer, "boundary".to_owned(), name, &path, description, &document).origin(workspace.span);
    let is_needed = types.contains("aws_iam_role");
    is_needed.then(|| writer.place.hcl("boundary.tf", Body::new().block(policy), workspace.span))
}

/// The role of a phase. It lies outside the path it manages, so that no run can change its own rights.
fn role(writer: &Writer, workspace: &Workspace, phase: Phase, types: &BTreeSet<String>) -> Generated {
    let platform = writer.platform;
    let label = phase.as_str();
    let name = platform.scope.run_name(label);
    let path = platform.iam.bootstrap_path();
    let provider = provider::arn(platform, "hcp", &Text::from(HCP));
    let does = match phase {
        Phase::Plan => "Reads what the workspace manages",
        Phase::Apply => "Manages what the workspace manages",
    };
    let role = Block::resource("aws_iam_role", label)
        .attr("name", &name)
        .attr("path", &path)
        .attr("description", format!("{does}: runs of {} in the {label} phase", workspace.name))
        .attr("assume_role_policy", writer.policy(&hcp::trust(workspace, phase, provider)))
        .blank()
        .attr("tags", writer.place.tags());
    let parts = parts(platform, phase, types);
    let mut blocks = vec![role];
    blocks.extend(
        parts.iter().map(|part| policy(writer, part.label(label), &part.name(&name), &path, does, &part.document)),
    );
    let role_name = Traversal::new("aws_iam_role").attr(label).attr("name");
    blocks.extend(attachments(label, role_name.into(), label, &parts));
    let blocks = blocks.into_iter().map(|block| block.origin(workspace.span));
    writer.place.hcl(&format!("role_{label}.tf"), apart(blocks), workspace.span)
}

/// The permissions of a phase.
fn parts(platform: &Platform, phase: Phase, types: &BTreeSet<String>) -> Vec<Part> {
    split::parts(&run_permissions::policy(platform, phase, types), &bindings(platform))
}

/// What AWS would refuse of the roles of runs; only the files tell what they must be able to do.
pub fn faults(platform: &Platform, types: &BTreeSet<String>) -> Vec<Diagnostic> {
    let Some(workspace) = &platform.workspace else { return Vec::new() };
    let fault = |phase: Phase| {
        let needed = parts(platform, phase, types).len();
        let message = format!(
            "the role of {} runs would need {needed} policies, and AWS attaches {MOST_POLICIES} to a role",
            phase.as_str()
        );
        let fault =
            Diagnostic::new(crate::catalogue::find("policy-too-large").expect("a rule"), workspace.span, message)
                .at("workspace");
        (needed > MOST_POLICIES).then(|| fault.help("divide the repositories between several platforms"))
    };
    Phase::ALL.into_iter().filter_map(fault).collect()
}
