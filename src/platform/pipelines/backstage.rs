//! A pipeline that Backstage writes into the repositories that it creates in an organization.

use super::{Known, bad};
use crate::diagnostic::Diagnostic;
use crate::language::pipelines::Pipeline as Written;
use crate::language::pipelines::backstage::Backstage as Keys;
use crate::platform::Access;
use crate::platform::image_tags::MadeFrom;
use crate::platform::image_tags::class::Class;
use crate::platform::naming::template::{Piece, pieces};
use crate::platform::repositories::prefix::{ROOT, names_below};
use crate::platform::repositories::template::Occasion;
use crate::principals::kinds::github::Github;
use crate::source::{Span, Spanned};
use crate::value::PipelineName;

/// A Software Template of Backstage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backstage {
    /// What all environments share.
    pub template: Template,
    /// The prefix of the ECR repositories of new services, without the `/`, or [`ROOT`].
    pub prefix: String,
}

impl Backstage {
    /// The name of the ECR repository of a service.
    pub fn repository(&self, service: &str) -> String {
        names_below(&self.prefix).replace('*', service)
    }
}

/// The part of a template that is the same in all environments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name in the catalog: 1 to 63 characters.
    pub name: String,
    /// Its owner, as a reference to an entity of the catalog.
    pub owner: String,
    /// The host of GitHub, without `https://`.
    pub host: String,
    /// The organization in which it creates repositories.
    pub organization: String,
}

/// Resolves the template of a pipeline; `None` if the prefix for new repositories has errors.
pub(super) fn resolve(
    name: &Spanned<PipelineName>,
    written: &Written,
    keys: &Keys,
    access: &Access,
    known: &Known,
) -> Result<Option<Backstage>, Vec<Diagnostic>> {
    let Some(github) = access.principal_as::<Github>() else { return Ok(None) };
    let Some(organization) = &github.organization else { return Err(vec![single_repositories(keys, access)]) };
    let template = Template {
        name: format!("{}-{}", known.scope.platform, name.as_str()),
        owner: keys.owner.as_str().to_owned(),
        host: github.url.as_ref().map_or("github.com", |url| url.host_and_path()).to_owned(),
        organization: organization.as_str().to_owned(),
    };
    let mut faults = Vec::new();
    faults.extend(long_name(&template.name, name.span, keys));
    faults.extend(of_services(keys, known));
    faults.extend(shared_file(written));
    faults.extend(unreviewed(written, keys));
    match (prefix(written, keys, access, known), faults.is_empty()) {
        (Ok(prefix), true) => Ok(prefix.map(|prefix| Backstage { template, prefix: prefix.to_owned() })),
        (Ok(_), false) => Err(faults),
        (Err(fault), _) => Err([vec![fault], faults].concat()),
    }
}

/// The error of an entry whose trust policy refuses new repositories.
fn single_repositories(keys: &Keys, access: &Access) -> Diagnostic {
    let message =
        format!("access entry `{}` is not for an organization, so new repositories cannot use it", access.name);
    let help = "name an entry with `organization` in `as`, or remove `backstage`";
    bad(keys.span, message, help, "backstage").on_key().and(access.span, "the access entry")
}

/// The error of a name that the catalog does not allow (Backstage documentation, "Descriptor Format of Catalog Entities",
/// `name`).
fn long_name(template: &str, name: Span, keys: &Keys) -> Option<Diagnostic> {
    (template.len() > LONGEST_NAME).then(|| {
        let message = format!(
            "the template would be named `{template}`, which has {} characters, but Backstage allows {LONGEST_NAME}",
            template.len()
        );
        bad(keys.span, message, "give the pipeline a shorter name", "backstage").on_key().and(name, "the pipeline")
    })
}

/// The most characters in the name of an entity.
pub const LONGEST_NAME: usize = 63;

/// The errors of classes whose tags contain a service that no spec names.
fn of_services(keys: &Keys, known: &Known) -> Vec<Diagnostic> {
    let classes = known.classes.here.iter().filter(|class| class.names_service());
    let made = classes.filter(|class| !matches!(class.made_from(), MadeFrom::Nothing(_)));
    let fault = |class: &Class| {
        let message = format!(
            "image tags of class `{}` contain `{{service}}`, but the spec does not know the services that Backstage creates",
            class.name
        );
        let help = "remove `{service}` from the tag: each of these services has its own repository";
        bad(keys.span, message, help, "backstage").on_key().and(class.template.span, "the tag")
    };
    made.map(fault).collect()
}

/// The error of a file in the GitOps repository that all services would write to.
fn shared_file(written: &Written) -> Option<Diagnostic> {
    let file = &written.gitops.as_ref()?.file;
    let is_own = |piece| matches!(piece, Piece::Placeholder("service" | "repository"));
    (!pieces(file.as_str()).any(is_own)).then(|| {
        let message = "all services that Backstage creates would write their image into this file";
        let help = "write `{service}` in the path, for example `file: \"apps/{service}/values.yaml\"`";
        bad(file.span, message, help, "gitops.file")
    })
}

/// The error of a review that no one is asked for: GitHub creates a missing environment without reviewers (GitHub documentation,
/// "Managing environments for deployment").
fn unreviewed(written: &Written, keys: &Keys) -> Option<Diagnostic> {
    let first = written.findings.as_ref()?.review.as_ref()?.first()?;
    let message =
        "new repositories have no environment `image-review` with reviewers, so no one would review the findings";
    let help = "move the severities from `review` to `block`, or remove `review`";
    Some(bad(first.span, message, help, "findings.review").on_key().and(keys.span, "creates repositories"))
}

/// The prefix below which ECR or the pipeline creates the repositories of new services; `None` if it has errors.
fn prefix<'k>(
    written: &Written,
    keys: &Keys,
    access: &Access,
    known: &'k Known,
) -> Result<Option<&'k str>, Diagnostic> {
    let ensures = written.ensure_repository.as_ref().is_some_and(|ensure| ensure.value);
    let fault = |message: String, help: &str| bad(keys.span, message, help, "backstage").on_key();
    let covered = known.templates.iter().filter(|template| access.repositories.contains(template.prefix()));
    let covered: Vec<_> = covered.collect();
    let root = covered.iter().find(|template| template.prefix() == ROOT).copied();
    let template = match (root, &covered[..]) {
        (Some(root), _) => root,
        (None, [only]) => only,
        (None, []) if known.has_broken_templates() => return Ok(None),
        (None, []) => {
            let message = format!("access entry `{}` covers no repositories but those of this spec", access.name);
            let help = "write `repository_templates: { ROOT: { created_by: [push] } }`, and `repositories: all` in the access entry";
            return Err(fault(message, help).and(access.span, "the access entry"));
        }
        (None, [first, second, ..]) => {
            let message = format!(
                "access entry `{}` covers several prefixes, such as `{}` and `{}`, but the repository of a new service has one",
                access.name,
                first.prefix(),
                second.prefix()
            );
            let help = "use a separate access entry with one of the prefixes for the pipeline";
            return Err(fault(message, help).and(access.span, "the access entry"));
        }
    };
    if !ensures && !template.is_for(Occasion::Push) {
        let message =
            format!("neither the pipeline nor the template `{}` creates repositories on a push", template.prefix());
        let help = "add `push` to `created_by` of the template, or write `ensure_repository: true`";
        return Err(fault(message, help).and(template.created.span, "the template"));
    }
    Ok(Some(template.prefix()))
}
