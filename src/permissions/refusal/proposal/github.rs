//! Edits for workflows of GitHub Actions.

use super::yaml::{add_item, add_keys, replace, word};
use super::{Draft, Proposal, entry};
use crate::iam::{GithubContext, GithubSubject};
use crate::permissions::refusal::Cause;
use crate::policies::permission::changes;
use crate::principals::kinds::github::Github;
use crate::source::Spanned;
use crate::value::{ForgeId, GitRef, GithubEnvironment, GithubRepository, WorkflowRef};

/// The token in the words of the spec.
struct Workflow {
    repository: GithubRepository,
    owner_id: Option<u64>,
    repository_id: Option<u64>,
    context: GithubContext,
    /// The ref of the run, also if the subject has the environment.
    git_ref: Option<GitRefKind>,
    called: Option<WorkflowRef>,
}

/// A branch or tag.
enum GitRefKind {
    Branch(GitRef),
    Tag(GitRef),
}

impl Workflow {
    fn of(draft: &Draft) -> Option<Self> {
        let token = draft.case.token();
        let subject: GithubSubject = token.subject()?.parse().ok()?;
        let (named, context) = (subject.repository?, subject.context?);
        let id = |claim| token.claim(claim).and_then(|id| id.parse().ok());
        let git_ref = match &context {
            GithubContext::Branch(_) | GithubContext::Tag(_) => context.to_string().strip_prefix("ref:")?.to_owned(),
            _ => token.claim("ref").unwrap_or_default().to_owned(),
        };
        Some(Workflow {
            repository: GithubRepository::parse(&format!("{}/{}", named.owner, named.name))?,
            owner_id: named.ids.map(|ids| ids.owner).or_else(|| id("repository_owner_id")),
            repository_id: named.ids.map(|ids| ids.repository).or_else(|| id("repository_id")),
            context,
            git_ref: GitRefKind::of(&git_ref),
            called: token.claim("job_workflow_ref").and_then(WorkflowRef::parse),
        })
    }
}

impl GitRefKind {
    fn of(git_ref: &str) -> Option<Self> {
        let branch = git_ref.strip_prefix("refs/heads/").and_then(literal).map(GitRefKind::Branch);
        branch.or_else(|| git_ref.strip_prefix("refs/tags/").and_then(literal).map(GitRefKind::Tag))
    }

    fn key(&self) -> &'static str {
        match self {
            GitRefKind::Branch(_) => "branches",
            GitRefKind::Tag(_) => "tags",
        }
    }

    fn name(&self) -> &str {
        match self {
            GitRefKind::Branch(name) | GitRefKind::Tag(name) => name.as_str(),
        }
    }

    fn words(&self) -> String {
        match self {
            GitRefKind::Branch(name) => format!("the branch {}", name.as_str()),
            GitRefKind::Tag(name) => format!("the tag {}", name.as_str()),
        }
    }

    /// Adds it to the lists of an entry.
    fn add_to(&self, draft: &Draft, github: &Github) -> Option<Proposal> {
        let listed: Option<&[Spanned<GitRef>]> = match self {
            GitRefKind::Branch(_) => github.branches.as_deref(),
            GitRefKind::Tag(_) => github.tags.as_deref(),
        };
        let anchor = github.repository.as_ref().map(|repository| repository.span);
        let anchor = anchor.or(github.organization.as_ref().map(|organization| organization.span))?;
        let edit = match listed {
            Some(items) => add_item(draft.sources, items, self.name()),
            None => add_keys(draft.sources, anchor, &[(self.key(), format!("[{}]", word(self.name())))]),
        };
        let place = if github.environments.is_some() { " in the environments of the entry" } else { "" };
        let also = format!("every other workflow of {} on {}{place}", owner(github), self.words());
        draft.change(format!("add `{}` to `{}`", self.name(), self.key()), vec![edit], also)
    }
}

/// The name of a branch or tag, if the spec can have it without a wildcard.
fn literal(name: &str) -> Option<GitRef> {
    GitRef::parse(name).filter(|name| !name.as_str().contains(['*', '?']))
}

fn owner(github: &Github) -> &str {
    let repository = github.repository.as_ref().map(|repository| repository.as_str());
    repository.or(github.organization.as_ref().map(|organization| organization.as_str())).unwrap_or_default()
}

/// The edit for a cause.
pub(super) fn proposal(draft: &Draft, github: &Github) -> Option<Proposal> {
    if draft.case.fails("aud") || draft.case.fails("iss") {
        return None;
    }
    let workflow = Workflow::of(draft)?;
    let change = match draft.cause {
        Cause::SubjectTemplate | Cause::UnknownRole | Cause::HiddenClaim => return None,
        // A change of the entry would admit the same of its other repositories.
        _ if github.repositories.is_some() => None,
        Cause::ImmutableSubject => with_ids(draft, github, &workflow),
        Cause::Renamed | Cause::Transferred | Cause::Capitalization => renamed(draft, github, &workflow),
        Cause::Recreated => recreated(draft, github, &workflow),
        Cause::OtherBranch | Cause::OtherTag if draft.case.fails_only(&["sub"]) => {
            workflow.git_ref.as_ref().and_then(|git_ref| git_ref.add_to(draft, github))
        }
        Cause::RefInEnvironment if draft.case.fails_only(&["ref"]) => {
            workflow.git_ref.as_ref().and_then(|git_ref| git_ref.add_to(draft, github))
        }
        Cause::MergeQueue if draft.case.fails_only(&["sub"]) => merge_queue(draft, github, &workflow),
        Cause::OtherEnvironment if draft.case.fails_only(&["sub"]) => environment(draft, github, &workflow),
        Cause::PullRequest => return pull_requests(draft, github),
        _ => None,
    };
    change.or_else(|| new_entry(draft, github, &workflow))
}

/// Whether the entry accepts the context of the token for its own repository.
fn accepts_context(draft: &Draft, workflow: &Workflow) -> bool {
    let accepted = draft.case.role.accepted("sub").filter_map(|subject| subject.split(':').nth(1));
    accepted
        .map(str::to_owned)
        .any(|repository| draft.case.role.accepts_subject(&format!("repo:{repository}:{}", workflow.context)))
}

/// Pins the IDs, which adds the immutable subject.
fn with_ids(draft: &Draft, github: &Github, workflow: &Workflow) -> Option<Proposal> {
    let repository = github.repository.as_ref()?;
    let is_rest_right = draft.case.fails_only(&["sub"]) && accepts_context(draft, workflow);
    let wanted = [
        ("owner_id", &github.owner_id, workflow.owner_id),
        ("repository_id", &github.repository_id, workflow.repository_id),
    ];
    let keys: Option<Vec<(&str, String)>> = wanted
        .into_iter()
        .filter(|(_, written, _)| written.is_none())
        .map(|(key, _, id)| Some((key, id?.to_string())))
        .collect();
    let keys = keys.filter(|_| is_rest_right)?;
    let edit = add_keys(draft.sources, repository.span, &keys);
    let what: Vec<String> = keys.iter().map(|(key, id)| format!("`{key}: {id}`")).collect();
    let also = "nothing else: other repositories that get this name later are no longer admitted".to_owned();
    draft.change(format!("add {}", what.join(" and ")), vec![edit], also)
}

/// Follows the repository to its new name.
fn renamed(draft: &Draft, github: &Github, workflow: &Workflow) -> Option<Proposal> {
    let repository = github.repository.as_ref()?;
    let is_rest_right = draft.case.fails_only(&["sub", "repository_owner_id"]) && accepts_context(draft, workflow);
    let mut edits = vec![replace(repository.span, word(workflow.repository.as_str()))];
    let mut summary = format!("replace `{}` with `{}`", repository.as_str(), workflow.repository.as_str());
    if let (Some(written), Some(id)) = (&github.owner_id, workflow.owner_id)
        && written.get() != id
    {
        edits.push(replace(written.span, id.to_string()));
        summary += &format!(" and `owner_id` with `{id}`");
    }
    let also = "nothing else: the same workflows as before, under the new name. Tokens with the old name are refused";
    is_rest_right.then(|| draft.change(summary, edits, also.into())).flatten()
}

/// The key of an ID, the one in the spec, and the one in the token.
type Pin<'g> = (&'static str, &'g Option<Spanned<ForgeId>>, Option<u64>);

/// Pins the IDs of another repository of the same name.
fn recreated(draft: &Draft, github: &Github, workflow: &Workflow) -> Option<Proposal> {
    let claims = ["sub", "repository_id", "repository_owner_id"];
    let is_rest_right = draft.case.fails_only(&claims) && accepts_context(draft, workflow);
    let pins: [Pin; 3] = [
        ("repository_id", &github.repository_id, workflow.repository_id),
        ("owner_id", &github.owner_id, workflow.owner_id),
        ("organization_id", &github.organization_id, workflow.owner_id),
    ];
    let changed = pins.into_iter().filter_map(|(key, written, id)| {
        let (written, id) = (written.as_ref()?, id?);
        (written.get() != id).then(|| (format!("`{key}` with `{id}`"), replace(written.span, id.to_string())))
    });
    let (words, edits): (Vec<String>, Vec<_>) = changed.collect();
    let also = "the other workflows of the new repository on the same branches, tags or environments. Confirm first that \
                the repository is yours";
    let is_complete = is_rest_right && !edits.is_empty();
    is_complete.then(|| draft.change(format!("replace {}", words.join(" and ")), edits, also.into())).flatten()
}

/// Adds the branches that the merge queue creates for one base branch.
fn merge_queue(draft: &Draft, github: &Github, workflow: &Workflow) -> Option<Proposal> {
    let GithubContext::Branch(name) = &workflow.context else { return None };
    let pattern = format!("{}/*", name.rsplit_once('/')?.0);
    GitRef::parse(&pattern)?;
    let edit = add_item(draft.sources, github.branches.as_deref()?, &pattern);
    let also = format!("every workflow of {} on the other branches of this merge queue", owner(github));
    draft.change(format!("add `{pattern}` to `branches`"), vec![edit], also)
}

/// Admits pull requests to an entry that only reads. Anyone who opens one decides what it runs, so an entry
/// that writes stays closed.
fn pull_requests(draft: &Draft, github: &Github) -> Option<Proposal> {
    let only_reads = changes(draft.case.access?).next().is_none();
    if !only_reads || github.environments.is_some() || !draft.case.fails_only(&["sub"]) {
        return None;
    }
    let anchor = github.repository.as_ref()?.span;
    let edit = match &github.pull_requests {
        Some(written) => replace(written.span, "true"),
        None => add_keys(draft.sources, anchor, &[("pull_requests", "true".to_owned())]),
    };
    let also = format!("every other pull request of {} from its own branches", owner(github));
    draft.change("set `pull_requests` to `true`".to_owned(), vec![edit], also)
}

fn environment(draft: &Draft, github: &Github, workflow: &Workflow) -> Option<Proposal> {
    let GithubContext::Environment(name) = &workflow.context else { return None };
    GithubEnvironment::parse(name)?;
    let edit = add_item(draft.sources, github.environments.as_deref()?, name);
    let refs = if github.branches.is_some() || github.tags.is_some() { " on the refs of the entry" } else { "" };
    let also = format!("every other job of {} with `environment: {name}`{refs}", owner(github));
    draft.change(format!("add `{name}` to `environments`"), vec![edit], also)
}

/// A separate entry for exactly this repository, ref, environment and reusable workflow.
fn new_entry(draft: &Draft, github: &Github, workflow: &Workflow) -> Option<Proposal> {
    let mut keys = vec![("repository", word(workflow.repository.as_str()))];
    let ids = [("owner_id", workflow.owner_id), ("repository_id", workflow.repository_id)];
    keys.extend(ids.into_iter().filter_map(|(key, id)| Some((key, id?.to_string()))));
    let mut part = String::new();
    let mut admitted = format!("every other workflow of {}", workflow.repository.as_str());
    if let Some(git_ref) = &workflow.git_ref {
        keys.push((git_ref.key(), format!("[{}]", word(git_ref.name()))));
        part = git_ref.name().to_owned();
        admitted += &format!(" on {}", git_ref.words());
    }
    match &workflow.context {
        GithubContext::Environment(name) => {
            GithubEnvironment::parse(name)?;
            keys.push(("environments", format!("[{}]", word(name))));
            part = name.clone();
            admitted += &format!(" with `environment: {name}`");
        }
        GithubContext::PullRequest | GithubContext::Ref(_) => return None,
        GithubContext::Branch(_) | GithubContext::Tag(_) => drop(workflow.git_ref.as_ref()?),
    }
    if github.workflow.is_some() || draft.cause == Cause::ReusableWorkflow {
        let called = workflow.called.as_ref()?;
        keys.push(("workflow", word(called.as_str())));
        admitted += &format!(" that calls {}", called.as_str());
    }
    keys.extend(github.audience.iter().map(|audience| ("audience", word(audience.as_str()))));
    keys.extend(github.enterprise.iter().map(|enterprise| ("enterprise", word(enterprise.as_str()))));
    keys.extend(github.url.iter().map(|url| ("url", word(url.as_str()))));
    if Some(workflow.repository.as_str()) != github.repository.as_ref().map(|repository| repository.as_str()) {
        part = workflow.repository.as_str().to_owned();
    }
    entry::new(draft, &part, "github", &keys, &admitted)
}
