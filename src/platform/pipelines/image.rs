//! A pipeline that builds images and pushes them with the role of an access entry.

use std::collections::BTreeSet;

use super::{Backstage, Known, Refs, backstage, bad, refs, secret};
use crate::diagnostic::{Diagnostic, codes};
use crate::iam::Verb;
use crate::language::pipelines::Pipeline;
use crate::language::pipelines::image::{Findings, Gitops as WrittenGitops};
use crate::platform::naming::template::{Piece, pieces};
use crate::platform::{Access, access};
use crate::principals::kinds::github::Github;
use crate::principals::kinds::gitlab::Gitlab;
use crate::principals::workflows::repositories;
use crate::source::{Span, Spanned};
use crate::value::{AccessName, GithubRepository, GitlabProject, PipelineName};

pub use crate::language::pipelines::image::Severity;

/// An image pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The access entry whose role it uses, with the place where the pipeline names it.
    pub access: Spanned<String>,
    /// The branches and tags that start it.
    pub refs: Refs,
    /// Template of the folder with the Dockerfile.
    pub context: String,
    /// Severities that fail the build.
    pub block: BTreeSet<Severity>,
    /// Severities that a person must review.
    pub review: BTreeSet<Severity>,
    /// The platforms that images are built for: at least one.
    pub platforms: Vec<String>,
    /// Whether the digest is signed.
    pub sign: bool,
    /// Whether a list of the contents is attested.
    pub sbom: bool,
    /// Where the spec has the pipeline create the repository if it does not exist.
    pub ensure_repository: Option<Span>,
    /// The repository that gets the new image.
    pub gitops: Option<Gitops>,
    /// The template that writes it into new repositories. Without one, it is for the repositories of the access entry.
    pub backstage: Option<Backstage>,
}

/// A repository of deployment files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gitops {
    /// Its path on GitHub, or on the server of the access entry for GitLab.
    pub repository: String,
    /// Template of the path of the file.
    pub file: String,
    /// The place in the file, as keys and indexes.
    pub place: String,
    /// Whether the whole image is written there, and not only its tag.
    pub is_whole_image: bool,
    /// The name of the secret with the token.
    pub secret: String,
}

/// Resolves the pipeline; `None` if the access entry, a class of image tags or the prefix for new repositories has errors.
pub(super) fn resolve(
    pipeline: &Spanned<PipelineName>,
    written: &Pipeline,
    name: &Spanned<AccessName>,
    known: &Known,
) -> Result<Option<Image>, Vec<Diagnostic>> {
    let Some(access) = known.access.iter().find(|access| access.name == name.as_str()) else {
        return unknown(name, known).map_or(Ok(None), |fault| Err(vec![fault]));
    };
    let mut faults = Vec::new();
    faults.extend(principal(written, name, access));
    faults.extend(rights(written, name, access, known));
    if access.principal_as::<Gitlab>().is_some() {
        faults.extend(only_on_github(written));
    }
    faults.extend(elsewhere(written, access));
    faults.extend(secret::taken(written, access));
    let review: BTreeSet<Severity> = severities(&written.findings, |findings| &findings.review, &[]);
    let block = severities(&written.findings, |findings| &findings.block, &[Severity::Critical, Severity::High]);
    let block: BTreeSet<Severity> = match written.findings.as_ref().and_then(|findings| findings.block.as_ref()) {
        Some(listed) => {
            let twice = listed.iter().find(|severity| review.contains(&severity.value));
            faults.extend(twice.map(|severity| {
                let message = format!("`{}` cannot both fail the build and be reviewed", severity.value.as_str());
                bad(severity.span, message, "remove it from `block` or from `review`", "findings.block")
            }));
            block
        }
        // What is reviewed does not fail the build.
        None => block.difference(&review).copied().collect(),
    };
    let backstage = match written.backstage.as_ref() {
        Some(keys) => backstage::resolve(pipeline, written, keys, access, known).map(|found| found.map(Some)),
        None => Ok(Some(None)),
    };
    let backstage = backstage.unwrap_or_else(|found| {
        faults.extend(found);
        None
    });
    let refs = refs::resolve(name, access, known).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    if !faults.is_empty() {
        return Err(faults);
    }
    let (Some(backstage), Some(refs)) = (backstage, refs) else { return Ok(None) };
    let is = |flag: &Option<Spanned<bool>>| flag.as_ref().is_some_and(|flag| flag.value);
    // The repository that Backstage creates has one service.
    let own_folder = if backstage.is_some() { "." } else { "{service}" };
    let platforms: Vec<String> = written.platforms.iter().flatten().map(|one| one.as_str().to_owned()).collect();
    Ok(Some(Image {
        access: Spanned { value: name.as_str().to_owned(), span: name.span },
        refs,
        context: written.context.as_ref().map_or(own_folder, |context| context.as_str()).to_owned(),
        block,
        review,
        platforms: if platforms.is_empty() { vec!["linux/amd64".to_owned()] } else { platforms },
        sign: is(&written.sign),
        sbom: is(&written.sbom),
        ensure_repository: written.ensure_repository.as_ref().filter(|ensure| ensure.value).map(|ensure| ensure.span),
        gitops: written.gitops.as_ref().map(gitops),
        backstage,
    }))
}

/// The error of an entry that does not exist; `None` if it has errors, or may have them.
fn unknown(name: &Spanned<AccessName>, known: &Known) -> Option<Diagnostic> {
    let written = known.spec.access.as_ref();
    if known.scope.unreadable.access || written.is_some_and(|map| map.mentions(name.as_str())) {
        return None;
    }
    let names: Vec<&str> = written.iter().flat_map(|map| map.names()).collect();
    Some(access::unknown(name, names).at("as"))
}

/// The error of a principal that has no repository for the workflow, or no branches and tags.
fn principal(written: &Pipeline, name: &Spanned<AccessName>, access: &Access) -> Option<Diagnostic> {
    let fault =
        |message: String, help: &str| Some(bad(name.span, message, help, "as").and(access.span, "the access entry"));
    let never_starts = || {
        let message =
            format!("access entry `{}` has no branches and no tags, so no push starts the pipeline", access.name);
        fault(message, "add `branches` or `tags` to the access entry")
    };
    if let Some(gitlab) = access.principal_as::<Gitlab>() {
        return if gitlab.branches.is_none() && gitlab.tags.is_none() { never_starts() } else { None };
    }
    let Some(github) = access.principal_as::<Github>() else {
        let message = format!(
            "access entry `{}` is for `{}`, which has no image pipelines",
            access.name,
            access.principal.kind().key
        );
        return fault(message, "name an entry with `github` or `gitlab`");
    };
    if repositories(github).is_empty() && written.backstage.is_none() {
        let message =
            format!("access entry `{}` is for a whole organization, so the workflow has no repository", access.name);
        let help = "name an entry with `repository` or `repositories`, or add `backstage: { owner: TEAM }` to the pipeline for a \
                    template that writes it into new repositories";
        return fault(message, help);
    }
    if github.branches.is_none() && github.tags.is_none() {
        return never_starts();
    }
    if github.environments.as_ref().is_some_and(|environments| environments.len() > 1) {
        let message = format!("access entry `{}` has several environments, but a job runs in one", access.name);
        return fault(message, "use a separate access entry with one of `environments` for the pipeline");
    }
    None
}

/// The errors of what only the workflows of GitHub can do.
fn only_on_github(written: &Pipeline) -> Vec<Diagnostic> {
    let review = written.findings.as_ref().and_then(|findings| findings.review.as_ref()?.first());
    let keys = [
        ("findings.review", "review", review.map(|severity| severity.span)),
        ("backstage", "backstage", written.backstage.as_ref().map(|backstage| backstage.span)),
    ];
    let fault = |(path, key, span): (&str, &str, Span)| {
        let message = format!("`{key}` works only with access entries for GitHub Actions");
        bad(span, message, &format!("remove `{key}`"), path).on_key()
    };
    keys.into_iter().filter_map(|(path, key, span)| Some(fault((path, key, span?)))).collect()
}

/// The error of a GitOps repository whose path is not one on the host of the access entry.
fn elsewhere(written: &Pipeline, access: &Access) -> Option<Diagnostic> {
    let repository = &written.gitops.as_ref()?.repository;
    let path = repository.as_str();
    let (host, is_there) = match access.principal_as::<Gitlab>() {
        Some(_) => ("GitLab", GitlabProject::parse(path).is_some()),
        None => ("GitHub", GithubRepository::parse(path).is_some()),
    };
    (!is_there).then(|| {
        let message = format!("`{path}` cannot be a repository on {host}, where access entry `{}` runs", access.name);
        let help = "write a repository on the same host, such as `owner/repository`";
        bad(repository.span, message, help, "gitops.repository").and(access.span, "the access entry")
    })
}

/// The error of an entry that lacks a permission.
fn rights(written: &Pipeline, name: &Spanned<AccessName>, access: &Access, known: &Known) -> Option<Diagnostic> {
    let actions: BTreeSet<&str> =
        access.can.iter().flat_map(|can| access.actions_of(&can.value)).map(|action| action.name).collect();
    let needed = Verb::Push.actions().map(|action| action.name);
    let missing: Vec<&str> =
        needed.chain(["ecr:GetAuthorizationToken"]).filter(|action| !actions.contains(action)).collect();
    let place = access.can.first().map_or(access.span, |can| can.span);
    if let [first, ..] = missing[..] {
        let message = format!("access entry `{}` cannot push: it lacks {first}", access.name);
        let fault = Diagnostic::new(&codes::PIPELINE_CANNOT_PUSH, name.span, message).and(place, "what it can do");
        return Some(fault.help("add `push` to `can` of the access entry").at("as"));
    }
    let is_of_spec = |key: &String| known.spec.repositories.as_ref().is_some_and(|map| map.mentions(key));
    // New repositories are not of this spec.
    if written.backstage.is_none() && !access.repositories.iter().any(is_of_spec) {
        let message = format!("access entry `{}` covers no repository of this spec", access.name);
        return Some(bad(
            name.span,
            message,
            "add a repository of this spec to `repositories` of the access entry",
            "as",
        ));
    }
    let ensure = written.ensure_repository.as_ref().filter(|ensure| ensure.value)?;
    access.creates().is_none().then(|| {
        let message = format!("`ensure_repository` needs `create`, which access entry `{}` does not have", access.name);
        let fault = Diagnostic::new(&codes::PIPELINE_CANNOT_PUSH, ensure.span, message).on_key();
        fault
            .and(place, "what it can do")
            .help("add `create` to `can` of the access entry, or remove `ensure_repository`")
            .at("ensure_repository")
    })
}

fn severities(
    findings: &Option<Findings>,
    list: fn(&Findings) -> &Option<Vec<Spanned<Severity>>>,
    otherwise: &[Severity],
) -> BTreeSet<Severity> {
    let written = findings.as_ref().and_then(|findings| list(findings).as_ref());
    written.map_or_else(|| otherwise.iter().copied().collect(), |list| list.iter().map(|one| one.value).collect())
}

fn gitops(written: &WrittenGitops) -> Gitops {
    let place = written.tag_at.as_ref().or(written.image_at.as_ref()).expect("the record has one of the two");
    Gitops {
        repository: written.repository.as_str().to_owned(),
        file: written.file.as_str().to_owned(),
        place: place.as_str().to_owned(),
        is_whole_image: written.image_at.is_some(),
        secret: written.token_secret.as_str().to_owned(),
    }
}

/// A path from a template, for one service.
pub fn path(template: &str, service: &str, repository: &str, environment: &str) -> String {
    let value = |piece| match piece {
        Piece::Literal(text) => text,
        Piece::Placeholder("service") => service,
        Piece::Placeholder("repository") => repository,
        Piece::Placeholder("environment") => environment,
        Piece::Placeholder(other) => unreachable!("`{other}` is not part of the form"),
    };
    pieces(template).map(value).collect()
}
