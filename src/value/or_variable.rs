//! Values that can be unknown when the spec is compiled: a literal, a variable or a reference.

use super::{Identifier, Reference};
use crate::source::Spanned;

/// The three ways to write a value that can be a variable or a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrVariable<T> {
    /// The value itself.
    Literal(T),
    /// A variable of the root module.
    Variable(Variable<T>),
    /// Something that another file of a shared root module defines.
    Reference(Spanned<Reference>),
}

impl<T> OrVariable<T> {
    /// The value in the spec: the value itself, or the default of the variable.
    pub fn written(&self) -> Option<&T> {
        match self {
            OrVariable::Literal(value) => Some(value),
            OrVariable::Variable(variable) => variable.default.as_ref(),
            OrVariable::Reference(_) => None,
        }
    }
}

impl<T: AsRef<str>> OrVariable<T> {
    /// The same value, with its text borrowed.
    pub fn as_str(&self) -> OrVariable<&str> {
        match self {
            OrVariable::Literal(value) => OrVariable::Literal(value.as_ref()),
            OrVariable::Variable(variable) => OrVariable::Variable(Variable {
                name: variable.name.clone(),
                default: variable.default.as_ref().map(AsRef::as_ref),
                holds_arn: variable.holds_arn,
            }),
            OrVariable::Reference(reference) => OrVariable::Reference(reference.clone()),
        }
    }
}

impl<T: PartialEq> OrVariable<T> {
    /// Whether both are the same value, whatever their places in the spec.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (OrVariable::Literal(one), OrVariable::Literal(other)) => one == other,
            (OrVariable::Variable(one), OrVariable::Variable(other)) => {
                one.name.value == other.name.value && one.default == other.default && one.holds_arn == other.holds_arn
            }
            (OrVariable::Reference(one), OrVariable::Reference(other)) => one.value == other.value,
            _ => false,
        }
    }
}

/// A Terraform variable that the root module declares for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable<T> {
    /// Its name.
    pub name: Spanned<Identifier>,
    /// Its default. Without one, Terraform requires a value.
    pub default: Option<T>,
    /// Whether its value must be an ARN, where a name would do as well: `holds: arn`.
    pub holds_arn: bool,
}
