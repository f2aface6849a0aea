//! The variables of the root module, and the references to objects in other files of the folder.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, codes};
use crate::language::repository::Encryption;
use crate::lifecycle::Criterion;
use crate::platform::access::iam::Boundary;
use crate::platform::{Given, Platform, RootModule};
use crate::source::{Span, Spanned};
use crate::terraform::Traversal;
use crate::value::{Identifier, OrCreate, OrVariable, Reference, StatementValue};

/// A variable of the root module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its type and default value.
    pub kind: Kind,
    /// Its description.
    pub description: String,
    /// Whether the permissions for runs of the workspace need its value.
    pub names_rights: bool,
    /// Whether its value must be the ARN of an IAM role of the account.
    pub is_role_arn: bool,
    /// What its value must look like in the policy statements that use it.
    pub in_statements: BTreeSet<StatementValue>,
    /// Whether its value is a secret.
    pub is_secret: bool,
    /// Whether the root module needs its value. Otherwise, only the bootstrap module declares it.
    pub in_root: bool,
    /// The first place that uses it.
    pub span: Span,
}

impl Variable {
    /// Whether the workspace must know its value: it has no default, or the roles of the bootstrap module need permissions on
    /// the resource that it names.
    pub fn is_passed_on(&self) -> bool {
        self.in_root && (self.names_rights || matches!(self.kind, Kind::Bool(None) | Kind::Text(None)))
    }
}

/// The type of a variable, with its default value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `bool`.
    Bool(Option<bool>),
    /// `string`.
    Text(Option<String>),
    /// `number`, with its default.
    Number(u32),
    /// `set(string)`: the keys of repositories, with the default.
    Keys(BTreeSet<String>),
}

/// The description of a variable that holds the keys of a set.
const OF_SET: &str = "Keys of the repositories in the set. ecrgen checks nothing about repositories that are only in a value of \
                      this variable, and no role or policy of an access entry covers them.";

/// Variable names that Terraform reserves (Terraform documentation, "variable block reference").
const RESERVED: [&str; 8] =
    ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];

/// Variable names that the workspace itself uses (HCP Terraform documentation, "Dynamic Credentials with the AWS
/// Provider"), in the lowercase form that Terraform variables have.
const OF_THE_WORKSPACE: [&str; 3] = ["tfc_aws_provider_auth", "tfc_aws_plan_role_arn", "tfc_aws_apply_role_arn"];

/// Collects the variables of a platform. A name can be used several times, but only with the same type and default.
pub fn collect(platform: &Platform, faults: &mut Vec<Diagnostic>) -> BTreeMap<String, Variable> {
    let has_workspace = platform.workspace.is_some();
    let is_root_unknown = platform.scope.unreadable.terraform;
    let mut uses = Uses { root: &platform.root, is_root_unknown, has_workspace, variables: BTreeMap::new(), faults };
    if let Some((set, variable)) = platform.root.set.as_ref().and_then(|set| Some((set, set.variable.as_ref()?))) {
        uses.add(variable, Kind::Keys(set.keys.clone()), "terraform.for_each", OF_SET);
    }
    for repository in &platform.repositories {
        uses.note(&repository.scan_on_push, &repository.path(), "Whether ECR scans an image when it is pushed", |d| {
            Kind::Bool(d.copied())
        });
    }
    for repository in platform.all_repositories() {
        let path = repository.path();
        if let Encryption::KmsKey(key) = &repository.encryption.value {
            uses.text(key, &path, "ARN of the KMS key that encrypts images");
        }
        for (_, managed) in repository.replicas().filter(|(_, managed)| managed.has_own_encryption) {
            if let Encryption::KmsKey(key) = &managed.encryption.value {
                uses.text(key, &path, "ARN of the KMS key that encrypts replicas");
            }
        }
        for given in repository.policy_statements.iter().flat_map(|statement| &statement.given) {
            uses.in_statement(given, &path);
        }
        if let Some(lifecycle) = &repository.lifecycle {
            for (rule, name) in &lifecycle.variables {
                uses.number(name, lifecycle.policy.rules[*rule].selection.criterion, &path);
            }
        }
    }
    for cache in platform.caches() {
        if let Some(credential) = &cache.credential {
            uses.text(credential, &cache.path(), "ARN of the secret with the credentials of an upstream registry");
        }
    }
    for access in &platform.access {
        let path = format!("access.{}", access.name);
        for value in access.principal.values() {
            match value.named_by_runs {
                true => uses.right(&value.value, &path, value.description),
                false => uses.text(&value.value, &path, value.description),
            }
        }
    }
    if let Some(role) = &platform.root.assume_role {
        uses.text(&role.value, "terraform.assume_role", "ARN of the role that the AWS provider assumes");
    }
    if let Some(Boundary::Existing(policy)) = &platform.iam.boundary {
        uses.right(policy, "iam.permissions_boundary", "ARN of the permissions boundary of the roles");
    }
    for workspace in platform.workspace.iter() {
        for (policies, phase) in [(&workspace.plan_policies, "plan"), (&workspace.apply_policies, "apply")] {
            for policy in policies {
                let description = format!("ARN of a policy that is attached to the {phase} role");
                uses.in_bootstrap(policy, &format!("workspace.policies.{phase}"), &description);
            }
        }
    }
    if let Some(OrCreate::Existing(bucket)) = platform.monitoring.audit_trail.as_ref().map(|trail| &trail.bucket) {
        uses.text(bucket, "monitoring.audit_trail.bucket", "Name of the bucket that holds the trail");
    }
    for alert in &platform.monitoring.alerts {
        if let OrCreate::Existing(topic) = &alert.topic.value {
            let path = format!("monitoring.alerts.{}.sns", alert.name);
            uses.text(topic, &path, "ARN of the SNS topic that receives alerts");
        }
    }
    // After all others, which must not have the same variables.
    for (name, notification) in platform.workspace.iter().flat_map(|workspace| &workspace.notifications) {
        uses.secret(
            &notification.url_variable,
            &format!("workspace.notifications.{name}"),
            "URL of a webhook that receives notifications about runs",
        );
    }
    uses.variables
}

struct Uses<'a> {
    root: &'a RootModule,
    /// Whether `terraform` has an error, so that it may say `root: shared`.
    is_root_unknown: bool,
    has_workspace: bool,
    variables: BTreeMap<String, Variable>,
    faults: &'a mut Vec<Diagnostic>,
}

impl Uses<'_> {
    fn text<T: AsRef<str>>(&mut self, given: &OrVariable<T>, path: &str, description: &str) {
        self.note(given, path, description, |default| Kind::Text(default.map(|text| text.as_ref().to_owned())));
    }

    /// A value that the permissions for runs of the workspace must name in the bootstrap module.
    fn right<T: AsRef<str>>(&mut self, given: &OrVariable<T>, path: &str, description: &str) {
        self.text(given, path, description);
        match given {
            OrVariable::Literal(_) => {}
            OrVariable::Variable(variable) => {
                let known = self.variables.get_mut(variable.name.as_str()).expect("`text` has added it");
                known.names_rights = true;
            }
            OrVariable::Reference(reference) if self.has_workspace => {
                let message = format!(
                    "`{}` cannot be used here: the bootstrap module, which holds the permissions for runs of the \
                     workspace, needs this value and cannot refer to the root module",
                    reference.as_str()
                );
                let fault = Diagnostic::new(&codes::REFERENCE_OUTSIDE_OF_ROOT_MODULE, reference.span, message);
                self.faults.push(fault.help("write the name or ARN, or `{ variable: NAME }`").at(path));
            }
            OrVariable::Reference(_) => {}
        }
    }

    /// A value that only the bootstrap module needs.
    fn in_bootstrap<T: AsRef<str>>(&mut self, given: &OrVariable<T>, path: &str, description: &str) {
        let is_known = |uses: &Self, name: &str| uses.variables.get(name).is_some_and(|known| known.in_root);
        let name = if let OrVariable::Variable(variable) = given { variable.name.as_str() } else { "" };
        let in_root = is_known(self, name);
        self.right(given, path, description);
        if let Some(known) = self.variables.get_mut(name) {
            known.in_root = in_root;
        }
    }

    /// A secret that only the bootstrap module needs.
    fn secret(&mut self, name: &Spanned<Identifier>, path: &str, description: &str) {
        if let Some(known) = self.variables.get(name.as_str()).filter(|known| !known.is_secret) {
            let message = format!("variable `{}` is used for a secret and for something else", name.as_str());
            let fault =
                Diagnostic::new(&codes::VARIABLE_CONFLICT, name.span, message).and(known.span, "also used here");
            self.faults.push(fault.help("use a separate variable for the URL").at(path));
            return;
        }
        let known = self.add(name, Kind::Text(None), path, description);
        (known.is_secret, known.in_root) = (true, false);
    }

    fn note<T>(&mut self, given: &OrVariable<T>, path: &str, description: &str, kind: impl Fn(Option<&T>) -> Kind) {
        match given {
            OrVariable::Literal(_) => {}
            OrVariable::Reference(reference) => self.reference(reference, path),
            OrVariable::Variable(variable) => {
                let known = self.add(&variable.name, kind(variable.default.as_ref()), path, description);
                known.is_role_arn |= variable.holds_arn;
            }
        }
    }

    /// A principal or the value of a condition in a policy statement.
    fn in_statement(&mut self, given: &Given, path: &str) {
        let description = match given.at.as_slice() {
            [element, _, key, ..] if element == "Condition" => {
                format!("Value of {key} in a condition of a repository policy")
            }
            _ => "AWS account, role or user that a repository policy names".to_owned(),
        };
        self.text(&given.value, &format!("{path}.policy_statements"), &description);
        if let OrVariable::Variable(variable) = &given.value
            && let Some(known) = self.variables.get_mut(variable.name.as_str())
        {
            known.in_statements.insert(given.form);
        }
    }

    /// A number of a lifecycle rule.
    fn number(&mut self, name: &Spanned<Identifier>, criterion: Criterion, path: &str) {
        let description = match criterion {
            Criterion::CountMoreThan(_) => "Number of images that lifecycle rules keep",
            _ => "Number of days after which lifecycle rules apply",
        };
        self.add(name, Kind::Number(criterion.number().get()), path, description);
    }

    fn add(&mut self, name: &Spanned<Identifier>, kind: Kind, path: &str, description: &str) -> &mut Variable {
        if RESERVED.contains(&name.as_str()) {
            self.reserved(name, path, "Terraform");
        } else if OF_THE_WORKSPACE.contains(&name.as_str()) {
            self.reserved(name, path, "HCP Terraform");
        }
        let new = Variable {
            kind,
            description: description.to_owned(),
            names_rights: false,
            is_secret: false,
            is_role_arn: false,
            in_statements: BTreeSet::new(),
            in_root: true,
            span: name.span,
        };
        let known = self.variables.entry(name.as_str().to_owned()).or_insert_with(|| new.clone());
        known.in_root = true;
        if known.kind != new.kind {
            self.faults.push(conflict(name.as_str(), known, &new).at(path));
        }
        known
    }

    fn reserved(&mut self, name: &Spanned<Identifier>, path: &str, whose: &str) {
        let message = format!("variable name `{}` is reserved by {whose}", name.as_str());
        let fault = Diagnostic::new(&codes::RESERVED_VARIABLE_NAME, name.span, message);
        self.faults.push(fault.help("use a different variable name").at(path));
    }

    /// Checks a reference. Only a root module shared with other files has anything to refer to.
    fn reference(&mut self, reference: &Spanned<Reference>, path: &str) {
        if let Err(reason) = Traversal::parse(reference.as_str()) {
            let message = format!("`{}` is not a valid reference: {reason}", reference.as_str());
            self.faults.push(Diagnostic::new(&codes::MALFORMED, reference.span, message).at(path));
        }
        if !self.root.shared && !self.is_root_unknown {
            let message = format!(
                "`{}` cannot be used here: ecrgen generates the whole root module, so references need `terraform.root: shared`",
                reference.as_str()
            );
            self.faults.push(
                Diagnostic::new(&codes::REFERENCE_WITHOUT_SHARED_ROOT, reference.span, message)
                    .help(
                        "write `{ variable: NAME }`; if your own `.tf` files are in the same folder, write `terraform: { root: shared \
                         }` instead",
                    )
                    .at(path),
            );
        }
    }
}

/// The error of a variable that two places use differently.
fn conflict(name: &str, first: &Variable, second: &Variable) -> Diagnostic {
    let differ = first.kind.type_name() != second.kind.type_name();
    let words = |kind: &Kind| if differ { format!("`{}`", kind.type_name()) } else { kind.default_in_words() };
    let (first_words, second_words) = (words(&first.kind), words(&second.kind));
    let what = if differ { "types" } else { "defaults" };
    let message = format!("variable `{name}` has two different {what}: {first_words} and {second_words}");
    let fault = Diagnostic::new(&codes::VARIABLE_CONFLICT, second.span, message)
        .label(format!("{second_words} here"))
        .and(first.span, format!("{first_words} here"));
    fault.help(match differ {
        true => "use a variable with a different name in one of the two places",
        false => "write the same default in both places, or use a variable with a different name in one of them",
    })
}

impl Kind {
    fn type_name(&self) -> &'static str {
        match self {
            Kind::Bool(_) => "bool",
            Kind::Text(_) => "string",
            Kind::Number(_) => "number",
            Kind::Keys(_) => "set(string)",
        }
    }

    /// The type and the default.
    fn default_in_words(&self) -> String {
        let default = match self {
            Kind::Bool(default) => default.map(|default| format!("`{default}`")),
            Kind::Text(default) => default.as_ref().map(|default| format!("`\"{default}\"`")),
            Kind::Number(default) => Some(format!("`{default}`")),
            Kind::Keys(_) => Some("the keys of the set".to_owned()),
        };
        default.unwrap_or_else(|| "no default".to_owned())
    }
}
