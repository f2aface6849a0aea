//! The subject claim (`sub`) of a GitHub Actions token.

use std::fmt;
use std::str::FromStr;

/// The subject of a GitHub Actions token (GitHub Docs, "OpenID Connect reference").
///
/// By default, it consists of a repository and a context. An organization can choose other claims. The subject can then
/// lack the repository or the context, and other claims can follow.
///
/// ```
/// use ecrgen::iam::{GithubContext, GithubSubject};
///
/// let subject: GithubSubject = "repo:octo-org@84790634/app@1304267049:ref:refs/heads/main".parse().unwrap();
/// assert_eq!(subject.context, Some(GithubContext::Branch("main".into())));
/// assert_eq!(subject.repository.unwrap().ids.unwrap().owner, 84790634);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GithubSubject {
    /// The repository of the workflow.
    pub repository: Option<GithubRepository>,
    /// The context of the workflow run.
    pub context: Option<GithubContext>,
    /// The other claims of a customized subject in their order, for example `job_workflow_ref`.
    pub others: Vec<(String, String)>,
}

/// A repository in a subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GithubRepository {
    /// The user or organization, in its registered case.
    pub owner: String,
    /// The name without the owner, in its registered case.
    pub name: String,
    /// The IDs in the immutable form, which repositories have if they were created, renamed or transferred after
    /// 2026-07-15.
    pub ids: Option<ForgeIds>,
}

/// The IDs of owner and repository, which stay the same when a name gets a new owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ForgeIds {
    /// The ID of the user or organization.
    pub owner: u64,
    /// The ID of the repository.
    pub repository: u64,
}

/// The context of a workflow run. A job with an environment has [`GithubContext::Environment`], regardless of its
/// trigger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GithubContext {
    /// A branch: the name after `refs/heads/`.
    Branch(String),
    /// A tag: the name after `refs/tags/`.
    Tag(String),
    /// Any other ref: the full name.
    Ref(String),
    /// A deployment environment. The subject contains `%3A` for a colon in its name.
    Environment(String),
    /// A pull request. The subject does not contain its number.
    PullRequest,
}

/// The text does not have a form that GitHub issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidGithubSubject;

impl FromStr for GithubSubject {
    type Err = InvalidGithubSubject;

    fn from_str(text: &str) -> Result<Self, InvalidGithubSubject> {
        let mut subject = GithubSubject { repository: None, context: None, others: Vec::new() };
        let mut segments = text.split(':');
        while let Some(claim) = segments.next() {
            let mut value = || segments.next().filter(|value| !value.is_empty()).ok_or(InvalidGithubSubject);
            match claim {
                "repo" if subject.repository.is_none() => subject.repository = Some(value()?.parse()?),
                "ref" if subject.context.is_none() => subject.context = Some(git_ref(value()?)),
                "environment" if subject.context.is_none() => {
                    subject.context = Some(GithubContext::Environment(value()?.replace("%3A", ":")));
                }
                "pull_request" if subject.context.is_none() => subject.context = Some(GithubContext::PullRequest),
                _ if is_claim(claim) => subject.others.push((claim.to_owned(), value()?.replace("%3A", ":"))),
                _ => return Err(InvalidGithubSubject),
            }
        }
        let is_default = subject.repository.is_some() && subject.context.is_some();
        if is_default || !subject.others.is_empty() { Ok(subject) } else { Err(InvalidGithubSubject) }
    }
}

fn git_ref(name: &str) -> GithubContext {
    if let Some(branch) = name.strip_prefix("refs/heads/") {
        GithubContext::Branch(branch.to_owned())
    } else if let Some(tag) = name.strip_prefix("refs/tags/") {
        GithubContext::Tag(tag.to_owned())
    } else {
        GithubContext::Ref(name.to_owned())
    }
}

fn is_claim(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

impl FromStr for GithubRepository {
    type Err = InvalidGithubSubject;

    /// Reads `owner/name` or, with both IDs, `owner@1/name@2`.
    fn from_str(text: &str) -> Result<Self, InvalidGithubSubject> {
        let (owner, name) = text.split_once('/').ok_or(InvalidGithubSubject)?;
        let (owner, name, ids) = match (owner.split_once('@'), name.split_once('@')) {
            (None, None) => (owner, name, None),
            (Some((owner, owner_id)), Some((name, repository_id))) => {
                let ids = ForgeIds { owner: number(owner_id)?, repository: number(repository_id)? };
                (owner, name, Some(ids))
            }
            _ => return Err(InvalidGithubSubject),
        };
        let is_name = |name: &str| !name.is_empty() && !name.contains(['/', '@', '*', '?']);
        if !is_name(owner) || !is_name(name) {
            return Err(InvalidGithubSubject);
        }
        Ok(GithubRepository { owner: owner.to_owned(), name: name.to_owned(), ids })
    }
}

fn number(text: &str) -> Result<u64, InvalidGithubSubject> {
    let is_canonical = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|_| is_canonical).ok_or(InvalidGithubSubject)
}

impl fmt::Display for GithubSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let repository = self.repository.iter().map(|repository| format!("repo:{repository}"));
        let context = self.context.iter().map(ToString::to_string);
        let others = self.others.iter().map(|(claim, value)| format!("{claim}:{}", value.replace(':', "%3A")));
        f.write_str(&repository.chain(context).chain(others).collect::<Vec<_>>().join(":"))
    }
}

impl fmt::Display for GithubRepository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ids {
            None => write!(f, "{}/{}", self.owner, self.name),
            Some(ids) => write!(f, "{}@{}/{}@{}", self.owner, ids.owner, self.name, ids.repository),
        }
    }
}

impl fmt::Display for GithubContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GithubContext::Branch(name) => write!(f, "ref:refs/heads/{name}"),
            GithubContext::Tag(name) => write!(f, "ref:refs/tags/{name}"),
            GithubContext::Ref(name) => write!(f, "ref:{name}"),
            GithubContext::Environment(name) => write!(f, "environment:{}", name.replace(':', "%3A")),
            GithubContext::PullRequest => f.write_str("pull_request"),
        }
    }
}
