//! What a spec says about who may do what on which repositories.

use serde_json::{Value as Json, json};

use crate::decode::{Decode, Decoder, Definitions};
use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{
    AccountId, Audience, ClusterName, EcrAction, ForgeId, FunctionName, GitRef, GithubEnterprise, GithubEnvironment,
    GithubOwner, GithubRepository, GithubUrl, GitlabProject, GitlabUrl, HcpOrganization, HcpProject, HcpWorkspace,
    IdentityCenter, OrVariable, OrganizationId, PermissionSetName, PrincipalArn, Region, RepositoryKey, RoleRef,
    ServiceAccount, SessionDuration, WorkflowRef,
};
use crate::yaml::Node;

record! {
    lenient
    /// Who (exactly one kind of principal) may do what on which repositories.
    pub struct Access {
        /// What they can do: pull, push, read, delete, create, or exact actions such as `ecr:DescribeImages`.
        needed can: Vec<Spanned<Can>>,
        /// Keys of repositories, or `all` for every repository of this spec.
        needed repositories: Spanned<Repositories>,
        /// How long a session of the role or permission set made here can last, from `1h` to `12h`. Default: `iam.session_duration`.
        optional session_duration: Spanned<SessionDuration>,
        /// GitHub Actions, by OIDC.
        optional github: Github,
        /// GitLab CI, by OIDC.
        optional gitlab: Gitlab,
        /// Runs of another HCP Terraform workspace, by OIDC.
        optional hcp: Hcp,
        /// Pods that call ECR themselves, by IAM roles for service accounts: a role for each.
        optional irsa: Pods,
        /// Pods that call ECR themselves, by EKS Pod Identity: a role and an association for each.
        optional pod_identity: Pods,
        /// Existing roles of EKS nodes; the kubelet pulls with them.
        optional node_roles: Vec<Spanned<OrVariable<RoleRef>>>,
        /// Other existing roles, for example an ECS execution role.
        optional roles: Vec<Spanned<OrVariable<RoleRef>>>,
        /// A new role that these principals may assume.
        optional assumed_by: Vec<Spanned<OrVariable<PrincipalArn>>>,
        /// People, by a permission set of IAM Identity Center that is made here.
        optional permission_set: PermissionSet,
        /// Whole other accounts, by the policies of the repositories: a list, or `all` of an `organization`.
        optional accounts: Spanned<Accounts>,
        /// The AWS organisation that the `accounts` must belong to.
        optional organization: Spanned<OrganizationId>,
        /// Lambda functions of image type, by the policies of the repositories.
        optional lambda: Lambda,
    }
    exactly one of [github, gitlab, hcp, irsa, pod_identity, node_roles, roles, assumed_by, permission_set, accounts, lambda]
}

words! {
    /// A verb: what somebody can do, in one word.
    pub enum Verb {
        /// Pull images.
        Pull = "pull",
        /// Push images.
        Push = "push",
        /// List and describe, without the images' content.
        Read = "read",
        /// Delete images.
        Delete = "delete",
        /// Create repositories.
        Create = "create",
    }
}

/// A verb, or one exact action.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Can {
    /// A verb.
    Verb(Verb),
    /// An action of ECR.
    Action(EcrAction),
}

impl Can {
    /// As the spec writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Can::Verb(verb) => verb.as_str(),
            Can::Action(action) => action.as_str(),
        }
    }
}

impl Decode for Can {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if node.as_text().is_some_and(|text| text.contains(':')) {
            return EcrAction::decode(node, decoder).map(Can::Action);
        }
        Verb::decode(node, decoder).map(Can::Verb)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [Verb::schema(definitions), EcrAction::schema(definitions)] })
    }
}

/// Which repositories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repositories {
    /// Every one of the spec.
    All,
    /// These.
    These(Vec<Spanned<RepositoryKey>>),
}

impl Decode for Repositories {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("all") => Some(Repositories::All),
            _ => Vec::decode(node, decoder).map(Repositories::These),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "const": "all" }, Vec::<RepositoryKey>::schema(definitions)] })
    }
}

/// Which accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accounts {
    /// Every one of the organisation.
    All,
    /// These.
    These(Vec<Spanned<AccountId>>),
}

impl Decode for Accounts {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("all") => Some(Accounts::All),
            _ => Vec::decode(node, decoder).map(Accounts::These),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "const": "all" }, Vec::<AccountId>::schema(definitions)] })
    }
}

record! {
    /// Lambda functions that run an image.
    pub struct Lambda {
        /// Names of functions; `*` stands for any characters.
        required functions: Vec<Spanned<FunctionName>>,
        /// The accounts that the functions are in. Default: this one.
        optional accounts: Vec<Spanned<AccountId>>,
    }
}

record! {
    /// GitHub Actions workflows, in GitHub's words.
    pub struct Github {
        /// `owner/repository`, in the case that GitHub shows.
        optional repository: Spanned<GithubRepository>,
        /// The owner's number: `gh api repos/O/R --jq .owner.id`.
        optional owner_id: Spanned<ForgeId>,
        /// The repository's number: `gh api repos/O/R --jq .id`.
        optional repository_id: Spanned<ForgeId>,
        /// Every repository of this organisation, instead of one repository.
        optional organization: Spanned<GithubOwner>,
        /// The organisation's number.
        optional organization_id: Spanned<ForgeId>,
        /// Branches whose workflows may assume the role.
        optional branches: Vec<Spanned<GitRef>>,
        /// Git tags whose workflows may assume the role.
        optional tags: Vec<Spanned<GitRef>>,
        /// Deployment environments; the job must run in one of them, and branches and tags narrow further.
        optional environments: Vec<Spanned<GithubEnvironment>>,
        /// The reusable workflow that the job must come from.
        optional workflow: Spanned<WorkflowRef>,
        /// The enterprise whose tokens have an issuer of their own (`include_enterprise_slug`), as in `github.com/enterprises/E`.
        optional enterprise: Spanned<GithubEnterprise>,
        /// A GitHub Enterprise Server, or a subdomain of ghe.com. Default: github.com.
        optional url: Spanned<GithubUrl>,
    }
    exactly one of [repository, organization]
    at most one of [enterprise, url]
}

record! {
    /// GitLab CI pipelines, in GitLab's words.
    pub struct Gitlab {
        /// The project with its groups, `group/project`, in the case that GitLab shows.
        required project: Spanned<GitlabProject>,
        /// The project's number; pins it against reuse of its path. On an instance of one's own it replaces the path, and the project's tokens have to begin with it (`ci_id_token_sub_claim_components`).
        optional project_id: Spanned<ForgeId>,
        /// Branches whose pipelines may assume the role; the pipeline of a merge request counts as its source branch.
        optional branches: Vec<Spanned<GitRef>>,
        /// Git tags whose pipelines may assume the role.
        optional tags: Vec<Spanned<GitRef>>,
        /// Whether only protected branches and tags are let in; gitlab.com only. Default: false.
        optional protected: Spanned<bool>,
        /// The audience that the jobs ask for under `id_tokens`. Default: `sts.amazonaws.com`.
        optional audience: Spanned<Audience>,
        /// A GitLab of one's own. Default: `https://gitlab.com`.
        optional url: Spanned<GitlabUrl>,
    }
}

record! {
    /// Runs of an HCP Terraform workspace.
    pub struct Hcp {
        /// The organisation.
        required organization: Spanned<HcpOrganization>,
        /// The project that the workspace lies in. Default: `Default Project`.
        optional project: Spanned<HcpProject>,
        /// The workspace.
        required workspace: Spanned<HcpWorkspace>,
        /// The phases of a run that may assume the role: `plan` (whoever opens a pull request decides what it runs), `apply`.
        required phases: Vec<Spanned<RunPhase>>,
    }
}

words! {
    /// A phase of a run.
    pub enum RunPhase {
        /// What would be done.
        Plan = "plan",
        /// Doing it.
        Apply = "apply",
    }
}

record! {
    /// Pods by their service accounts.
    pub struct Pods {
        /// The EKS cluster.
        required cluster: OrVariable<ClusterName>,
        /// Service accounts as `namespace/name`; each gets a role of its own.
        required service_accounts: Vec<Spanned<ServiceAccount>>,
    }
}

record! {
    /// A permission set of IAM Identity Center. Who gets it in which account is said elsewhere.
    pub struct PermissionSet {
        /// Its name: 1 to 32 characters.
        required name: Spanned<PermissionSetName>,
        /// The ARN of the instance; the account applied in has to manage it.
        required instance: OrVariable<IdentityCenter>,
        /// The region that the instance lies in. Default: the home region; another one needs version 6 of the AWS provider.
        optional region: Spanned<Region>,
    }
}

impl Pods {
    /// How the spec and our symbols call the cluster.
    pub fn cluster_name(&self) -> String {
        match &self.cluster {
            OrVariable::Literal(name) => name.as_str().to_owned(),
            OrVariable::Variable(variable) => format!("var.{}", variable.name.as_str()),
            OrVariable::Reference(reference) => reference.as_str().to_owned(),
        }
    }
}
