//! Spec values and IAM documents as Terraform expressions.

use super::place::Place;
use crate::iam::document::VERSION;
use crate::iam::{Document, Effect, Element, Part, Principal, Statement, Symbol, Text};
use crate::platform::naming::label::Spelling;
use crate::platform::root_module::form::Form;
use crate::platform::{Label, Platform};
use crate::policies::{Policies, arns};
use crate::principals::ArnReference;
use crate::terraform::{Expr, List, Name, Object, Template, Traversal};
use crate::value::{OrCreate, OrVariable};

/// Writes values that are known only at apply time as references.
pub struct Writer<'p> {
    /// The policies of the platform.
    pub policies: &'p Policies<'p>,
    /// The folder whose files contain the expressions.
    pub place: Place,
    /// How labels are spelled.
    pub spelling: Spelling,
}

/// `aws_ecr_repository.x`, `aws_ecr_repository.this["x"]` or `module.x`: the address of the repository in Terraform.
pub fn repository_address(platform: &Platform, key: &str) -> Traversal {
    match platform.root.form(key) {
        Form::Module(label) => Traversal::new("module").attr(Name::from(label)),
        form => address(&form, "aws_ecr_repository"),
    }
}

/// The address of a resource of a repository.
pub fn address(form: &Form, kind: &str) -> Traversal {
    Traversal::parse(&form.address(kind)).expect("an address is a traversal")
}

/// An attribute of the repository. The module's outputs have the names of the resource's attributes with a prefix.
pub fn repository_attribute(platform: &Platform, key: &str, attribute: &'static str) -> Traversal {
    let address = repository_address(platform, key);
    match (&platform.root.ecr_module, attribute) {
        (Some(_), "arn") => address.attr("repository_arn"),
        (Some(_), "name") => address.attr("repository_name"),
        (_, attribute) => address.attr(attribute),
    }
}

/// A spec value: the literal, `var.name`, or the reference.
pub fn given<T>(given: &OrVariable<T>, literal: impl Fn(&T) -> Expr) -> Expr {
    match given {
        OrVariable::Literal(value) => literal(value),
        OrVariable::Variable(variable) => variable_reference(variable.name.as_str()).into(),
        OrVariable::Reference(reference) => reference_of(reference.as_str()).into(),
    }
}

/// `var.name`
pub fn variable_reference(name: &str) -> Traversal {
    Traversal::new("var").attr(Name::from(name.to_owned()))
}

fn reference_of(text: &str) -> Traversal {
    Traversal::parse(text).expect("a reference in the spec parses as a Terraform traversal")
}

/// The local that holds the issuer of an EKS cluster without its scheme.
pub fn issuer_local(cluster: &str) -> Name {
    Name::from(format!("oidc_issuer_{}", Label::of(cluster)))
}

/// The URL of a cluster's issuer, read from the cluster.
pub fn cluster_issuer(cluster: &str) -> Traversal {
    let address = Traversal::new("data.aws_eks_cluster").attr(issuer_local(cluster));
    address.attr("identity").index(0).attr("oidc").index(0).attr("issuer")
}

impl<'p> Writer<'p> {
    /// A writer for the files of this folder.
    pub fn new(policies: &'p Policies<'p>, place: Place) -> Self {
        Writer { policies, place, spelling: Spelling::Plain }
    }

    /// The name of a resource with this label.
    pub fn name(&self, label: &Label) -> Name {
        Name::from(label.spelled(self.spelling).to_owned())
    }

    /// A document as `jsonencode({ … })`.
    pub fn policy(&self, document: &Document) -> Expr {
        let statements: List = document.statements.iter().map(|statement| self.statement(statement)).collect();
        let policy = Object::new().entry("Version", VERSION).entry("Statement", statements.multiline());
        Expr::call("jsonencode", [policy])
    }

    /// The elements in the order of AWS's examples. A list with one item is written as the item, as AWS returns it.
    fn statement(&self, statement: &Statement) -> Object {
        let mut object = Object::new();
        if let Some(sid) = &statement.sid {
            object = object.entry("Sid", sid.to_string());
        }
        let effect = match statement.effect {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        };
        object = object.entry("Effect", effect);
        if let Some(principal) = &statement.principal {
            object = object.entry(element(principal, "Principal", "NotPrincipal"), self.principal(principal.listed()));
        }
        let actions: Vec<Text> = statement.actions.listed().iter().map(|action| Text::from(action.as_str())).collect();
        object = object.entry(element(&statement.actions, "Action", "NotAction"), self.one_or_many(&actions));
        if let Some(resources) = &statement.resources {
            object = object.entry(element(resources, "Resource", "NotResource"), self.one_or_many(resources.listed()));
        }
        if !statement.conditions.is_empty() {
            let operators = statement.conditions.iter().map(|(operator, keys)| {
                let keys = keys.iter().map(|(key, values)| (self.text(key), self.one_or_many(values)));
                (operator.to_string(), keys.collect::<Object>())
            });
            object = object.entry("Condition", operators.collect::<Object>());
        }
        object
    }

    fn principal(&self, principal: &Principal) -> Expr {
        match principal {
            Principal::Everyone => "*".into(),
            Principal::Listed(lists) => {
                lists.iter().map(|(kind, names)| (kind.name(), self.one_or_many(names))).collect::<Object>().into()
            }
        }
    }

    fn one_or_many(&self, texts: &[Text]) -> Expr {
        match texts {
            [one] => self.text(one),
            many => many.iter().map(|text| self.text(text)).collect::<List>().into(),
        }
    }

    /// A text as a template, or as a plain literal or reference if it is nothing more.
    pub fn text(&self, text: &Text) -> Expr {
        let mut template = Template::new();
        for part in text.parts() {
            template = match part {
                Part::Literal(literal) => template.text(literal),
                Part::Symbol(symbol) => match self.symbol(symbol) {
                    Expr::String(literal) => template.text(literal),
                    code => template.code(code),
                },
            };
        }
        template.into()
    }

    fn symbol(&self, symbol: &Symbol) -> Expr {
        match symbol {
            Symbol::Partition => self.place.partition().into(),
            Symbol::DnsSuffix => self.place.dns_suffix().into(),
            Symbol::Region => self.policies.platform.region.as_str().into(),
            Symbol::AccountId => match &self.policies.platform.scope.account {
                Some(account) => account.as_str().into(),
                None => self.place.account().into(),
            },
            Symbol::Issuer(cluster) => Traversal::new("local").attr(issuer_local(cluster)).into(),
            Symbol::Given(given) => match &given.pattern {
                Some(pattern) => {
                    Expr::call("regex", [Expr::from(pattern.as_str()), reference_of(&given.expression).into()])
                }
                None => reference_of(&given.expression).into(),
            },
            Symbol::Arn(name) => {
                self.arn(&ArnReference::of_symbol(name).expect("every ARN symbol of ecrgen names an ARN reference"))
            }
        }
    }

    fn arn(&self, reference: &ArnReference) -> Expr {
        match reference {
            ArnReference::Repository(key) => match self.policies.platform.created_below(key) {
                Some(created) => self.text(&arns::repository(self.policies.platform, &created.name)),
                // Only the root module has the repositories as resources.
                None if self.place.folder() != self.policies.platform.root.directory.as_str() => {
                    let name = self.policies.platform.repository(key).map_or(key.as_str(), |found| &found.name);
                    self.text(&arns::repository(self.policies.platform, name))
                }
                None => repository_attribute(self.policies.platform, key, "arn").into(),
            },
            ArnReference::Variable(name) => variable_reference(name).into(),
            ArnReference::RoleOfVariable(name) => Expr::call("basename", [variable_reference(name)]),
            ArnReference::Reference(text) => reference_of(text).into(),
            ArnReference::Role(name) => {
                Traversal::new("aws_iam_role").attr(self.name(&Label::of(name))).attr("arn").into()
            }
            ArnReference::OidcProvider(name) => {
                let kind = match self.policies.platform.setting().provider(name) {
                    OrCreate::Create => "aws_iam_openid_connect_provider",
                    OrCreate::Existing(_) => "data.aws_iam_openid_connect_provider",
                };
                Traversal::new(kind).attr(Name::from(Label::text_of(name))).attr("arn").into()
            }
        }
    }
}

/// The KMS key that ecrgen creates.
pub fn encryption_key() -> Traversal {
    Traversal::new("aws_kms_key.ecr")
}

/// `data.aws_kms_alias.x`
pub fn kms_alias(alias: &str) -> Traversal {
    Traversal::new("data.aws_kms_alias").attr(kms_alias_label(alias))
}

/// `data.aws_kms_key.x`: the key that a variable gives by ARN or alias.
pub fn kms_key_of(variable: &str) -> Traversal {
    Traversal::new("data.aws_kms_key").attr(Name::from(variable.to_owned()))
}

/// The name of the data source for an alias.
pub fn kms_alias_label(alias: &str) -> Name {
    let name = alias.rsplit_once("alias/").map_or(alias, |(_, name)| name);
    Name::from(Label::text_of(name))
}

fn element<T>(element: &Element<T>, only: &'static str, except: &'static str) -> &'static str {
    match element {
        Element::Only(_) => only,
        Element::AllExcept(_) => except,
    }
}
