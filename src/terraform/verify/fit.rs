//! Whether an expression can be a value of a type.

use crate::terraform::collection::{Key, List, Object};
use crate::terraform::expr::Expr;
use crate::terraform::schema::{Member, Type};

/// A mismatch between a value and a type.
pub(super) struct Misfit {
    /// The path inside the value, for example `[0]`; empty for the value itself.
    pub path: String,
    /// The problem, for example `takes a bool, not a string`.
    pub what: String,
}

/// What is known about an expression's type without evaluating it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Unknown,
    Bool,
    Number,
    String,
    List,
    Object,
}

/// Functions with a result of a known type, from the page "Built-in Functions" of the Terraform language.
const FUNCTIONS: [(Shape, &[&str]); 5] = [
    (Shape::Bool, &["alltrue", "anytrue", "can", "contains", "endswith", "startswith", "strcontains", "tobool"]),
    (Shape::Number, &["ceil", "floor", "length", "max", "min", "parseint", "sum", "tonumber"]),
    (
        Shape::String,
        &[
            "base64encode",
            "format",
            "join",
            "jsonencode",
            "lower",
            "replace",
            "sha256",
            "substr",
            "title",
            "tostring",
            "trim",
            "trimprefix",
            "trimspace",
            "trimsuffix",
            "upper",
            "yamlencode",
        ],
    ),
    (
        Shape::List,
        &[
            "compact",
            "concat",
            "distinct",
            "flatten",
            "formatlist",
            "keys",
            "range",
            "setunion",
            "sort",
            "split",
            "tolist",
            "toset",
            "values",
        ],
    ),
    (Shape::Object, &["merge", "tomap", "zipmap"]),
];

/// The mismatch between the expression and the type. Expressions that only evaluation could check are accepted.
pub(super) fn misfit(expr: &Expr, type_: &Type) -> Option<Misfit> {
    match (expr, type_) {
        (_, Type::Literal(_)) if refers(expr) => mismatch(type_, "a reference"),
        (_, Type::Literal(inner)) => misfit(expr, inner),
        (Expr::Traversal(_), Type::Reference) => None,
        (Expr::List(list), Type::List(element) | Type::Set(element)) => misfit_in_list(list, element),
        (Expr::Object(object), Type::Map(element)) => misfit_in_map(object, element),
        (Expr::Object(object), Type::Object(members)) => misfit_in_object(object, members),
        _ if fits(shape(expr), type_) => None,
        _ => mismatch(type_, shape(expr).name()),
    }
}

fn misfit_in_list(list: &List, element: &Type) -> Option<Misfit> {
    list.items().enumerate().find_map(|(index, item)| Some(misfit(item, element)?.inside(format!("[{index}]"))))
}

fn misfit_in_map(object: &Object, element: &Type) -> Option<Misfit> {
    object.items().find_map(|(key, value)| Some(misfit(value, element)?.inside(step(key))))
}

fn misfit_in_object(object: &Object, members: &[Member]) -> Option<Misfit> {
    let written = |name: &str| object.items().any(|(key, _)| matches!(key, Key::Literal(text) if text == name));
    let computed = object.items().any(|(key, _)| matches!(key, Key::Computed(_)));
    let missing = members.iter().find(|member| !member.optional && !computed && !written(member.name));
    if let Some(member) = missing {
        return Some(Misfit { path: String::new(), what: format!("is missing `{}`", member.name) });
    }
    object.items().find_map(|(key, value)| {
        let Key::Literal(name) = key else { return None };
        match members.iter().find(|member| member.name == name) {
            Some(member) => Some(misfit(value, &member.type_)?.inside(step(key))),
            None => Some(Misfit { path: String::new(), what: format!("has no `{name}`") }),
        }
    })
}

fn step(key: &Key) -> String {
    match key {
        Key::Literal(text) => format!("[{text:?}]"),
        Key::Computed(_) => "[…]".to_owned(),
    }
}

impl Misfit {
    fn inside(mut self, step: String) -> Self {
        self.path.insert_str(0, &step);
        self
    }
}

fn mismatch(expected: &Type, found: &str) -> Option<Misfit> {
    Some(Misfit { path: String::new(), what: format!("takes {expected}, not {found}") })
}

/// Terraform converts numbers and bools to strings. It also converts suitable strings to numbers and bools, but a quoted
/// number or bool is a mistake.
fn fits(shape: Shape, type_: &Type) -> bool {
    match type_ {
        Type::Any | Type::Literal(_) => true,
        Type::Reference => false,
        _ if shape == Shape::Unknown => true,
        Type::String => !matches!(shape, Shape::List | Shape::Object),
        Type::Number => shape == Shape::Number,
        Type::Bool => shape == Shape::Bool,
        Type::List(_) | Type::Set(_) => shape == Shape::List,
        Type::Map(_) | Type::Object(_) => shape == Shape::Object,
    }
}

fn shape(expr: &Expr) -> Shape {
    match expr {
        Expr::Null | Expr::Traversal(_) => Shape::Unknown,
        Expr::Bool(_) => Shape::Bool,
        Expr::Number(_) => Shape::Number,
        Expr::String(_) | Expr::Template(_) => Shape::String,
        Expr::List(_) => Shape::List,
        Expr::Object(_) | Expr::For(_) => Shape::Object,
        Expr::Call(call) => FUNCTIONS
            .iter()
            .find(|(_, names)| names.contains(&call.function.as_str()))
            .map_or(Shape::Unknown, |(shape, _)| *shape),
    }
}

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Shape::Unknown => "an expression",
            Shape::Bool => "a bool",
            Shape::Number => "a number",
            Shape::String => "a string",
            Shape::List => "a list",
            Shape::Object => "an object",
        }
    }
}

fn refers(expr: &Expr) -> bool {
    matches!(expr, Expr::Traversal(_) | Expr::Call(_)) || expr.any_child(&mut refers)
}
