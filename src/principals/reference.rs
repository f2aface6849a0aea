//! What a symbol in a document stands for if its ARN is unknown until the output is applied.

use crate::iam::{Symbol, Text};
use crate::value::OrVariable;

/// A resource with an ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArnReference {
    /// The repository with this key.
    Repository(String),
    /// The resource that a variable of the root module identifies.
    Variable(String),
    /// The role that a variable of the root module identifies by name or ARN; the name is the last part of the ARN.
    RoleOfVariable(String),
    /// The resource that a reference into a shared root module identifies.
    Reference(String),
    /// The IAM OIDC provider with this name in the spec.
    OidcProvider(String),
    /// The role that the output creates for an access entry, or for one of its service accounts: `entry/namespace/name`.
    Role(String),
}

/// A value of the spec as text: the value itself, or the symbol for a value that is unknown until apply time.
pub fn text<T: AsRef<str>>(given: &OrVariable<T>) -> Text {
    match ArnReference::of(given) {
        Ok(thing) => thing.arn(),
        Err(value) => Text::from(value.as_ref()),
    }
}

impl ArnReference {
    /// The resource that a variable or a reference identifies.
    ///
    /// # Errors
    /// The value itself, if it is a literal.
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
            ArnReference::Role(name) => format!("role {name}"),
        }
    }

    /// The resource that a symbol of [`ArnReference::arn`] stands for.
    pub fn of_symbol(symbol: &str) -> Option<Self> {
        let (kind, name) = symbol.split_once(' ')?;
        let name = name.to_owned();
        match kind {
            "repository" => Some(ArnReference::Repository(name)),
            "variable" => Some(ArnReference::Variable(name)),
            "role_of_variable" => Some(ArnReference::RoleOfVariable(name)),
            "reference" => Some(ArnReference::Reference(name)),
            "oidc_provider" => Some(ArnReference::OidcProvider(name)),
            "role" => Some(ArnReference::Role(name)),
            _ => None,
        }
    }
}
