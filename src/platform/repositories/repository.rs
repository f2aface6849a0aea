//! A resolved repository.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, attempt, codes};
use crate::language::repository::guard_rails::{Deny, OnlyFrom};
use crate::language::repository::policy_statement::PolicyStatement;
use crate::language::repository::{Encryption, Settings};
use crate::platform::image_tags::class::{Class, Services};
use crate::platform::naming::label::Label;
use crate::platform::naming::template;
use crate::platform::repositories::prefix::names_below;
use crate::platform::repositories::replication::{Destination, Managed, replica_label};
use crate::platform::repositories::retention::Lifecycle;
use crate::platform::repositories::settings::{Context, SETTINGS, Setting};
use crate::platform::root_module::form::Form;
use crate::platform::{Classes, RootModule, Scope};
use crate::prose::{NAMED, few};
use crate::source::{Span, Spanned};
use crate::value::{NameTemplate, OrVariable, Reason, RepositoryKey, RepositoryPrefix};

/// A repository.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Its key in the spec.
    pub key: String,
    /// Where the key is written.
    pub span: Span,
    /// Its name in AWS: 2 to 256 characters in the form that ECR requires. If ECR creates it, the pattern of the names.
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
    /// Where the spec makes Amazon Inspector scan its images again and again, if it does.
    pub scan_continuously: Option<Span>,
    /// Its lifecycle policy, if any.
    pub lifecycle: Option<Lifecycle>,
    /// The statements that the spec adds to the repository policy, in addition to those of access entries.
    pub policy_statements: Vec<PolicyStatement>,
    /// The registries that ECR replicates its images to.
    pub replicate_to: Vec<Destination>,
    /// What its policy denies to everyone except some access entries.
    pub deny: Option<Deny>,
    /// The networks from which alone its images can be used.
    pub only_from: Option<OnlyFrom>,
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
    /// The repository's own settings, if there are any.
    pub own: Option<&'s Settings>,
    /// `repository_defaults`.
    pub defaults: Option<&'s Settings>,
    /// `names.repository`.
    pub name: Option<&'s Spanned<NameTemplate>>,
}

impl<'s> Layers<'s> {
    /// The settings that apply: the first layer that contains this setting.
    fn deciding(self, setting: &Setting) -> Option<&'s Settings> {
        let layers = [self.own, self.defaults];
        layers.into_iter().flatten().find(|settings| setting.written(settings).is_some())
    }
}

impl Repository {
    /// Its Terraform address.
    pub fn address(&self, root: &RootModule) -> String {
        root.form(&self.key).address("aws_ecr_repository")
    }

    /// How the output may have declared it, from the earliest to the present form.
    pub fn forms(&self, root: &RootModule) -> Vec<Form> {
        root.forms(&self.key, self.was.as_ref().map(|was| was.as_str()))
    }

    /// Where the spec states that the output declared it in another way.
    pub fn earlier_span(&self, root: &RootModule) -> Option<Span> {
        self.was.as_ref().map(|was| was.span).or(root.earlier_span())
    }

    /// The regions of this account where the root module creates the repository too, with the settings there.
    pub fn replicas(&self) -> impl Iterator<Item = (&str, &Managed)> {
        self.replicate_to.iter().filter_map(|to| Some((to.region.as_str(), to.managed.as_ref()?)))
    }

    /// The name in Terraform of its replica in a region.
    pub fn replica_label(&self, region: &str) -> Label {
        replica_label(&self.key, region)
    }

    /// The alias of the existing KMS key that encrypts its images, including `alias/`, if the spec names it by alias.
    pub fn kms_alias(&self) -> Option<String> {
        let Encryption::KmsKey(OrVariable::Literal(key)) = &self.encryption.value else { return None };
        key.as_str().rsplit_once("alias/").map(|(_, alias)| format!("alias/{alias}"))
    }

    /// The variable that gives the existing KMS key that encrypts its images, as an ARN or alias.
    pub fn kms_variable(&self) -> Option<&str> {
        let Encryption::KmsKey(OrVariable::Variable(variable)) = &self.encryption.value else { return None };
        Some(variable.name.as_str())
    }

    /// Whether it stands for the repositories that ECR creates from a template. No name in AWS contains `*`.
    pub fn is_created(&self) -> bool {
        self.name.ends_with('*')
    }

    /// How reports name it.
    pub fn shown(&self) -> String {
        if self.is_created() { format!("{} (created by ECR)", self.name) } else { self.key.clone() }
    }

    /// Its path in the spec.
    pub fn path(&self) -> String {
        let map = if self.is_created() { "repository_templates" } else { "repositories" };
        format!("{map}.{}", self.key)
    }

    /// The services whose images it holds; empty if no one knows them, because ECR creates it.
    pub fn known_services(&self) -> &[String] {
        if self.is_created() { &[] } else { &self.services }
    }

    /// What ECR creates below the prefix of a pull through cache rule that no template has. A template with a shorter prefix decides
    /// about tags; without one, they are mutable.
    pub fn created_with_defaults(prefix: &str, span: Span, template: Option<&Repository>) -> Self {
        let mutable = Mutability { immutable: false, except: Vec::new() };
        let mutability = template.map_or(mutable, |template| template.mutability.clone());
        Repository { name: names_below(prefix), mutability, ..Repository::undecided(prefix, span) }
    }

    /// What ECR creates below a prefix.
    pub(super) fn created_below(
        prefix: &Spanned<RepositoryPrefix>,
        layers: Layers,
        classes: &Classes,
        scope: &Scope,
        path: &str,
        faults: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut created = Repository::undecided(prefix.as_str(), prefix.span);
        created.name = names_below(prefix.as_str());
        // One represents them all.
        created.services = vec!["service".to_owned()];
        created.decide(layers, Context { classes, scope, path }, faults);
        created.replicate_to.clear();
        created
    }

    /// Resolves every setting; `None` if there are errors.
    pub fn resolve(
        key: &Spanned<RepositoryKey>,
        layers: Layers,
        classes: &Classes,
        scope: &Scope,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let path = format!("repositories.{}", key.as_str());
        let context = Context { classes, scope, path: &path };
        attempt(faults, |faults| {
            let mut repository = Repository::undecided(key.as_str(), key.span);
            repository.was = layers.own.and_then(|own| own.was.clone());
            repository.replace = layers.own.and_then(|own| own.replace.clone());
            match name(key, layers, scope) {
                Ok(name) => repository.name = name,
                Err(fault) => faults.push(fault.at(&path)),
            }
            faults.extend(too_long(key, &repository.label).map(|fault| fault.at(&path)));
            repository.decide(layers, context, faults);
            repository
        })
    }

    /// Decides every setting.
    fn decide(&mut self, layers: Layers, context: Context, faults: &mut Vec<Diagnostic>) {
        for setting in SETTINGS {
            if let Some(settings) = layers.deciding(setting) {
                (setting.decide)(self, settings, context, faults);
            }
        }
        if let Some(lifecycle) = &mut self.lifecycle {
            let is_own = |own: &Settings| own.retention.is_some() || own.lifecycle_policy.is_some();
            lifecycle.is_inherited = !layers.own.is_some_and(is_own);
        }
        let Context { classes, scope, path } = context;
        let excepted = exceptions(self.mutability.immutable, &classes.here);
        let pattern = |class: &Class| class.pattern(services(self.known_services()), scope);
        let mut patterns: Vec<String> = excepted.iter().map(|class| pattern(class)).collect();
        patterns.sort();
        patterns.dedup();
        faults.extend(bad_exception(&excepted, &patterns, pattern).map(|fault| fault.at(path)));
        self.mutability.except = patterns;
    }

    /// A repository with default settings, still without a name.
    fn undecided(key: &str, span: Span) -> Self {
        Repository {
            key: key.to_owned(),
            span,
            name: String::new(),
            label: Label::of(key),
            services: vec![key.to_owned()],
            mutability: Mutability { immutable: true, except: Vec::new() },
            encryption: Spanned { value: Encryption::Aes256, span },
            scan_on_push: OrVariable::Literal(true),
            scan_continuously: None,
            lifecycle: None,
            policy_statements: Vec::new(),
            replicate_to: Vec::new(),
            deny: None,
            only_from: None,
            resource_tags: Spanned { value: BTreeMap::new(), span },
            was: None,
            replace: None,
            protected: true,
            force_delete: None,
        }
    }
}

fn too_long(key: &Spanned<RepositoryKey>, label: &Label) -> Option<Diagnostic> {
    if label.fits_a_file_name() {
        return None;
    }
    let message =
        format!("the key of this repository is too long: it has {} bytes, but 200 are allowed", label.bytes());
    let fault = Diagnostic::new(&codes::KEY_TOO_LONG, key.span, message);
    Some(fault.help("write a shorter key, and the repository's name in AWS under `name`"))
}

/// The name in AWS, in the form and length that ECR requires (API reference, CreateRepository, `repositoryName`).
fn name(key: &Spanned<RepositoryKey>, layers: Layers, scope: &Scope) -> Result<String, Diagnostic> {
    let written = layers.own.and_then(|own| own.name.as_ref()).or(layers.name);
    let (template, span) = written.map_or(("{repository}", key.span), |name| (name.as_str(), name.span));
    let name = template::expand(template, span, scope, &[("repository", key.as_str())])?;
    let fault = |place: Span, message: String| Err(Diagnostic::new(&codes::BAD_REPOSITORY_NAME, place, message));
    match name.len() {
        // Most names are the same as the key, which has been checked already.
        2..=256 if name == key.as_str() || RepositoryKey::parse(&name).is_some() => Ok(name),
        2..=256 => {
            // The places of a placeholder's letters are in the template too, but ECR allows all of them.
            let is_bad = |c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && !"._-/{}".contains(c);
            let bad = name.chars().find(|c| is_bad(*c)).map(String::from).or_else(|| misplaced_separator(&name));
            let because = bad.map_or_else(String::new, |bad| format!(" because of `{bad}`"));
            let message = format!("`{name}` is not a valid repository name{because}");
            fault(written.map_or(span, |written| written.first(is_bad)), message).map_err(|fault| {
                fault.help("use lowercase letters and digits, separated by `.`, `_`, `__`, `/` or hyphens")
            })
        }
        0..2 => fault(span, format!("`{name}` is too short: ECR repository names have 2 to 256 characters")),
        length => fault(
            span,
            format!("`{name}` is too long: it has {length} characters, but ECR repository names have 2 to 256"),
        ),
    }
}

/// The first separators of a name that ECR does not allow there: at an end, or more than it allows in a row.
fn misplaced_separator(name: &str) -> Option<String> {
    let is_separator = |c: char| "._-/".contains(c);
    let mut runs = name.split(|c| !is_separator(c)).filter(|run| !run.is_empty());
    let start = name.split(|c| !is_separator(c)).next().filter(|run| !run.is_empty());
    let end = name.rsplit(|c| !is_separator(c)).next().filter(|run| !run.is_empty());
    let is_allowed = |run: &str| matches!(run, "." | "_" | "__" | "/") || run.chars().all(|c| c == '-');
    start.or_else(|| runs.find(|run| !is_allowed(run))).or(end).map(str::to_owned)
}

/// The classes whose tags differ in mutability from the rest of the repository.
fn exceptions(immutable: bool, classes: &[Class]) -> Vec<&Class> {
    let is_excepted = |class: &&Class| class.moving.as_ref().is_some_and(|moving| moving.value == immutable);
    classes.iter().filter(is_excepted).collect()
}

/// What `{service}` is in a repository with these services.
fn services(services: &[String]) -> Services<'_> {
    match services {
        [only] => Services::One(only),
        _ => Services::Any,
    }
}

/// Limits of exclusion filters (API reference, ImageTagMutabilityExclusionFilter: 5 filters of up to 128
/// characters; provider documentation of `aws_ecr_repository`: two `*` each).
fn bad_exception(classes: &[&Class], patterns: &[String], pattern: impl Fn(&Class) -> String) -> Option<Diagnostic> {
    if patterns.len() > 5 {
        let last = classes.last().expect("each pattern is of a class");
        let message = format!(
            "too many tag mutability exclusion filters: ECR allows 5 per repository, but the classes with `moving` need \
             {}: {}",
            patterns.len(),
            few(patterns.iter().map(String::as_str), NAMED)
        );
        let fault = Diagnostic::new(&codes::MUTABILITY_FILTERS, last.span, message);
        return Some(fault.help("remove `moving` from some classes, or replace several of them with a class of a common prefix, such as `latest{any}`"));
    }
    let wild = |class: &&&Class| {
        let pattern = pattern(class);
        pattern.matches('*').count() > 2 || pattern.len() > 128
    };
    let class = classes.iter().find(wild)?;
    let message = format!(
        "class `{}` needs the tag mutability exclusion filter `{}`, but ECR allows at most 2 `*` and 128 characters per \
         filter",
        class.name,
        pattern(class)
    );
    let fault = Diagnostic::new(&codes::MUTABILITY_FILTERS, class.template.span, message);
    Some(fault.label("each placeholder is a `*`").help("use at most two placeholders in this tag, or remove `moving`"))
}
