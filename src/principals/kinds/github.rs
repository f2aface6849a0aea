//! Workflows of GitHub Actions (GitHub documentation, "OpenID Connect reference").
//!
//! The subject of a token has two forms. Repositories that were created, renamed or transferred after 2026-07-15 include
//! the IDs of owner and repository (`repo:O@1/R@2:…`). Older repositories do not (`repo:O/R:…`), unless their owner opts
//! in. If the spec has the IDs, the trust policy lists both forms and pins the IDs in separate conditions, so that a new
//! owner of the same name does not get access.
//!
//! An enterprise can have its own issuer; servers and subdomains of ghe.com always do. The host and path of the issuer are
//! the prefix of the condition keys.

use crate::decode::{Decode, record};
use crate::iam::trust::GITHUB;
use crate::iam::{Action, Document, Operator, Statement, Text};
use crate::principals::kind::{self, DefaultIssuer, Kind};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, STS_AUDIENCE, Setting, Value, sid};
use crate::source::{Span, Spanned};
use crate::value::{
    Audience, ForgeId, GitRef, GithubEnterprise, GithubEnvironment, GithubOwner, GithubRepository, GithubUrl,
    ServiceAccount, WorkflowRef,
};

use super::comparison;

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "github",
    description: "GitHub Actions workflows that assume a role through OIDC. At least one of `branches`, `tags`, \
                  `environments` and `pull_requests` is needed. Required unless the entry has another kind of principal. \
                  Example: `github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }`.",
    companions: &[],
    decode: kind::decode::<Github>,
    schema: Github::schema,
    issuer: Some(DefaultIssuer { host_and_path: GITHUB, audience: STS_AUDIENCE }),
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [push], repositories: [shop], github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] } }",
};

record! {
    /// GitHub Actions workflows. The keys are the words that GitHub uses.
    pub struct Github {
        /// GitHub repository of the workflows, `owner/repository`, with the capitalization that GitHub shows. Required unless
        /// `organization` is set. Example: `repository: example/shop`.
        optional repository: Spanned<GithubRepository>,
        /// Numeric ID of the owner: `gh api repos/OWNER/NAME --jq .owner.id`. It pins the owner, so that another owner of the
        /// same name gets no access. Default: the owner is not pinned. Example: `owner_id: 1111`.
        optional owner_id: Spanned<ForgeId>,
        /// Numeric ID of the repository: `gh api repos/OWNER/NAME --jq .id`. It pins the repository, so that another
        /// repository of the same name gets no access. Default: the repository is not pinned. Example: `repository_id: 2222`.
        optional repository_id: Spanned<ForgeId>,
        /// GitHub organization: the workflows of all its repositories can assume the role. Required unless `repository` is
        /// set. Example: `organization: example`.
        optional organization: Spanned<GithubOwner>,
        /// Numeric ID of the organization: `gh api orgs/NAME --jq .id`. It pins the organization, so that another one of the
        /// same name gets no access. Default: the organization is not pinned. Example: `organization_id: 1111`.
        optional organization_id: Spanned<ForgeId>,
        /// Git branches whose workflows can assume the role; `*` matches any characters. Default: no branches.
        /// Example: `branches: [main, "release/*"]`.
        optional branches: Vec<Spanned<GitRef>>,
        /// Git tags whose workflows can assume the role; `*` matches any characters. Default: no tags.
        /// Example: `tags: ["v*"]`.
        optional tags: Vec<Spanned<GitRef>>,
        /// Whether workflows that a pull request starts can assume the role. GitHub issues tokens only to pull requests from
        /// branches of the repository itself, not to those from forks. Anyone who can push a branch can open one, and
        /// decides what it runs. Default: `false`. Example: `pull_requests: true`.
        optional pull_requests: Spanned<bool>,
        /// GitHub deployment environments: a job must run in one of them. With environments, `branches`, `tags` and
        /// `pull_requests` narrow the access further. Default: jobs need no environment. Example: `environments: [production]`.
        optional environments: Vec<Spanned<GithubEnvironment>>,
        /// Reusable workflow that the job must be defined in. Default: any workflow.
        /// Example: `workflow: example/ci/.github/workflows/build.yml@refs/tags/v1`.
        optional workflow: Spanned<WorkflowRef>,
        /// Audience that the workflow requests, which is the input `audience` of `aws-actions/configure-aws-credentials`.
        /// Default: `sts.amazonaws.com`. Example: `audience: sts.amazonaws.com.cn`.
        optional audience: Spanned<Audience>,
        /// Slug of the GitHub enterprise, as in `github.com/enterprises/SLUG`, if its tokens have their own issuer
        /// (`include_enterprise_slug`). Default: the issuer of github.com. Example: `enterprise: example-inc`.
        optional enterprise: Spanned<GithubEnterprise>,
        /// URL of a GitHub Enterprise Server or of a subdomain of ghe.com. Default: `https://github.com`.
        /// Example: `url: "https://github.example.com"`.
        optional url: Spanned<GithubUrl>,
    }
    exactly one of [repository, organization]
    at most one of [enterprise, url]
}

impl Principal for Github {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::Roles(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Known { provider: KIND.key, host_and_path: self.issuer_host_and_path(), audience: audience(self) }
    }

    fn values(&self) -> Vec<Value<'_>> {
        Vec::new()
    }
}

impl Assumable for Github {
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>] {
        &[]
    }

    fn trust(&self, _: Option<&ServiceAccount>, setting: &Setting) -> Document {
        trust(self, setting)
    }

    fn description(&self, _: &str, _: Option<&ServiceAccount>) -> String {
        format!("GitHub Actions workflows of {}", owner_of_workflows(self))
    }

    fn condition_on(&self, claim: &str) -> Option<(&'static str, Span)> {
        let id = |id: &Spanned<ForgeId>| id.span;
        let first = |refs: &Vec<Spanned<GitRef>>| refs[0].span;
        Some(match claim {
            "repository_id" => ("repository_id", self.repository_id.as_ref().map(id)?),
            "repository_owner_id" => match &self.owner_id {
                Some(owner) => ("owner_id", owner.span),
                None => ("organization_id", self.organization_id.as_ref().map(id)?),
            },
            "job_workflow_ref" => ("workflow", self.workflow.as_ref()?.span),
            "ref" => match &self.branches {
                Some(branches) => ("branches", first(branches)),
                None => match (&self.tags, &self.pull_requests) {
                    (Some(tags), _) => ("tags", first(tags)),
                    (None, pull_requests) => ("pull_requests", pull_requests.as_ref()?.span),
                },
            },
            _ => return None,
        })
    }

    fn associated(&self) -> Option<&Pods> {
        None
    }
}

impl Github {
    /// Host and path of the issuer of the workflows' tokens. An enterprise can have its own issuer; every server and every
    /// subdomain of ghe.com has one.
    pub fn issuer_host_and_path(&self) -> String {
        let host = self.url.as_ref().map(|url| url.host_and_path());
        match (&self.enterprise, host) {
            (Some(enterprise), _) => format!("{GITHUB}/{}", enterprise.as_str()),
            (None, Some(host)) if host.ends_with(".ghe.com") => format!("token.actions.{host}"),
            (None, Some(host)) => format!("{host}/_services/token"),
            (None, None) => GITHUB.to_owned(),
        }
    }
}

/// The trust policy of the role.
fn trust(github: &Github, setting: &Setting) -> Document {
    let issuer = github.issuer_host_and_path();
    let claim = |name: &str| Text::from(issuer.as_str()).literal(":").literal(name);
    let mut statement = Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("GitHubActions"))
        .by(crate::iam::Principal::federated([setting.provider_arn("github", &Text::from(issuer.as_str()))]))
        .when(Operator::STRING_EQUALS, claim("aud"), [audience(github)]);
    for (name, id) in [("repository_id", &github.repository_id), ("repository_owner_id", owner_id(github))] {
        if let Some(id) = id {
            statement = statement.when(Operator::STRING_EQUALS, claim(name), [id.get().to_string()]);
        }
    }
    if let Some(workflow) = &github.workflow {
        statement = statement.when(Operator::STRING_EQUALS, claim("job_workflow_ref"), [workflow.as_str()]);
    }
    let refs = refs(github);
    if github.environments.is_some() && !refs.is_empty() {
        statement = statement.when(comparison(&refs), claim("ref"), refs);
    }
    let subjects = subjects(github);
    Document::new([statement.when(comparison(&subjects), claim("sub"), subjects)])
}

/// The subjects that the role accepts, in every form. They contain `*` where the spec has it.
pub fn subjects(github: &Github) -> Vec<String> {
    let contexts: Vec<String> = match &github.environments {
        Some(environments) => environments.iter().map(environment).collect(),
        None => {
            let pull_request = admits_pull_requests(github).then(|| "pull_request".to_owned());
            git_refs(github).map(|git_ref| format!("ref:{git_ref}")).chain(pull_request).collect()
        }
    };
    let prefixes = prefixes(github);
    contexts.iter().flat_map(|context| prefixes.iter().map(move |prefix| format!("{prefix}:{context}"))).collect()
}

/// The context of a deployment environment. GitHub encodes a colon in the name as `%3A`. In IAM, `${$}` is a dollar sign,
/// because `${` begins a variable (IAM user guide, "IAM policy elements: Variables and tags").
fn environment(name: &Spanned<GithubEnvironment>) -> String {
    format!("environment:{}", name.as_str().replace(':', "%3A").replace('$', "${$}"))
}

/// The full names of the refs whose workflows can assume the role. The run of a pull request has its own ref (GitHub
/// documentation, "Events that trigger workflows", `pull_request`).
fn refs(github: &Github) -> Vec<String> {
    let pull_requests = admits_pull_requests(github).then(|| "refs/pull/*/merge".to_owned());
    git_refs(github).chain(pull_requests).collect()
}

/// The full names of the branches and tags whose workflows can assume the role.
fn git_refs(github: &Github) -> impl Iterator<Item = String> {
    let branches = github.branches.iter().flatten().map(|branch| format!("refs/heads/{}", branch.as_str()));
    branches.chain(github.tags.iter().flatten().map(|tag| format!("refs/tags/{}", tag.as_str())))
}

/// Whether workflows that a pull request starts can assume the role.
pub fn admits_pull_requests(github: &Github) -> bool {
    github.pull_requests.as_ref().is_some_and(|admitted| admitted.value)
}

/// The audience of the tokens.
fn audience(github: &Github) -> &str {
    github.audience.as_ref().map_or(STS_AUDIENCE, |audience| audience.as_str())
}

/// `repo:owner/repository` in the classic form, and in the immutable form if the IDs are known.
fn prefixes(github: &Github) -> Vec<String> {
    let (owner, repository) = match (&github.repository, &github.organization) {
        (Some(repository), _) => repository.as_str().split_once('/').expect("the form has a slash"),
        (None, Some(organization)) => (organization.as_str(), "*"),
        (None, None) => unreachable!("the record has exactly one of the two"),
    };
    let mut prefixes = vec![format!("repo:{owner}/{repository}")];
    match (owner_id(github), &github.repository_id, repository) {
        (Some(owner_id), Some(id), _) => {
            prefixes.push(format!("repo:{owner}@{}/{repository}@{}", owner_id.get(), id.get()))
        }
        (Some(owner_id), None, "*") => prefixes.push(format!("repo:{owner}@{}/*", owner_id.get())),
        _ => {}
    }
    prefixes
}

/// The ID of the user or organization that owns the repository.
fn owner_id(github: &Github) -> &Option<Spanned<ForgeId>> {
    if github.owner_id.is_some() { &github.owner_id } else { &github.organization_id }
}

/// The repository or organization of the workflows, in a few words.
fn owner_of_workflows(github: &Github) -> String {
    match (&github.repository, &github.organization) {
        (Some(repository), _) => repository.as_str().to_owned(),
        (None, Some(organization)) => format!("the organization {}", organization.as_str()),
        (None, None) => unreachable!("the record has exactly one of the two"),
    }
}
