//! A resolved repository.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, attempt, codes};
use crate::language::repository::policy_statement::PolicyStatement;
use crate::language::repository::{Encryption, Settings};
use crate::language::terraform::RepositoryForm;
use crate::platform::image_tags::class::{Class, Services};
use crate::platform::naming::label::Label;
use crate::platform::naming::template;
use crate::platform::repositories::retention::Lifecycle;
use crate::platform::repositories::settings::{Context, SETTINGS, Setting};
use crate::platform::{RootModule, Scope};
use crate::source::{Span, Spanned};
use crate::value::{OrVariable, Reason, RepositoryKey};

/// A repository.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Its key in the spec.
    pub key: String,
    /// Where the key is written.
    pub span: Span,
    /// Its name in AWS: 2 to 256 characters in the form that ECR requires.
    pub name: String,
    /// Its name in Terraform.
    pub label: Label,
    /// The possible values of `{service}`.
    pub services: Vec<String>,
    /// Whether tags can be moved.
    pub mutability: Mutability,
    /// Its encryption at rest, with its place (the place of the repository's key if it is not written).
    pub encryption: Spanned<Encryption>,
    /// Whether ECR scans an image when it is pushed.
    pub scan_on_push: OrVariable<bool>,
    /// Its lifecycle policy, if any.
    pub lifecycle: Option<Lifecycle>,
    /// The statements that the spec adds to the repository policy, in addition to those of access entries.
    pub policy_statements: Vec<PolicyStatement>,
    /// Its own AWS tags, which override those of the platform, with their place (the place of the repository's key if
    /// they are not written).
    pub resource_tags: Spanned<BTreeMap<String, String>>,
    /// Its earlier key, if it was renamed.
    pub was: Option<Spanned<RepositoryKey>>,
    /// The reason for accepting a change that deletes its images.
    pub replace: Option<Spanned<Reason>>,
    /// Whether Terraform refuses to destroy it (`prevent_destroy`).
    pub protected: bool,
    /// Where the spec lets Terraform delete it with its images, if it does.
    pub force_delete: Option<Span>,
}

/// Whether tags can be moved. Filters are exceptions for the tags that they match.
///
/// ECR user guide, "Preventing image tags from being overwritten".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutability {
    /// Whether tags that no filter matches are immutable.
    pub immutable: bool,
    /// Patterns of the tags for which the opposite applies: at most five, each with at most two `*`.
    pub except: Vec<String>,
}

impl Mutability {
    /// The value of `imageTagMutability` in the ECR API.
    pub fn as_str(&self) -> &'static str {
        match (self.immutable, self.except.is_empty()) {
            (true, true) => "IMMUTABLE",
            (true, false) => "IMMUTABLE_WITH_EXCLUSION",
            (false, true) => "MUTABLE",
            (false, false) => "MUTABLE_WITH_EXCLUSION",
        }
    }
}

/// The settings of one repository in the spec: its own and the defaults.
#[derive(Clone, Copy)]
pub struct Layers<'s> {
    /// The repository's own settings.
    pub own: &'s Settings,
    /// `repository_defaults`.
    pub defaults: Option<&'s Settings>,
    /// `names.repository`.
    pub name: Option<&'s str>,
}

impl<'s> Layers<'s> {
    /// The settings that apply: the first layer that contains this setting.
    fn deciding(self, setting: &Setting) -> Option<&'s Settings> {
        let layers = [Some(self.own), self.defaults];
        layers.into_iter().flatten().find(|settings| setting.written(settings).is_some())
    }
}

/// How the output declared a repository earlier.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// Its name in Terraform.
    pub label: Label,
    /// Whether it was a `module` block.
    pub in_module: bool,
    /// Where the spec says so.
    pub span: Span,
}

impl Repository {
    /// How the output declared it earlier, if that was different and the spec says so.
    pub fn earlier(&self, root: &RootModule) -> Option<Earlier> {
        let label = self.was.as_ref().map_or_else(|| self.label.clone(), |was| Label::of(was.as_str()));
        let now_in_module = root.ecr_module.is_some();
        let in_module = root.ecr_module_was.as_ref().map_or(now_in_module, |form| form.value == RepositoryForm::Module);
        let span = self.was.as_ref().map(|was| was.span).or(root.ecr_module_was.as_ref().map(|form| form.span))?;
        (label != self.label || in_module != now_in_module).then_some(Earlier { label, in_module, span })
    }

    /// The alias of the existing KMS key that encrypts its images, including `alias/`, if the spec names it by alias.
    pub fn kms_alias(&self) -> Option<String> {
        let Encryption::KmsKey(OrVariable::Literal(key)) = &self.encryption.value else { return None };
        key.as_str().rsplit_once("alias/").map(|(_, alias)| format!("alias/{alias}"))
    }

    /// Resolves every setting; `None` if there are errors.
    pub fn resolve(
        key: &Spanned<RepositoryKey>,
        layers: Layers,
        classes: &crate::platform::Classes,
        scope: &Scope,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let path = format!("repositories.{}", key.as_str());
        let context = Context { classes, scope, path: &path };
        attempt(faults, |faults| {
            let mut repository = Repository::undecided(key, layers);
            match name(key, layers, scope) {
                Ok(name) => repository.name = name,
                Err(fault) => faults.push(fault.at(&path)),
            }
            faults.extend(too_long(key, &repository.label).map(|fault| fault.at(&path)));
            for setting in SETTINGS {
                if let Some(settings) = layers.deciding(setting) {
                    (setting.decide)(&mut repository, settings, context, faults);
                }
            }
            repository.mutability.except = exceptions(&repository, &classes.here, scope);
            faults.extend(too_many_exceptions(key, &repository.mutability).map(|fault| fault.at(&path)));
            repository
        })
    }

    /// A repository with default settings, still without a name.
    fn undecided(key: &Spanned<RepositoryKey>, layers: Layers) -> Self {
        let defaults = layers.defaults;
        Repository {
            key: key.as_str().to_owned(),
            span: key.span,
            name: String::new(),
            label: Label::of(key.as_str()),
            services: vec![key.as_str().to_owned()],
            mutability: Mutability { immutable: true, except: Vec::new() },
            encryption: Spanned { value: Encryption::Aes256, span: key.span },
            scan_on_push: OrVariable::Literal(true),
            lifecycle: None,
            policy_statements: Vec::new(),
            resource_tags: Spanned { value: BTreeMap::new(), span: key.span },
            was: layers.own.was.clone(),
            replace: layers.own.replace.clone().or_else(|| defaults?.replace.clone()),
            protected: true,
            force_delete: None,
        }
    }
}

fn too_long(key: &Spanned<RepositoryKey>, label: &Label) -> Option<Diagnostic> {
    if label.fits_a_file_name() {
        return None;
    }
    let message = "repository key is too long for a file name";
    let fault = Diagnostic::new(&codes::KEY_TOO_LONG, key.span, message);
    Some(fault.help("write a shorter key, and the repository's name in AWS under `name`"))
}

/// The name in AWS, in the form and length that ECR requires (API reference, CreateRepository, `repositoryName`).
fn name(key: &Spanned<RepositoryKey>, layers: Layers, scope: &Scope) -> Result<String, Diagnostic> {
    let (template, span) = match &layers.own.name {
        Some(name) => (name.as_str(), name.span),
        None => (layers.name.unwrap_or("{repository}"), key.span),
    };
    let name = template::expand(template, span, scope, &[("repository", key.as_str())])?;
    let fault = |message: String| Err(Diagnostic::new(&codes::BAD_REPOSITORY_NAME, span, message));
    match name.len() {
        // Most names are the same as the key, which has been checked already.
        2..=256 if name == key.as_str() || RepositoryKey::parse(&name).is_some() => Ok(name),
        2..=256 => fault(format!(
            "`{name}` is not a valid repository name: use lowercase letters and digits, separated by `.`, `_`, `__`, \
             hyphens or `/`"
        )),
        0..2 => fault(format!("`{name}` is too short: ECR repository names have 2 to 256 characters")),
        length => {
            fault(format!("`{name}` is too long: it has {length} characters, but ECR repository names have 2 to 256"))
        }
    }
}

/// The patterns of the classes whose tags differ in mutability from the rest of the repository.
fn exceptions(repository: &Repository, classes: &[Class], scope: &Scope) -> Vec<String> {
    let immutable = repository.mutability.immutable;
    let excepted = classes.iter().filter(|class| class.moving.as_ref().is_some_and(|moving| moving.value == immutable));
    let services = match repository.services.as_slice() {
        [only] => Services::One(only),
        _ => Services::Any,
    };
    let mut patterns: Vec<String> = excepted.map(|class| class.pattern(services, scope)).collect();
    patterns.sort();
    patterns.dedup();
    patterns
}

/// Limits of exclusion filters (API reference, ImageTagMutabilityExclusionFilter: 5 filters of up to 128
/// characters; provider documentation of `aws_ecr_repository`: two `*` each).
fn too_many_exceptions(key: &Spanned<RepositoryKey>, mutability: &Mutability) -> Option<Diagnostic> {
    let fault = |message: String| Some(Diagnostic::new(&codes::MUTABILITY_FILTERS, key.span, message));
    if mutability.except.len() > 5 {
        let patterns = mutability.except.join(", ");
        return fault(format!(
            "too many tag mutability exclusion filters: ECR allows 5 per repository, but the moving tag classes need {}: \
             {patterns}",
            mutability.except.len()
        ));
    }
    let wild = mutability.except.iter().find(|pattern| pattern.matches('*').count() > 2 || pattern.len() > 128)?;
    fault(format!(
        "a moving tag class needs the tag mutability exclusion filter `{wild}`, but ECR allows at most 2 `*` and 128 characters per filter"
    ))
}
