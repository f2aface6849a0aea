//! Expressions on one line.

use super::Printer;
use super::layout::is_multiline;
use crate::terraform::collection::{Key, List, Object};
use crate::terraform::expr::{Expr, For};
use crate::terraform::name::is_identifier;
use crate::terraform::template::{Part, Parts};
use crate::terraform::traversal::{Step, Traversal};

impl Printer {
    /// Prints the expression where several lines are allowed.
    pub(super) fn expr(&mut self, expr: &Expr) {
        if is_multiline(expr) { self.multiline(expr) } else { self.inline(expr) }
    }

    /// Prints the expression on one line.
    pub(super) fn inline(&mut self, expr: &Expr) {
        match expr {
            Expr::Null => self.out.push_str("null"),
            Expr::Bool(true) => self.out.push_str("true"),
            Expr::Bool(false) => self.out.push_str("false"),
            Expr::Number(number) => self.out.push_str(&number.to_string()),
            Expr::String(text) => self.quoted(text),
            Expr::Template(parts) => self.template(parts),
            Expr::Traversal(traversal) => self.traversal(traversal),
            Expr::Call(call) => {
                self.out.push_str(call.function.as_str());
                self.out.push('(');
                self.separated(&call.arguments, Self::inline);
                self.out.push(')');
            }
            Expr::List(list) => self.inline_list(list),
            Expr::Object(object) => self.inline_object(object),
            Expr::For(each) => self.each(each),
        }
    }

    fn separated<'a, T: 'a>(&mut self, items: impl IntoIterator<Item = &'a T>, print: fn(&mut Self, &T)) {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            print(self, item);
        }
    }

    fn inline_list(&mut self, list: &List) {
        self.out.push('[');
        self.separated(list.items(), Self::inline);
        self.out.push(']');
    }

    fn inline_object(&mut self, object: &Object) {
        if object.items().next().is_none() {
            self.out.push_str("{}");
            return;
        }
        self.out.push_str("{ ");
        self.separated(object.items(), |printer, (key, value)| {
            printer.key(key);
            printer.out.push_str(" = ");
            printer.inline(value);
        });
        self.out.push_str(" }");
    }

    fn each(&mut self, each: &For) {
        let [key, value] = &each.names;
        self.out.push_str(&format!("{{ for {}, {} in ", key.as_str(), value.as_str()));
        self.inline(&each.collection);
        let [key, value] = &each.entry;
        self.out.push_str(" : ");
        self.inline(key);
        self.out.push_str(" => ");
        self.inline_after_sign(value);
        self.out.push_str(" }");
    }

    /// Prints the expression after `${` or `=>`, where the formatter reads a leading minus as a binary operator.
    fn inline_after_sign(&mut self, expr: &Expr) {
        let start = self.out.len();
        self.inline(expr);
        if self.out.as_bytes()[start] == b'-' {
            self.out.insert(start, '(');
            self.out.push(')');
        }
    }

    fn parenthesized(&mut self, expr: &Expr) {
        self.out.push('(');
        self.inline(expr);
        self.out.push(')');
    }

    fn template(&mut self, parts: &Parts) {
        self.out.push('"');
        let mut parts = parts.iter().peekable();
        while let Some(part) = parts.next() {
            match part {
                Part::Text(text) if parts.peek().is_some() => self.literal_before_code(text),
                Part::Text(text) => self.literal(text),
                Part::Code(code) => self.interpolation(code),
            }
        }
        self.out.push('"');
    }

    /// Prints `${code}`, with a space between a brace of the code and the closing brace of the interpolation.
    fn interpolation(&mut self, code: &Expr) {
        self.out.push_str("${");
        let start = self.out.len();
        self.inline_after_sign(code);
        if self.out.as_bytes()[start] == b'{' {
            self.out.insert(start, ' ');
        }
        self.out.push_str(if self.out.ends_with('}') { " }" } else { "}" });
    }

    fn traversal(&mut self, traversal: &Traversal) {
        self.out.push_str(traversal.root().as_str());
        for step in traversal.steps() {
            match step {
                Step::Attribute(name) => {
                    self.out.push('.');
                    self.out.push_str(name.as_str());
                }
                Step::Key(key) => {
                    self.out.push('[');
                    self.quoted(key);
                    self.out.push(']');
                }
                Step::Index(index) => self.out.push_str(&format!("[{index}]")),
                Step::Computed(key) => {
                    self.out.push('[');
                    self.traversal(key);
                    self.out.push(']');
                }
            }
        }
    }

    pub(super) fn key(&mut self, key: &Key) {
        match key {
            Key::Literal(text) if is_bare(text) => self.out.push_str(text),
            Key::Literal(text) => self.quoted(text),
            Key::Computed(Expr::Template(parts)) => self.template(parts),
            Key::Computed(expr) => self.parenthesized(expr),
        }
    }
}

/// Whether a key needs no quotation marks. An unquoted keyword would be read as the keyword.
pub(super) fn is_bare(key: &str) -> bool {
    is_identifier(key) && !matches!(key, "for" | "true" | "false" | "null")
}
