//! Why a role refuses a token of GitHub Actions (GitHub documentation, "OpenID Connect reference").

use super::{Case, Cause};
use crate::iam::{GithubContext, GithubRepository, GithubSubject};
use crate::principals::kinds::github::Github;
use crate::principals::workflows::{Pinned, repositories};

/// The causes, except for the issuer and the audience.
pub(super) fn causes(case: &Case, github: &Github) -> Vec<Cause> {
    let mut found = Vec::new();
    if case.fails("sub") {
        found.extend(of_subject(case, github));
    }
    if case.fails("job_workflow_ref") {
        found.push(Cause::OtherWorkflow);
    }
    if case.fails("ref") {
        found.push(Cause::RefInEnvironment);
    }
    if found.is_empty() && (case.fails("repository_id") || case.fails("repository_owner_id")) {
        found.push(Cause::Recreated);
    }
    found
}

fn of_subject(case: &Case, github: &Github) -> Vec<Cause> {
    let subject = case.token().subject().unwrap_or_default();
    let parsed = subject.parse::<GithubSubject>().ok().filter(|subject| subject.others.is_empty());
    let Some((repository, context)) = parsed.and_then(|subject| Some((subject.repository?, subject.context?))) else {
        return vec![Cause::SubjectTemplate];
    };
    let of_repository = of_repository(case, github, &repository);
    let mut found: Vec<Cause> = of_repository.into_iter().collect();
    if !accepts_context(case, &context) {
        found.push(of_context(github, &context));
    }
    if found.is_empty() { vec![Cause::SubjectTemplate] } else { found }
}

fn of_repository(case: &Case, github: &Github, repository: &GithubRepository) -> Option<Cause> {
    let (owner, name) = (&repository.owner, &repository.name);
    let full = format!("{owner}/{name}");
    let repositories = repositories(github);
    let Some(own) = closest(&repositories, repository) else {
        let organization = github.organization.as_ref()?.as_str();
        let pinned = github.owner_id.as_ref().or(github.organization_id.as_ref()).map(|id| id.get());
        return match repository.ids {
            _ if organization.eq_ignore_ascii_case(owner) && organization != owner => Some(Cause::Capitalization),
            _ if organization != owner => Some(Cause::OtherRepository),
            Some(_) if pinned.is_none() => Some(Cause::ImmutableSubject),
            Some(ids) if pinned != Some(ids.owner) => Some(Cause::Recreated),
            _ => None,
        };
    };
    let written = own.name;
    let (own_owner, own_name) = written.as_str().split_once('/')?;
    let id = case.token().claim("repository_id").and_then(|id| id.parse().ok());
    let id = repository.ids.map(|ids| ids.repository).or(id);
    let pinned = own.repository_id.as_ref().map(|id| id.get());
    let is_same_id = pinned.is_some() && pinned == id;
    let called = case.token().claim("job_workflow_ref").unwrap_or_default();
    if full != written.as_str() {
        return Some(match () {
            () if full.eq_ignore_ascii_case(written.as_str()) => Cause::Capitalization,
            () if is_same_id && owner != own_owner => Cause::Transferred,
            () if is_same_id => Cause::Renamed,
            () if called.starts_with(&format!("{}/", written.as_str())) => Cause::ReusableWorkflow,
            () if name.eq_ignore_ascii_case(own_name) => Cause::Fork,
            () => Cause::OtherRepository,
        });
    }
    let own = (own.owner_id.as_ref().map(|id| id.get()), pinned);
    match (repository.ids, own) {
        (Some(ids), (Some(owner), Some(repository))) if (ids.owner, ids.repository) != (owner, repository) => {
            Some(Cause::Recreated)
        }
        (Some(_), (Some(_), Some(_))) | (None, _) => None,
        (Some(_), _) => Some(Cause::ImmutableSubject),
    }
}

/// The repository of the entry that a token probably comes from: with the same ID, or the same name.
fn closest<'r, 'g>(repositories: &'r [Pinned<'g>], token: &GithubRepository) -> Option<&'r Pinned<'g>> {
    let full = format!("{}/{}", token.owner, token.name);
    let id = token.ids.map(|ids| ids.repository);
    let by_id = |one: &&Pinned| id.is_some() && one.repository_id.as_ref().map(|own| own.get()) == id;
    let by_name = |one: &&Pinned| one.name.as_str().eq_ignore_ascii_case(&full);
    let by_end = |one: &&Pinned| one.name.as_str().ends_with(&format!("/{}", token.name));
    let found = repositories.iter().find(by_name).or_else(|| repositories.iter().find(by_id));
    found.or_else(|| repositories.iter().find(by_end)).or(repositories.first())
}

/// Whether the role accepts this context in a subject of the repository that it is for.
fn accepts_context(case: &Case, context: &GithubContext) -> bool {
    let repository = |subject: &str| subject.split(':').nth(1).map(str::to_owned);
    let mut repositories = case.role.accepted("sub").filter_map(repository);
    repositories.any(|repository| case.role.accepts_subject(&format!("repo:{repository}:{context}")))
}

fn of_context(github: &Github, context: &GithubContext) -> Cause {
    match (context, &github.environments) {
        (GithubContext::PullRequest, _) => Cause::PullRequest,
        (GithubContext::Environment(_), None) => Cause::JobEnvironment,
        (GithubContext::Environment(_), Some(_)) => Cause::OtherEnvironment,
        (GithubContext::Ref(name), _) if name.starts_with("refs/pull/") => Cause::PullRequest,
        (GithubContext::Branch(name), _) if name.starts_with("gh-readonly-queue/") => Cause::MergeQueue,
        (_, Some(_)) => Cause::NoEnvironment,
        (GithubContext::Tag(_), None) => Cause::OtherTag,
        (GithubContext::Branch(_) | GithubContext::Ref(_), None) => Cause::OtherBranch,
    }
}
