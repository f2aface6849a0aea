//! Expressions on one line.

use super::Printer;
use super::layout::is_multiline;
use crate::terraform::collection::{Key, List, Object};
use crate::terraform::comprehension::{Comprehension, Yield};
use crate::terraform::expr::{Expr, Operation, Operator};
use crate::terraform::name::is_identifier;
use crate::terraform::template::{Part, Parts};
use crate::terraform::traversal::{Step, Traversal};

impl Printer {
    /// The expression where several lines are allowed.
    pub(super) fn expr(&mut self, expr: &Expr) {
        if is_multiline(expr) { self.multiline(expr) } else { self.inline(expr) }
    }

    /// The expression on one line.
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
            Expr::For(comprehension) => self.inline_comprehension(comprehension),
            Expr::Conditional(conditional) => {
                self.operand(&conditional.condition);
                self.out.push_str(" ? ");
                self.operand(&conditional.then);
                self.out.push_str(" : ");
                self.operand(&conditional.otherwise);
            }
            Expr::Operation(operation) => self.operation(operation),
            Expr::Not(operand) => {
                self.out.push('!');
                if matches!(**operand, Expr::Operation(_)) {
                    self.parenthesized(operand)
                } else {
                    self.operand(operand)
                }
            }
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
        if object.entries().next().is_none() {
            self.out.push_str("{}");
            return;
        }
        self.out.push_str("{ ");
        self.separated(object.entries(), |printer, (key, value)| {
            printer.key(key);
            printer.out.push_str(" = ");
            printer.inline(value);
        });
        self.out.push_str(" }");
    }

    fn inline_comprehension(&mut self, comprehension: &Comprehension) {
        let (open, close) = match comprehension.result {
            Yield::Item(_) => ("[", "]"),
            Yield::Entry(..) => ("{ ", " }"),
        };
        self.out.push_str(open);
        self.comprehension_header(comprehension);
        self.out.push(' ');
        match &comprehension.result {
            Yield::Item(item) => self.inline(item),
            Yield::Entry(key, value) => {
                self.operand(key);
                self.out.push_str(" => ");
                self.inline_after_unary(value);
            }
        }
        if let Some(condition) = &comprehension.condition {
            self.out.push(' ');
            self.comprehension_condition(condition);
        }
        self.out.push_str(close);
    }

    /// `for key, item in collection :`
    pub(super) fn comprehension_header(&mut self, comprehension: &Comprehension) {
        self.out.push_str("for ");
        if let Some(key) = &comprehension.key {
            self.out.push_str(key.as_str());
            self.out.push_str(", ");
        }
        self.out.push_str(comprehension.item.as_str());
        self.out.push_str(" in ");
        let start = self.out.len();
        self.operand(&comprehension.collection);
        match self.out.as_bytes()[start] {
            b'-' => self.enclose(start - 1),
            b'(' => drop(self.out.remove(start - 1)),
            _ => {}
        }
        self.out.push_str(" :");
    }

    /// `if condition`
    pub(super) fn comprehension_condition(&mut self, condition: &Expr) {
        self.out.push_str("if ");
        let start = self.out.len();
        self.inline(condition);
        match self.out.as_bytes()[start] {
            b'-' => self.enclose(start - 1),
            b'(' | b'[' => drop(self.out.remove(start - 1)),
            _ => {}
        }
    }

    /// The expression after `=>` or `${`, where the formatter takes a minus for one between two operands.
    pub(super) fn inline_after_unary(&mut self, expr: &Expr) {
        let start = self.out.len();
        self.inline(expr);
        if self.out.as_bytes()[start] == b'-' {
            self.out.insert(start, '(');
            self.out.push(')');
        }
    }

    /// Puts all from the space at `space` into parentheses, the opening one in the place of the space. The formatter
    /// knows no keywords: it writes `in(x)` and `if(x)` as if they were calls.
    fn enclose(&mut self, space: usize) {
        self.out.replace_range(space..=space, "(");
        self.out.push(')');
    }

    fn operation(&mut self, operation: &Operation) {
        self.side(&operation.left, operation.operator);
        self.out.push(' ');
        self.out.push_str(operation.operator.as_str());
        self.out.push(' ');
        self.side(&operation.right, operation.operator);
    }

    /// One side of an operator: in parentheses unless it binds tighter, or is a chain of the same `&&` or `||`.
    fn side(&mut self, expr: &Expr, operator: Operator) {
        match expr {
            Expr::Operation(inner) if binds(inner.operator) > binds(operator) => self.inline(expr),
            Expr::Operation(inner) if inner.operator == operator && operator <= Operator::And => self.inline(expr),
            Expr::Operation(_) => self.parenthesized(expr),
            _ => self.operand(expr),
        }
    }

    /// The expression, a conditional in parentheses.
    pub(super) fn operand(&mut self, expr: &Expr) {
        if matches!(expr, Expr::Conditional(_)) { self.parenthesized(expr) } else { self.inline(expr) }
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

    /// `${code}`, a brace of the code kept away from those of the interpolation.
    fn interpolation(&mut self, code: &Expr) {
        self.out.push_str("${");
        let start = self.out.len();
        self.inline_after_unary(code);
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
                Step::Splat => self.out.push_str("[*]"),
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

/// Whether a key can stand without quotes: keywords would be read as what they mean.
pub(super) fn is_bare(key: &str) -> bool {
    is_identifier(key) && !matches!(key, "for" | "true" | "false" | "null")
}

fn binds(operator: Operator) -> u8 {
    match operator {
        Operator::Or => 0,
        Operator::And => 1,
        Operator::Equal | Operator::NotEqual => 2,
        Operator::Greater => 3,
    }
}
