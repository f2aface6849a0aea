//! The HCP Terraform workspace of a spec.

use crate::decode::{Map, record, words};
use crate::source::Spanned;
use crate::value::{
    AgentPoolId, ExactVersion, HcpOrganization, HcpProject, Identifier, ManagedPolicyArn, NameTemplate,
    NotificationName, OauthTokenId, OrVariable, RepositoryPattern, TeamId, VariableSetId, VcsRepository,
};

record! {
    /// The HCP Terraform workspace that applies the root module.
    pub struct Workspace {
        /// Name of the HCP Terraform organization. Required. Example: `organization: acme`.
        required organization: Spanned<HcpOrganization>,
        /// Name of the workspace. It can contain `{platform}`, `{environment}`, `{region}` and `{account}`.
        /// Default: `{platform}-ecr-{environment}`. Example: `name: "registry-{environment}"`.
        optional name: Spanned<NameTemplate>,
        /// Repository that holds the generated files, on GitHub unless `oauth_token_id` is set. With it, the workspace starts a
        /// run on each push and a plan for each pull request. Default: the workspace is not connected to a repository.
        /// Example: `repository: acme/infra`.
        optional repository: Spanned<VcsRepository>,
        /// ID of the OAuth token of an existing VCS connection, for repositories on GitLab, Bitbucket, Azure DevOps or GitHub
        /// Enterprise. HCP Terraform lists the IDs under Settings, Version Control, Providers. Default: the HCP Terraform GitHub
        /// App. Example: `oauth_token_id: ot-hmAyP66qk2AMVdbJ`.
        optional oauth_token_id: Spanned<OauthTokenId>,
        /// ID of the agent pool whose agents execute the runs. Agents need version 1.7.0 or later for the roles of the runs.
        /// Default: HCP Terraform executes the runs. Example: `agent_pool_id: apool-yoGUFz5zcRMMz53i`.
        optional agent_pool_id: Spanned<AgentPoolId>,
        /// IDs of existing variable sets that apply to the workspace. Default: none.
        /// Example: `variable_sets: [varset-5rTwnSaRPogw6apb]`.
        optional variable_sets: Vec<Spanned<VariableSetId>>,
        /// Access of teams to the workspace, by the ID of the team. Default: only the owners and teams with access to the project.
        /// Example: `teams: { team-47qC3LmA47piVan7: plan }`.
        optional teams: Map<TeamId, Spanned<TeamAccess>>,
        /// HCP Terraform project that contains the workspace. Default: `Default Project`. Example: `project: Registries`.
        optional project: Spanned<HcpProject>,
        /// How an apply is confirmed: by a person (`manual`), or not at all (`automatic`). Default: `manual`.
        /// Example: `approval: automatic`.
        optional approval: Spanned<Approval>,
        /// Whether HCP Terraform checks for drift between runs, with health assessments. Not every edition of HCP Terraform has
        /// them. Default: `false`. Example: `drift_detection: true`.
        optional drift_detection: Spanned<bool>,
        /// Notifications about runs, by name. With `drift_detection`, they are also about health assessments. Default: none.
        /// Example: `notifications: { platform-team: { to: slack, url_variable: slack_url } }`.
        optional notifications: Map<NotificationName, Notification>,
        /// Exact Terraform version of the runs, in quotes. Default: HCP Terraform chooses the version.
        /// Example: `terraform_version: "1.13.5"`.
        optional terraform_version: Spanned<ExactVersion>,
        /// Patterns for the names of the repositories that runs can manage. `*` matches any characters. A new repository with a
        /// matching name does not need an administrator, who otherwise must apply the bootstrap module again. Default: exactly
        /// the repositories of the spec. Example: `manages: ["{platform}-{environment}-*"]`.
        optional manages: Vec<Spanned<RepositoryPattern>>,
        /// Whether the bootstrap module creates the policies of entries with `node_roles` and `roles`, so that no run can give
        /// these roles permissions that it has written itself. An administrator then applies each change of these policies, also for a
        /// new repository. Default: `false`, the root module creates them. Example: `protect_existing_roles: true`.
        optional protect_existing_roles: Spanned<bool>,
        /// Existing managed policies for the roles of the runs, for example because a shared root module has other resources.
        /// ecrgen does not know what these policies allow. Default: none.
        /// Example: `policies: { plan: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }`.
        optional policies: RunPolicies,
    }
}

record! {
    /// Existing managed policies for the roles of the runs.
    pub struct RunPolicies {
        /// ARNs of policies for the plan role, which anyone who opens a pull request can use. Default: none.
        /// Example: `plan: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]`.
        optional plan: Vec<Spanned<OrVariable<ManagedPolicyArn>>>,
        /// ARNs of policies for the apply role. Default: none.
        /// Example: `apply: ["arn:aws:iam::123456789012:policy/manage-cluster"]`.
        optional apply: Vec<Spanned<OrVariable<ManagedPolicyArn>>>,
    }
}

record! {
    /// Notifications about the runs of a workspace.
    pub struct Notification {
        /// What receives them: `slack`, `microsoft-teams`, or `generic` for any other webhook. Required. Example: `to: slack`.
        required to: Spanned<Receiver>,
        /// Name of the Terraform variable of the bootstrap module for the URL of the webhook. The URL is a secret, because
        /// anyone who knows it can write to the receiver, so it is not in the spec. Required. Example: `url_variable: slack_url`.
        required url_variable: Spanned<Identifier>,
        /// What they are about. Default: `needs-attention` and `errored`. Example: `events: [errored, completed]`.
        optional events: Vec<Spanned<RunEvent>>,
    }
}

words! {
    /// What receives notifications (tfe provider, `tfe_notification_configuration`).
    pub enum Receiver {
        /// A webhook of Slack.
        Slack = "slack",
        /// A webhook of Microsoft Teams.
        MicrosoftTeams = "microsoft-teams",
        /// Any webhook, which gets JSON (HCP Terraform documentation, "Notification configurations API").
        Generic = "generic",
    }
}

words! {
    /// An event of a run (tfe provider, `tfe_notification_configuration`, `triggers`).
    pub enum RunEvent {
        /// A run was created.
        Created = "created",
        /// A plan started.
        Planning = "planning",
        /// A run waits for a person, for example for the approval of a plan.
        NeedsAttention = "needs-attention",
        /// An apply started.
        Applying = "applying",
        /// A run was completed.
        Completed = "completed",
        /// A run failed or was canceled.
        Errored = "errored",
    }
}

words! {
    /// What a team can do with the workspace (tfe provider, `tfe_team_access`).
    pub enum TeamAccess {
        /// See runs and states.
        Read = "read",
        /// Start plans.
        Plan = "plan",
        /// Confirm applies and change variables.
        Write = "write",
        /// Change the settings of the workspace and delete it.
        Admin = "admin",
    }
}

words! {
    /// How an apply is confirmed.
    pub enum Approval {
        /// A person confirms each apply.
        Manual = "manual",
        /// Applies start without confirmation.
        Automatic = "automatic",
    }
}
