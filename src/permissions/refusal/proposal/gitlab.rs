//! Edits for pipelines of GitLab CI.

use super::yaml::{add_item, add_keys, replace, word};
use super::{Draft, GitlabSubject, Proposal, entry};
use crate::permissions::refusal::Cause;
use crate::principals::kinds::gitlab::{Gitlab, on_gitlab_com};
use crate::source::Spanned;
use crate::value::{Audience, ForgeId, GitRef, GitlabProject};

/// The token in the words of the spec.
struct Pipeline<'t> {
    project: GitlabProject,
    project_id: Option<ForgeId>,
    subject: GitlabSubject<'t>,
}

/// The edit for a cause.
pub(super) fn proposal(draft: &Draft, gitlab: &Gitlab) -> Option<Proposal> {
    let token = draft.case.token();
    let subject = GitlabSubject::parse(token.subject()?)?;
    let written = gitlab.project.as_ref();
    let path = subject.path.or(token.claim("project_path")).or(written.map(|project| project.as_str()))?;
    let id = subject.id.or(token.claim("project_id"));
    let pipeline = Pipeline {
        project: GitlabProject::parse(path)?,
        project_id: id.and_then(|id| id.parse().ok()).and_then(ForgeId::new),
        subject,
    };
    GitRef::parse(subject.name).filter(|name| !name.as_str().contains(['*', '?']))?;
    let only_sub = draft.case.fails_only(&["sub"]);
    let change = match draft.cause {
        Cause::HiddenClaim | Cause::UnknownRole | Cause::SubjectTemplate => return None,
        // A change of the entry would admit the same of its other projects.
        _ if gitlab.projects.is_some() => None,
        Cause::OtherBranch | Cause::OtherTag | Cause::MergeRequest if only_sub => add_ref(draft, gitlab, &pipeline),
        Cause::Renamed | Cause::Capitalization if only_sub && accepts_ref(draft, &pipeline) => {
            let written = written?;
            let edit = replace(written.span, word(path));
            let also = "nothing else: the same pipelines as before, under the new path";
            draft.change(format!("replace `{}` with `{path}`", written.as_str()), vec![edit], also.into())
        }
        Cause::Recreated if draft.case.fails_only(&["sub", "project_id"]) && accepts_ref(draft, &pipeline) => {
            let id = pipeline.project_id?.get();
            let edit = replace(gitlab.project_id.as_ref()?.span, id.to_string());
            let also = "the other pipelines of the new project on the same branches or tags. Confirm first that the project \
                        is yours";
            draft.change(format!("replace `project_id` with `{id}`"), vec![edit], also.into())
        }
        Cause::SubjectById if only_sub && accepts_ref(draft, &pipeline) => {
            let id = pipeline.project_id?.get().to_string();
            let edit = add_keys(draft.sources, written?.span, &[("project_id", id.clone())]);
            let also = "nothing else: other projects that get this path later are no longer admitted";
            draft.change(format!("add `project_id: {id}`"), vec![edit], also.into())
        }
        _ => None,
    };
    change.or_else(|| new_entry(draft, gitlab, &pipeline))
}

/// Whether the entry accepts the ref of the token for its own project.
fn accepts_ref(draft: &Draft, pipeline: &Pipeline) -> bool {
    let projects = draft.case.role.accepted("sub").filter_map(|subject| subject.split_once(":ref_type:"));
    let kind = if pipeline.subject.is_tag { "tag" } else { "branch" };
    let subject = |project: &str| format!("{project}:ref_type:{kind}:ref:{}", pipeline.subject.name);
    projects.map(|(project, _)| subject(project)).any(|subject| draft.case.role.accepts_subject(&subject))
}

fn words(subject: &GitlabSubject) -> (&'static str, String) {
    match subject.is_tag {
        true => ("tags", format!("the tag {}", subject.name)),
        false => ("branches", format!("the branch {}", subject.name)),
    }
}

fn add_ref(draft: &Draft, gitlab: &Gitlab, pipeline: &Pipeline) -> Option<Proposal> {
    let (name, project) = (pipeline.subject.name, gitlab.project.as_ref()?);
    let (key, words) = words(&pipeline.subject);
    let listed: Option<&[Spanned<GitRef>]> =
        if pipeline.subject.is_tag { gitlab.tags.as_deref() } else { gitlab.branches.as_deref() };
    let edit = match listed {
        Some(items) => add_item(draft.sources, items, name),
        None => add_keys(draft.sources, project.span, &[(key, format!("[{}]", word(name)))]),
    };
    let also = format!("every other pipeline of {} on {words}, for pushes as well as merge requests", project.as_str());
    draft.change(format!("add `{name}` to `{key}`"), vec![edit], also)
}

/// A separate entry for exactly this project, ref and audience.
fn new_entry(draft: &Draft, gitlab: &Gitlab, pipeline: &Pipeline) -> Option<Proposal> {
    let token = draft.case.token();
    let (key, words) = words(&pipeline.subject);
    let mut keys = vec![("project", word(pipeline.project.as_str()))];
    let is_pinned = on_gitlab_com(gitlab) || pipeline.subject.id.is_some();
    keys.extend(pipeline.project_id.filter(|_| is_pinned).map(|id| ("project_id", id.get().to_string())));
    keys.push((key, format!("[{}]", word(pipeline.subject.name))));
    let is_protected = gitlab.protected.as_ref().is_some_and(|protected| protected.value);
    if is_protected && token.claim("ref_protected") == Some("true") {
        keys.push(("protected", "true".into()));
    }
    let audience = token.claim("aud").and_then(Audience::parse);
    let written = gitlab.audience.as_ref().map_or(crate::principals::STS_AUDIENCE, |audience| audience.as_str());
    let audience = audience.as_ref().map_or(written, |audience| audience.as_str());
    if audience != crate::principals::STS_AUDIENCE {
        keys.push(("audience", word(audience)));
    }
    keys.extend(gitlab.url.iter().map(|url| ("url", word(url.as_str()))));
    let written = gitlab.project.as_ref().map(|project| project.as_str());
    let is_other = Some(pipeline.project.as_str()) != written;
    let part = if is_other { pipeline.project.as_str() } else { pipeline.subject.name };
    let admitted = format!("every other pipeline of {} on {words}", pipeline.project.as_str());
    entry::new(draft, part, "gitlab", &keys, &admitted)
}
