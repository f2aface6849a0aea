//! `workspace.tf`: the HCP Terraform workspace.

use super::variables::passed_on;
use crate::generate::expression::variable_reference;
use crate::generate::place::Place;
use crate::generate::{Files, none, one, spaced};
use crate::platform::{Label, Platform, Workspace};
use crate::policies::{Phase, Policies};
use crate::terraform::{Block, Expr, Name, Traversal};

/// The file.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(workspace) = &platform.workspace else { return none() };
    let blocks = blocks(platform, workspace);
    one(Place::workspace(platform).hcl("workspace.tf", spaced(blocks), workspace.span))
}

/// The workspace, its settings and its variables. Arguments that both resources accept are set in the settings resource,
/// as the tfe provider recommends.
fn blocks(platform: &Platform, workspace: &Workspace) -> Vec<Block> {
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
        let vcs = Block::bare("vcs_repo").attr("identifier", repository);
        let vcs = match &workspace.oauth_token {
            Some(token) => vcs.attr("oauth_token_id", token),
            None => {
                let owner = repository.split('/').next().unwrap_or_default();
                blocks.push(
                    Block::data("tfe_github_app_installation", "ecr")
                        .comment("The HCP Terraform GitHub App, installed by the owner of the repository. Only a token of a user finds it")
                        .attr("name", owner),
                );
                vcs.attr("github_app_installation_id", Traversal::new("data.tfe_github_app_installation.ecr.id"))
            }
        };
        main = main.attr("trigger_patterns", [format!("/{}/**/*", platform.root.directory)]).blank().block(vcs);
    }
    let first =
        "A run needs the variables below, which are created after the workspace, so a person starts the first run";
    blocks.push(main.blank().comment(first).attr("queue_all_runs", false));
    let mut settings = Block::resource("tfe_workspace_settings", "ecr")
        .attr("workspace_id", id())
        .attr("execution_mode", if workspace.agent_pool.is_some() { "agent" } else { "remote" });
    if let Some(pool) = &workspace.agent_pool {
        settings = settings.attr("agent_pool_id", pool);
    }
    blocks
        .push(settings.attr("auto_apply", workspace.auto_apply).attr("assessments_enabled", workspace.drift_detection));
    blocks.extend(workspace.variable_sets.iter().map(|set| {
        Block::resource("tfe_workspace_variable_set", label(set))
            .attr("workspace_id", id())
            .attr("variable_set_id", set)
    }));
    blocks.extend(workspace.teams.iter().map(|(team, access)| {
        Block::resource("tfe_team_access", label(team))
            .attr("workspace_id", id())
            .attr("team_id", team)
            .attr("access", access.as_str())
    }));
    blocks.extend(workspace.notifications.iter().map(|(name, notification)| {
        Block::resource("tfe_notification_configuration", label(name))
            .attr("workspace_id", id())
            .attr("name", name)
            .attr("destination_type", notification.receiver.as_str())
            .attr("enabled", true)
            .attr("triggers", notification.triggers.iter().collect::<Vec<_>>())
            .attr("url", variable_reference(notification.url_variable.as_str()))
    }));
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

/// The ID of the workspace.
fn id() -> Traversal {
    Traversal::new("tfe_workspace.ecr.id")
}

/// The label of a resource that is about something with an ID. IDs tell capital letters apart, and labels do too.
fn label(id: &str) -> Name {
    Name::from(Label::text_of(id))
}

fn variable(label: &str, key: &str, category: &'static str, value: Expr) -> Block {
    Block::resource("tfe_variable", Name::from(label.to_owned()))
        .attr("workspace_id", id())
        .attr("category", category)
        .attr("key", key)
        .attr("value", value)
}
