//! Types of arguments.

use std::fmt;

/// A type constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::terraform) enum Type {
    Any,
    String,
    Number,
    Bool,
    List(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>),
    Object(Vec<Member>),
    /// A traversal that Terraform reads without evaluating it.
    Reference,
    /// A value that must not contain references.
    Literal(Box<Type>),
}

/// An attribute of an object type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::terraform) struct Member {
    pub name: &'static str,
    pub optional: bool,
    pub type_: Type,
}

impl Type {
    /// Reads a type of a table.
    ///
    /// # Panics
    /// When the table is invalid, which the tests of the tables would show.
    pub fn read(text: &'static str) -> Self {
        let (type_, rest) = read(text);
        assert!(rest.is_empty(), "{text}: unexpected {rest}");
        type_
    }
}

fn read(text: &'static str) -> (Type, &'static str) {
    let end = text.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    match word {
        "any" => (Type::Any, rest),
        "string" => (Type::String, rest),
        "number" => (Type::Number, rest),
        "bool" => (Type::Bool, rest),
        "reference" => (Type::Reference, rest),
        "list" => read_element(rest, Type::List),
        "set" => read_element(rest, Type::Set),
        "map" => read_element(rest, Type::Map),
        "literal" => read_element(rest, Type::Literal),
        "object" => read_members(rest),
        _ => panic!("{text}: unknown type"),
    }
}

fn read_element(text: &'static str, constructor: fn(Box<Type>) -> Type) -> (Type, &'static str) {
    let (element, rest) = read(after(text, "("));
    (constructor(Box::new(element)), after(rest, ")"))
}

fn read_members(text: &'static str) -> (Type, &'static str) {
    let mut members = Vec::new();
    let mut rest = after(text, "({");
    while !rest.starts_with('}') {
        let (name, value) = rest.split_once('=').expect("a member has a type");
        let optional = value.strip_prefix("optional(");
        let (type_, after_type) = read(optional.unwrap_or(value));
        let after_type = if optional.is_some() { after(after_type, ")") } else { after_type };
        rest = after_type.strip_prefix(',').unwrap_or(after_type);
        members.push(Member { name, optional: optional.is_some(), type_ });
    }
    (Type::Object(members), after(rest, "})"))
}

fn after(text: &'static str, expected: &str) -> &'static str {
    text.strip_prefix(expected).unwrap_or_else(|| panic!("{text}: {expected} is missing"))
}

impl fmt::Display for Type {
    /// The type as messages name it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Any => f.write_str("a value"),
            Type::String => f.write_str("a string"),
            Type::Number => f.write_str("a number"),
            Type::Bool => f.write_str("a bool"),
            Type::List(_) => f.write_str("a list"),
            Type::Set(_) => f.write_str("a set"),
            Type::Map(_) => f.write_str("a map"),
            Type::Object(_) => f.write_str("an object"),
            Type::Reference => f.write_str("a reference"),
            Type::Literal(inner) => write!(f, "{inner} without references"),
        }
    }
}
