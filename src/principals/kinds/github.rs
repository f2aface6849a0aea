//! Workflows of GitHub Actions (GitHub documentation, "OpenID Connect reference").
//!
//! The subject of a token has two forms. Repositories created, renamed or transferred after 2026-07-15
//! put the numbers of owner and repository into it (`repo:O@1/R@2:…`), older ones do not (`repo:O/R:…`)
//! until somebody opts in. With the ids known the policy lists both, and pins the ids in conditions of
//! their own, so that a name that somebody else takes over later lets nobody in.
//!
//! An enterprise may have an issuer of its own, and servers and subdomains of ghe.com have: its host and path are the
//! prefix of the condition keys.

use crate::decode::{Decode, record};
use crate::iam::trust::GITHUB;
use crate::iam::{Action, Document, Operator, Statement, Text};
use crate::principals::kind::{self, DefaultIssuer, Kind};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, STS_AUDIENCE, Setting, Value, sid};
use crate::source::Spanned;
use crate::value::{
    ForgeId, GitRef, GithubEnterprise, GithubEnvironment, GithubOwner, GithubRepository, GithubUrl, ServiceAccount,
    WorkflowRef,
};

use super::comparison;

/// The kind.
pub(crate) static KIND: Kind = Kind {
    key: "github",
    description: "GitHub Actions, by OIDC.",
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
    /// GitHub Actions workflows, in GitHub's words.
    pub struct Github {
        /// `owner/repository`, in the case that GitHub shows.
        optional repository: Spanned<GithubRepository>,
        /// The owner's number: `gh api repos/O/R --jq .owner.id`.
        optional owner_id: Spanned<ForgeId>,
        /// The repository's number: `gh api repos/O/R --jq .id`.
        optional repository_id: Spanned<ForgeId>,
        /// Every repository of this organization, instead of one repository.
        optional organization: Spanned<GithubOwner>,
        /// The organization's number.
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

impl Principal for Github {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::Roles(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Known { host_and_path: self.issuer_host_and_path(), audience: STS_AUDIENCE }
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
        format!("GitHub Actions of {}", whose(self))
    }

    fn associated(&self) -> Option<&Pods> {
        None
    }
}

impl Github {
    /// Host and path of the issuer of these workflows' tokens: an enterprise may have one of its own, and every server and
    /// every subdomain of ghe.com has.
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

/// Who can assume the role.
fn trust(github: &Github, setting: &Setting) -> Document {
    let issuer = github.issuer_host_and_path();
    let claim = |name: &str| Text::from(issuer.as_str()).literal(":").literal(name);
    let mut statement = Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("GitHubActions"))
        .by(crate::iam::Principal::federated([setting.provider_arn("github", &Text::from(issuer.as_str()))]))
        .when(Operator::STRING_EQUALS, claim("aud"), [STS_AUDIENCE]);
    // Whether AWS reads the numbers from the tokens of ghe.com is not documented; a condition on what it does not read
    // would let nobody in. There the name lies in the enterprise's own hands.
    if !issuer.ends_with(".ghe.com") {
        for (name, id) in [("repository_id", &github.repository_id), ("repository_owner_id", owner_id(github))] {
            if let Some(id) = id {
                statement = statement.when(Operator::STRING_EQUALS, claim(name), [id.get().to_string()]);
            }
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

/// The subjects a role accepts, every form of each; `*` where the spec says so.
pub fn subjects(github: &Github) -> Vec<String> {
    let contexts: Vec<String> = match &github.environments {
        Some(environments) => environments.iter().map(environment).collect(),
        None => refs(github).into_iter().map(|git_ref| format!("ref:{git_ref}")).collect(),
    };
    let prefixes = prefixes(github);
    contexts.iter().flat_map(|context| prefixes.iter().map(move |prefix| format!("{prefix}:{context}"))).collect()
}

/// GitHub writes a colon of the name `%3A`, so that it ends nothing; and to IAM `${$}` is a dollar, where `${` would begin
/// a variable (IAM user guide, "IAM policy elements: Variables and tags").
fn environment(name: &Spanned<GithubEnvironment>) -> String {
    format!("environment:{}", name.as_str().replace(':', "%3A").replace('$', "${$}"))
}

/// The refs whose workflows are let in, in full.
fn refs(github: &Github) -> Vec<String> {
    let branches = github.branches.iter().flatten().map(|branch| format!("refs/heads/{}", branch.as_str()));
    let tags = github.tags.iter().flatten().map(|tag| format!("refs/tags/{}", tag.as_str()));
    branches.chain(tags).collect()
}

/// `repo:owner/repository` in the classic form, and in the immutable one if the ids are known.
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

/// The number of the user or organization.
fn owner_id(github: &Github) -> &Option<Spanned<ForgeId>> {
    if github.owner_id.is_some() { &github.owner_id } else { &github.organization_id }
}

/// In a few words, whose workflows these are.
fn whose(github: &Github) -> String {
    match (&github.repository, &github.organization) {
        (Some(repository), _) => repository.as_str().to_owned(),
        (None, Some(organization)) => format!("the organization {}", organization.as_str()),
        (None, None) => unreachable!("the record has exactly one of the two"),
    }
}
