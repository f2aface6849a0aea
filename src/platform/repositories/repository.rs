//! A repository, every setting decided.

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
    /// Its name in AWS: 2 to 256 characters of ECR's form.
    pub name: String,
    /// Its name in Terraform.
    pub label: Label,
    /// What `{service}` can be.
    pub services: Vec<String>,
    /// Whether tags can be moved.
    pub mutability: Mutability,
    /// Encryption at rest, and where it is written (the key's place if it is not).
    pub encryption: Spanned<Encryption>,
    /// Whether ECR scans an image when it is pushed.
    pub scan_on_push: OrVariable<bool>,
    /// Which images stay.
    pub lifecycle: Option<Lifecycle>,
    /// Statements of its policy beside those of the access entries, as they are written.
    pub policy_statements: Vec<PolicyStatement>,
    /// Its own AWS tags, which go before those of the platform, and where they are written (the key's place if they are
    /// not).
    pub resource_tags: Spanned<BTreeMap<String, String>>,
    /// The key it had before.
    pub was: Option<Spanned<RepositoryKey>>,
    /// The reason for a change that loses its images.
    pub replace: Option<Spanned<Reason>>,
    /// Whether Terraform refuses to destroy it.
    pub protected: bool,
    /// Where the spec lets Terraform delete it with its images, if it does.
    pub force_delete: Option<Span>,
}

/// Whether tags can be moved; filters except the tags they match.
///
/// ECR user guide, "Preventing image tags from being overwritten".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutability {
    /// Of all tags that no filter matches.
    pub immutable: bool,
    /// Patterns of the tags for which the opposite holds: five at most, each with two `*` at most.
    pub except: Vec<String>,
}

impl Mutability {
    /// `imageTagMutability` of CreateRepository.
    pub fn as_str(&self) -> &'static str {
        match (self.immutable, self.except.is_empty()) {
            (true, true) => "IMMUTABLE",
            (true, false) => "IMMUTABLE_WITH_EXCLUSION",
            (false, true) => "MUTABLE",
            (false, false) => "MUTABLE_WITH_EXCLUSION",
        }
    }
}

/// What the spec says of one repository: its own settings, and those of all that it leaves open.
#[derive(Clone, Copy)]
pub struct Layers<'s> {
    /// The repository's own.
    pub own: &'s Settings,
    /// `repository_defaults`.
    pub defaults: Option<&'s Settings>,
    /// `names.repository`.
    pub name: Option<&'s str>,
}

impl<'s> Layers<'s> {
    /// The settings that decide: the first ones that write it.
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
    /// How the output declared it earlier, if the spec says so and it was otherwise than now.
    pub fn earlier(&self, root: &RootModule) -> Option<Earlier> {
        let label = self.was.as_ref().map_or_else(|| self.label.clone(), |was| Label::of(was.as_str()));
        let now_in_module = root.ecr_module.is_some();
        let in_module = root.ecr_module_was.as_ref().map_or(now_in_module, |form| form.value == RepositoryForm::Module);
        let span = self.was.as_ref().map(|was| was.span).or(root.ecr_module_was.as_ref().map(|form| form.span))?;
        (label != self.label || in_module != now_in_module).then_some(Earlier { label, in_module, span })
    }

    /// The alias of the existing KMS key that encrypts its images, with `alias/`, if the spec names one.
    pub fn kms_alias(&self) -> Option<String> {
        let Encryption::KmsKey(OrVariable::Literal(key)) = &self.encryption.value else { return None };
        key.as_str().rsplit_once("alias/").map(|(_, alias)| format!("alias/{alias}"))
    }

    /// Decides every setting; a repository with a fault is left out.
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
            repository.mutability.except = exceptions(repository.mutability.immutable, &classes.here, scope);
            faults.extend(too_many_exceptions(key, &repository.mutability).map(|fault| fault.at(&path)));
            repository
        })
    }

    /// A repository for which nothing is written, still without a name.
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
    let message = "this key is too long to be part of a file name";
    let fault = Diagnostic::new(&codes::KEY_TOO_LONG, key.span, message);
    Some(fault.help("use a shorter key, and write the repository's name under `name`"))
}

/// The name in AWS, of ECR's form and length (API reference, CreateRepository, `repositoryName`).
fn name(key: &Spanned<RepositoryKey>, layers: Layers, scope: &Scope) -> Result<String, Diagnostic> {
    let (template, span) = match &layers.own.name {
        Some(name) => (name.as_str(), name.span),
        None => (layers.name.unwrap_or("{repository}"), key.span),
    };
    let name = template::expand(template, span, scope, &[("repository", key.as_str())])?;
    let fault = |message: String| Err(Diagnostic::new(&codes::BAD_REPOSITORY_NAME, span, message));
    match name.len() {
        // Most are called as their key, which has the form already.
        2..=256 if name == key.as_str() || RepositoryKey::parse(&name).is_some() => Ok(name),
        2..=256 => fault(format!(
            "`{name}` is not a name that ECR takes: lowercase letters and digits, joined by `.`, `_`, `__`, hyphens, or `/`"
        )),
        length => fault(format!("`{name}` has {length} characters, ECR takes 2 to 256")),
    }
}

/// Patterns of the classes whose tags behave unlike the repository's others.
fn exceptions(immutable: bool, classes: &[Class], scope: &Scope) -> Vec<String> {
    let excepted = classes.iter().filter(|class| class.moving.as_ref().is_some_and(|moving| moving.value == immutable));
    let mut patterns: Vec<String> = excepted.map(|class| class.pattern(Services::Any, scope)).collect();
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
            "ECR excepts five patterns from a repository's tag mutability at most, and the classes make {}: {patterns}",
            mutability.except.len()
        ));
    }
    let wild = mutability.except.iter().find(|pattern| pattern.matches('*').count() > 2 || pattern.len() > 128)?;
    fault(format!(
        "`{wild}` has more than two `*` or more than 128 characters, which ECR does not take as an exception from tag mutability"
    ))
}
