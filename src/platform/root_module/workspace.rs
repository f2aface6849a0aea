//! The resolved settings of the HCP Terraform workspace.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, codes};
use crate::iam::matches_pattern;
use crate::language::workspace::{Approval, Receiver, RunEvent, TeamAccess, Workspace as Written};
use crate::platform::Scope;
use crate::platform::naming::template::expand;
use crate::principals::kinds::hcp::DEFAULT_PROJECT;
use crate::source::{Span, Spanned};
use crate::value::{GithubRepository, Identifier, ManagedPolicyArn, OrVariable, RepositoryPattern};

/// The HCP Terraform workspace.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The organization.
    pub organization: String,
    /// The name of the project.
    pub project: String,
    /// Whether the spec names the project, so that it must be looked up.
    pub project_is_named: bool,
    /// Its name: at most 90 letters, digits, `-` and `_`.
    pub name: String,
    /// The infrastructure repository, if pushes to it start runs.
    pub repository: Option<String>,
    /// The OAuth token of the connection to the repository. Without one, the HCP Terraform GitHub App connects it.
    pub oauth_token: Option<String>,
    /// The agent pool that executes its runs, if HCP Terraform does not.
    pub agent_pool: Option<String>,
    /// The variable sets that apply to it.
    pub variable_sets: Vec<String>,
    /// The access of teams, by their IDs.
    pub teams: BTreeMap<String, TeamAccess>,
    /// Whether applies start without confirmation by a person.
    pub auto_apply: bool,
    /// Whether HCP Terraform checks for drift.
    pub drift_detection: bool,
    /// The notifications, by name.
    pub notifications: BTreeMap<String, Notification>,
    /// The Terraform version of its runs.
    pub terraform_version: Option<String>,
    /// Patterns for the names of the repositories that runs can manage. If there are none, runs can manage exactly the
    /// repositories of the spec.
    pub manages: Vec<Spanned<String>>,
    /// Existing policies that are attached to the plan role.
    pub plan_policies: Vec<Spanned<OrVariable<ManagedPolicyArn>>>,
    /// Existing policies that are attached to the apply role.
    pub apply_policies: Vec<Spanned<OrVariable<ManagedPolicyArn>>>,
    /// Where it is written.
    pub span: Span,
}

/// Notifications about the runs of a workspace.
#[derive(Clone, Debug)]
pub struct Notification {
    /// What receives them.
    pub receiver: Receiver,
    /// The variable of the bootstrap module for the URL of the webhook.
    pub url_variable: Spanned<Identifier>,
    /// The events, as HCP Terraform names them, sorted.
    pub triggers: BTreeSet<String>,
}

/// What a health assessment can report (tfe provider, `tfe_notification_configuration`, `triggers`).
const ASSESSMENTS: [&str; 3] = ["assessment:check_failure", "assessment:drifted", "assessment:failed"];

/// The most notifications of a workspace (HCP Terraform documentation, "Notifications").
const MOST_NOTIFICATIONS: usize = 20;

impl Workspace {
    /// Whether a pattern covers the name of a repository.
    pub fn covers(&self, name: &str) -> bool {
        self.manages.iter().any(|pattern| matches_pattern(pattern, name))
    }
}

/// Resolves every setting.
pub fn resolve(written: &Written, scope: &Scope) -> Result<Workspace, Diagnostic> {
    let (template, span) =
        written.name.as_ref().map_or(("{platform}-ecr-{environment}", written.span), |name| (name.as_str(), name.span));
    let name = expand(template, span, scope, &[]).map_err(|fault| fault.at("workspace.name"))?;
    // HCP Terraform documentation, "Create workspaces"; the provider does not check it.
    let bad = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_';
    if name.len() > 90 || name.contains(bad) {
        let message = format!("`{name}` is not a valid workspace name: use at most 90 letters, digits, `-` and `_`");
        let place = written.name.as_ref().map_or(span, |name| name.first(|c| bad(c) && !"{}".contains(c)));
        let help = "change `workspace.name`, for example to `\"{platform}-ecr\"`";
        return Err(Diagnostic::new(&codes::BAD_WORKSPACE_NAME, place, message).help(help).at("workspace.name"));
    }
    let role = scope.run_name("apply");
    if role.len() > 64 {
        let message = format!("role name `{role}` is too long: it has {} characters, but IAM allows 64", role.len());
        let help = "use a shorter platform or environment name";
        return Err(Diagnostic::new(&codes::BAD_IAM_NAME, written.span, message).help(help).at("workspace"));
    }
    let policies = written.policies.as_ref();
    let teams = written.teams.iter().flat_map(|teams| &teams.entries);
    Ok(Workspace {
        organization: written.organization.as_str().to_owned(),
        project: written.project.as_ref().map_or(DEFAULT_PROJECT, |project| project.as_str()).to_owned(),
        project_is_named: written.project.is_some(),
        name,
        repository: repository(written)?,
        oauth_token: written.oauth_token_id.as_ref().map(|id| id.as_str().to_owned()),
        agent_pool: written.agent_pool_id.as_ref().map(|id| id.as_str().to_owned()),
        variable_sets: written.variable_sets.iter().flatten().map(|id| id.as_str().to_owned()).collect(),
        teams: teams.map(|(id, access)| (id.as_str().to_owned(), access.value)).collect(),
        auto_apply: written.approval.as_ref().is_some_and(|approval| approval.value == Approval::Automatic),
        drift_detection: written.drift_detection.as_ref().is_some_and(|drift| drift.value),
        notifications: notifications(written)?,
        terraform_version: written.terraform_version.as_ref().map(|version| version.as_str().to_owned()),
        manages: patterns(written, scope)?,
        plan_policies: policies.and_then(|policies| policies.plan.clone()).unwrap_or_default(),
        apply_policies: policies.and_then(|policies| policies.apply.clone()).unwrap_or_default(),
        span: written.span,
    })
}

fn notifications(written: &Written) -> Result<BTreeMap<String, Notification>, Diagnostic> {
    let has_assessments = written.drift_detection.as_ref().is_some_and(|drift| drift.value);
    let entries: Vec<_> = written.notifications.iter().flat_map(|map| &map.entries).collect();
    if let Some((name, _)) = entries.get(MOST_NOTIFICATIONS) {
        let message =
            format!("the workspace has {} notifications, but HCP Terraform allows {MOST_NOTIFICATIONS}", entries.len());
        let fault = Diagnostic::new(&codes::TOO_MANY_NOTIFICATIONS, name.span, message);
        return Err(fault.help("remove some of them").at("workspace.notifications"));
    }
    let resolved = entries.into_iter().map(|(name, notification)| {
        let events: Vec<RunEvent> = match &notification.events {
            Some(events) => events.iter().map(|event| event.value).collect(),
            None => vec![RunEvent::NeedsAttention, RunEvent::Errored],
        };
        let of_runs = events.into_iter().map(|event| format!("run:{}", event.as_str().replace('-', "_")));
        let of_assessments = ASSESSMENTS.into_iter().filter(|_| has_assessments).map(str::to_owned);
        let resolved = Notification {
            receiver: notification.to.value,
            url_variable: notification.url_variable.clone(),
            triggers: of_runs.chain(of_assessments).collect(),
        };
        (name.as_str().to_owned(), resolved)
    });
    Ok(resolved.collect())
}

fn patterns(written: &Written, scope: &Scope) -> Result<Vec<Spanned<String>>, Diagnostic> {
    let pattern = |pattern: &Spanned<RepositoryPattern>| {
        let value =
            expand(pattern.as_str(), pattern.span, scope, &[]).map_err(|fault| fault.at("workspace.manages"))?;
        Ok(Spanned { value, span: pattern.span })
    };
    written.manages.iter().flatten().map(pattern).collect()
}

/// The repository. The GitHub App knows only repositories of GitHub, and an OAuth token connects nothing by itself.
fn repository(written: &Written) -> Result<Option<String>, Diagnostic> {
    let Some(repository) = &written.repository else {
        let Some(token) = &written.oauth_token_id else { return Ok(None) };
        let message = "`oauth_token_id` has no effect without `repository`";
        let fault = Diagnostic::new(&codes::BAD_VCS_CONNECTION, token.span, message).on_key();
        let help = "add `repository`, the path of the repository that holds the generated files";
        return Err(fault.help(help).at("workspace.oauth_token_id"));
    };
    if written.oauth_token_id.is_none() && GithubRepository::parse(repository.as_str()).is_none() {
        let message = format!("`{}` is not a GitHub repository such as `owner/repository`", repository.as_str());
        let help = "write `owner/repository`, or add `oauth_token_id` for a repository on another host";
        let fault = Diagnostic::new(&codes::BAD_VCS_CONNECTION, repository.span, message);
        return Err(fault.help(help).at("workspace.repository"));
    }
    Ok(Some(repository.as_str().to_owned()))
}
