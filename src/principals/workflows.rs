//! Workflows of GitHub Actions in an access entry, and the subjects of their tokens (GitHub documentation, "OpenID Connect
//! reference").

use std::collections::BTreeSet;

use crate::decode::{Map, record};
use crate::source::Spanned;
use crate::value::{
    Audience, ForgeId, GitRef, GithubEnterprise, GithubEnvironment, GithubOwner, GithubRepository, GithubUrl,
    WorkflowRef,
};

record! {
    /// GitHub Actions workflows. The keys are the words that GitHub uses.
    pub struct Github {
        /// GitHub repository of the workflows, `owner/repository`, with the capitalization that GitHub shows. Required unless
        /// `repositories` or `organization` is set. Example: `repository: example/shop`.
        optional repository: Spanned<GithubRepository>,
        /// Several GitHub repositories whose workflows can assume the role, each with its IDs. Required unless `repository` or
        /// `organization` is set. Example: `repositories: { example/shop: { owner_id: 1111, repository_id: 2222 } }`.
        optional repositories: Map<GithubRepository, GithubIds>,
        /// Numeric ID of the owner: `gh api repos/OWNER/NAME --jq .owner.id`. It pins the owner, so that another owner of the
        /// same name gets no access. Default: the owner is not pinned. Example: `owner_id: 1111`.
        optional owner_id: Spanned<ForgeId>,
        /// Numeric ID of the repository: `gh api repos/OWNER/NAME --jq .id`. It pins the repository, so that another
        /// repository of the same name gets no access. Default: the repository is not pinned. Example: `repository_id: 2222`.
        optional repository_id: Spanned<ForgeId>,
        /// GitHub organization: the workflows of all its repositories can assume the role. Required unless `repository` or
        /// `repositories` is set. Example: `organization: example`.
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
    exactly one of [repository, repositories, organization]
    at most one of [repositories, owner_id]
    at most one of [repositories, repository_id]
    at most one of [enterprise, url]
}

record! {
    /// The IDs of a GitHub repository.
    pub struct GithubIds {
        /// Numeric ID of the owner: `gh api repos/OWNER/NAME --jq .owner.id`. It pins the owner, so that another owner of the
        /// same name gets no access. Default: the owner is not pinned. Example: `owner_id: 1111`.
        optional owner_id: Spanned<ForgeId>,
        /// Numeric ID of the repository: `gh api repos/OWNER/NAME --jq .id`. It pins the repository, so that another
        /// repository of the same name gets no access. Default: the repository is not pinned. Example: `repository_id: 2222`.
        optional repository_id: Spanned<ForgeId>,
    }
}

/// A repository whose workflows can assume a role.
pub struct Pinned<'g> {
    /// Its owner and name.
    pub name: &'g Spanned<GithubRepository>,
    /// The ID of its owner.
    pub owner_id: &'g Option<Spanned<ForgeId>>,
    /// Its ID.
    pub repository_id: &'g Option<Spanned<ForgeId>>,
}

/// The repositories of an entry; none if it has an organization.
pub fn repositories(github: &Github) -> Vec<Pinned<'_>> {
    let one = github.repository.iter().map(|name| Pinned {
        name,
        owner_id: owner_id(github),
        repository_id: &github.repository_id,
    });
    let several = github.repositories.iter().flat_map(|map| &map.entries);
    let several =
        several.map(|(name, ids)| Pinned { name, owner_id: &ids.owner_id, repository_id: &ids.repository_id });
    one.chain(several).collect()
}

/// The subjects, in every form. They contain `*` where the spec has it.
pub(super) fn subjects(github: &Github) -> Vec<String> {
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

/// The IDs of the repositories, in text, if all of them are known: a condition on some of them would keep out the others.
pub(super) fn repository_ids(github: &Github) -> Option<BTreeSet<String>> {
    let repositories = repositories(github);
    let ids = repositories.iter().map(|pinned| pinned.repository_id.as_ref().map(|id| id.get().to_string()));
    ids.collect::<Option<BTreeSet<String>>>().filter(|ids| !ids.is_empty())
}

/// The IDs of the owners, in text, if all of them are known.
pub(super) fn owner_ids(github: &Github) -> Option<BTreeSet<String>> {
    let repositories = repositories(github);
    if repositories.is_empty() {
        return owner_id(github).as_ref().map(|id| BTreeSet::from([id.get().to_string()]));
    }
    repositories.iter().map(|pinned| pinned.owner_id.as_ref().map(|id| id.get().to_string())).collect()
}

/// The context of a deployment environment. GitHub encodes a colon in the name as `%3A`. In IAM, `${$}` is a dollar sign,
/// because `${` begins a variable (IAM user guide, "IAM policy elements: Variables and tags").
fn environment(name: &Spanned<GithubEnvironment>) -> String {
    format!("environment:{}", name.as_str().replace(':', "%3A").replace('$', "${$}"))
}

/// The full names of the refs whose workflows can assume the role. The run of a pull request has its own ref (GitHub
/// documentation, "Events that trigger workflows", `pull_request`).
pub(super) fn refs(github: &Github) -> Vec<String> {
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

/// `repo:owner/repository` in the classic form, and in the immutable form if the IDs are known.
fn prefixes(github: &Github) -> Vec<String> {
    if let Some(organization) = &github.organization {
        let organization = organization.as_str();
        let immutable = owner_id(github).as_ref().map(|id| format!("repo:{organization}@{}/*", id.get()));
        return [format!("repo:{organization}/*")].into_iter().chain(immutable).collect();
    }
    let of_one = |pinned: &Pinned| {
        let (owner, name) = pinned.name.as_str().split_once('/').expect("the form has a slash");
        let ids = pinned.owner_id.as_ref().zip(pinned.repository_id.as_ref());
        let immutable = ids.map(|(of_owner, id)| format!("repo:{owner}@{}/{name}@{}", of_owner.get(), id.get()));
        [format!("repo:{owner}/{name}")].into_iter().chain(immutable).collect::<Vec<_>>()
    };
    repositories(github).iter().flat_map(of_one).collect()
}

/// The ID of the user or organization that owns the repository.
pub fn owner_id(github: &Github) -> &Option<Spanned<ForgeId>> {
    if github.owner_id.is_some() { &github.owner_id } else { &github.organization_id }
}
