//! Why a role refuses a token of GitLab CI (GitLab documentation, "OpenID Connect (OIDC) authentication using ID tokens").

use super::{Case, Cause};
use crate::permissions::refusal::proposal::GitlabSubject;
use crate::principals::kinds::gitlab::{Gitlab, Project, projects};

/// The causes, except for the issuer and the audience.
pub(super) fn causes(case: &Case, gitlab: &Gitlab) -> Vec<Cause> {
    let mut found = Vec::new();
    if case.fails("sub") {
        found.push(of_subject(case, gitlab));
    }
    if case.fails("ref_protected") {
        found.push(Cause::UnprotectedRef);
    }
    if found.is_empty() && case.fails("project_id") {
        found.push(Cause::Recreated);
    }
    found
}

fn of_subject(case: &Case, gitlab: &Gitlab) -> Cause {
    let token = case.token();
    let Some(subject) = token.subject().and_then(GitlabSubject::parse) else { return Cause::SubjectTemplate };
    let path = subject.path.or(token.claim("project_path"));
    let id = subject.id.or(token.claim("project_id"));
    let projects = projects(gitlab);
    let by_path = |project: &&Project| path.is_some_and(|path| project.path.as_str().eq_ignore_ascii_case(path));
    let by_id =
        |project: &&Project| id.is_some() && project.id.as_ref().map(|own| own.get().to_string()).as_deref() == id;
    let closest = projects.iter().find(by_path).or_else(|| projects.iter().find(by_id)).unwrap_or(&projects[0]);
    let own = closest.path.as_str();
    let own_id = closest.id.as_ref().map(|id| id.get().to_string());
    let is_same_id = own_id.is_some() && own_id.as_deref() == id;
    let last = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let is_by_id = subject.id.is_some();
    match path {
        Some(path) if !is_by_id && path != own => match () {
            () if path.eq_ignore_ascii_case(own) => Cause::Capitalization,
            () if is_same_id => Cause::Renamed,
            () if last(path) == last(own) => Cause::Fork,
            () => Cause::OtherRepository,
        },
        _ if is_by_id && own_id.is_none() && path == Some(own) => Cause::SubjectById,
        _ if is_by_id && !is_same_id && path == Some(own) => Cause::Recreated,
        _ if is_by_id && !is_same_id => Cause::OtherRepository,
        _ if token.claim("pipeline_source") == Some("merge_request_event") => Cause::MergeRequest,
        _ if subject.is_tag => Cause::OtherTag,
        _ => Cause::OtherBranch,
    }
}
