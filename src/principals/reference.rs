//! What a symbol of a document stands for, when its ARN is known only at the apply.

use crate::iam::{Symbol, Text};
use crate::value::OrVariable;

/// A thing with an ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArnReference {
    /// A repository, by key.
    Repository(String),
    /// Whatever a variable of the root module names.
    Variable(String),
    /// The role that a variable of the root module names: its name, which is the last part of an ARN too.
    RoleOfVariable(String),
    /// Whatever a reference into a shared root module names.
    Reference(String),
    /// An IAM OIDC provider, by its name in the spec.
    OidcProvider(String),
}

/// A value of the spec as a text: itself, or the symbol for what only the apply knows.
pub fn text<T: AsRef<str>>(given: &OrVariable<T>) -> Text {
    match ArnReference::of(given) {
        Ok(thing) => thing.arn(),
        Err(value) => Text::from(value.as_ref()),
    }
}

impl ArnReference {
    /// What the apply finds in place of a value.
    ///
    /// # Errors
    /// The value, where the spec has it.
    pub fn of<T>(given: &OrVariable<T>) -> Result<ArnReference, &T> {
        match given {
            OrVariable::Literal(value) => Err(value),
            OrVariable::Variable(variable) => Ok(ArnReference::Variable(variable.name.as_str().to_owned())),
            OrVariable::Reference(reference) => Ok(ArnReference::Reference(reference.as_str().to_owned())),
        }
    }

    /// The symbol for its ARN.
    pub fn arn(&self) -> Text {
        Text::from(Symbol::Arn(self.symbol_name()))
    }

    /// The name of the symbol for its ARN.
    pub fn symbol_name(&self) -> String {
        match self {
            ArnReference::Repository(key) => format!("repository {key}"),
            ArnReference::Variable(name) => format!("variable {name}"),
            ArnReference::RoleOfVariable(name) => format!("role_of_variable {name}"),
            ArnReference::Reference(text) => format!("reference {text}"),
            ArnReference::OidcProvider(name) => format!("oidc_provider {name}"),
        }
    }

    /// The thing that a symbol made by [`ArnReference::arn`] stands for.
    pub fn of_symbol(symbol: &str) -> Option<Self> {
        let (kind, name) = symbol.split_once(' ')?;
        let name = name.to_owned();
        match kind {
            "repository" => Some(ArnReference::Repository(name)),
            "variable" => Some(ArnReference::Variable(name)),
            "role_of_variable" => Some(ArnReference::RoleOfVariable(name)),
            "reference" => Some(ArnReference::Reference(name)),
            "oidc_provider" => Some(ArnReference::OidcProvider(name)),
            _ => None,
        }
    }
}
