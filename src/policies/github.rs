//! Trust in GitHub Actions (GitHub documentation, "OpenID Connect reference").
//!
//! The subject of a token has two forms. Repositories created, renamed or transferred after 2026-07-15
//! put the numbers of owner and repository into it (`repo:O@1/R@2:…`), older ones do not (`repo:O/R:…`)
//! until somebody opts in. With the ids known the policy lists both, and pins the ids in conditions of
//! their own, so that a name that somebody else takes over later lets nobody in.
//!
//! An enterprise may have an issuer of its own, and servers and subdomains of ghe.com have: its host and path are the
//! prefix of the condition keys.

use crate::iam::{Action, Document, Operator, Principal, Statement, Text};
use crate::language::access::Github;
use crate::platform::Platform;
use crate::platform::access::issuer;
use crate::policies::permission::sid;
use crate::policies::provider::{self, STS_AUDIENCE};
use crate::source::Spanned;
use crate::value::ForgeId;
use crate::value::GithubEnvironment;

/// Who may assume the role.
pub fn trust(platform: &Platform, github: &Github) -> Document {
    let issuer = issuer::github(github);
    let claim = |name: &str| Text::from(issuer.as_str()).literal(":").literal(name);
    let mut statement = Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("GitHubActions"))
        .by(Principal::federated([provider::arn(platform, "github", &Text::from(issuer.as_str()))]))
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

/// The number of the user or organisation.
fn owner_id(github: &Github) -> &Option<Spanned<ForgeId>> {
    if github.owner_id.is_some() { &github.owner_id } else { &github.organization_id }
}

/// In a few words, whose workflows these are.
pub fn whose(github: &Github) -> String {
    match (&github.repository, &github.organization) {
        (Some(repository), _) => repository.as_str().to_owned(),
        (None, Some(organization)) => format!("the organization {}", organization.as_str()),
        (None, None) => unreachable!("the record has exactly one of the two"),
    }
}

/// `StringEquals` unless a value holds a wildcard, which it would take literally.
pub(super) fn comparison(values: &[String]) -> Operator {
    let wild = values.iter().any(|value| value.contains(['*', '?']));
    if wild { Operator::STRING_LIKE } else { Operator::STRING_EQUALS }
}
