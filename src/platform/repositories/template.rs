//! Repositories that ECR creates itself, with the settings of a creation template (ECR user guide, "Templates to control
//! repositories created during a pull through cache, create on push, or replication action").

use std::collections::BTreeMap;

use super::repository::{Layers, Repository};
use crate::diagnostic::{Diagnostic, attempt, codes};
use crate::language::Spec;
use crate::language::repository::template::Template as Written;
pub use crate::language::repository::template::{Occasion, Template as TemplateKeys};
use crate::platform::{Classes, Encryption, Scope};
use crate::source::{Span, Spanned};
use crate::value::RepositoryPrefix;

/// A creation template.
#[derive(Clone, Debug)]
pub struct Template {
    /// When ECR uses it.
    pub created_by: Vec<Spanned<Occasion>>,
    /// What ECR creates: its key is the prefix, and its name is the pattern of the repositories' names, such as `team/*`.
    pub created: Repository,
}

impl Template {
    /// The prefix, without the `/` that ECR adds, or [`ROOT`](super::prefix::ROOT).
    pub fn prefix(&self) -> &str {
        &self.created.key
    }

    /// Whether it is for a prefix, or for repositories below it, unless there is a template with a longer prefix.
    pub fn covers(&self, prefix: &str) -> bool {
        self.prefix() == prefix || self.created.name.strip_suffix('*').is_some_and(|start| prefix.starts_with(start))
    }

    /// Whether ECR uses it on this occasion.
    pub fn is_for(&self, occasion: Occasion) -> bool {
        self.created_by.iter().any(|one| one.value == occasion)
    }

    /// Whether ECR needs a role to create the repositories: for tags and KMS keys, its service-linked role is not enough (ECR
    /// user guide, "Creating a repository creation template in Amazon ECR").
    pub fn needs_role(&self, tags_of_platform: &BTreeMap<String, String>) -> bool {
        self.has_tags(tags_of_platform) || self.created.encryption.value != Encryption::Aes256
    }

    /// Whether the repositories have AWS tags.
    pub fn has_tags(&self, tags_of_platform: &BTreeMap<String, String>) -> bool {
        !tags_of_platform.is_empty() || !self.created.resource_tags.value.is_empty()
    }
}

/// Resolves the templates: those without errors, sorted by prefix.
pub fn resolve(spec: &Spec, classes: &Classes, scope: &Scope, faults: &mut Vec<Diagnostic>) -> Vec<Template> {
    let written = spec.repository_templates.iter().flat_map(|map| &map.entries);
    let defaults = spec.repository_defaults.as_ref();
    let mut templates: Vec<Template> = written
        .filter_map(|(prefix, template)| {
            let path = format!("repository_templates.{}", prefix.as_str());
            let own = template.settings();
            let layers = Layers { own: Some(&own), defaults, name: None };
            attempt(faults, |faults| {
                faults.extend(bad_prefix(prefix, spec).map(|fault| fault.at(&path)));
                faults.extend(per_service(template, layers).map(|fault| fault.at(&path)));
                let created = Repository::created_below(prefix, layers, classes, scope, &path, faults);
                Some(Template { created_by: template.created_by.clone()?, created })
            })
            .flatten()
        })
        .collect();
    templates.sort_by(|one, other| one.prefix().cmp(other.prefix()));
    templates
}

/// The error of a prefix that is too long, or that is also the key of a repository: access entries name both by their keys.
fn bad_prefix(prefix: &Spanned<RepositoryPrefix>, spec: &Spec) -> Option<Diagnostic> {
    let text = prefix.as_str();
    if text.len() > 256 {
        let message = format!("this prefix is too long: it has {} characters, but ECR allows 256", text.len());
        return Some(Diagnostic::new(&codes::BAD_PREFIX, prefix.span, message).help("write a shorter prefix"));
    }
    let taken = spec.repositories.iter().flat_map(|map| &map.entries).find(|(key, _)| key.as_str() == text)?;
    Some(prefix_taken(prefix.span, text, taken.0.span, text))
}

/// The error of a prefix that a repository uses.
pub fn prefix_taken(prefix: Span, text: &str, repository: Span, key: &str) -> Diagnostic {
    let message = format!("`{text}` is a prefix here, and repository `{key}` uses it too");
    Diagnostic::new(&codes::PREFIX_TAKEN, prefix, message)
        .and(repository, "the repository")
        .help("give the repository another key, and keep its name in AWS with `name`, or use another prefix")
}

/// The error of a rule per service, where no one knows the services.
fn per_service(template: &Written, layers: Layers) -> Option<Diagnostic> {
    let inherited = layers.defaults.and_then(|defaults| defaults.retention.as_ref());
    let retention = template.retention.as_ref().or(inherited).filter(|_| template.lifecycle_policy.is_none())?;
    let per = retention.rules.iter().find_map(|rule| rule.per.as_ref())?;
    let message =
        "`per: service` cannot be used here, because the services of repositories that ECR creates are not known";
    let fault = Diagnostic::new(&codes::PER_SERVICE_CANNOT_TELL, per.span, message);
    Some(fault.help("write a `retention` without `per: service` in the template"))
}
