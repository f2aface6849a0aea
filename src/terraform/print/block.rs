//! Bodies and blocks.

use super::Printer;
use super::layout::is_multiline;
use super::lines::Run;
use crate::terraform::body::{Attribute, Block, Body, Statement};
use crate::terraform::collection::Line;
use crate::terraform::expr::Expr;
use crate::terraform::traversal::Traversal;

impl Printer {
    pub(super) fn body(&mut self, body: &Body) {
        let mut run = Run::default();
        self.lines(&body.lines, |printer, index, statement| match statement {
            Statement::Attribute(attribute) => {
                let width = run.width_at(&body.lines, index, column);
                printer.attribute(attribute, width);
            }
            Statement::Block(block) => printer.block(block),
        });
    }

    fn attribute(&mut self, attribute: &Attribute, width: usize) {
        let name = attribute.name.as_str();
        self.begin_line();
        self.out.push_str(name);
        self.spaces(width.saturating_sub(name.len()));
        self.out.push_str(" = ");
        self.expr(&attribute.value);
        self.end_line();
    }

    fn block(&mut self, block: &Block) {
        if self.indent == 0 && block.kind.as_str() == "variable" {
            self.block_with(block, &with_long_type(&block.body));
        } else {
            self.block_with(block, &block.body);
        }
    }

    fn block_with(&mut self, block: &Block, body: &Body) {
        self.begin_line();
        self.out.push_str(block.kind.as_str());
        for label in &block.labels {
            self.out.push_str(" \"");
            self.out.push_str(label.as_str());
            self.out.push('"');
        }
        if body.lines.iter().all(|line| matches!(line, Line::Blank)) {
            self.out.push_str(" {}");
        } else {
            self.out.push_str(" {");
            self.end_line();
            self.indent += 1;
            self.body(body);
            self.indent -= 1;
            self.begin_line();
            self.out.push('}');
        }
        self.end_line();
    }
}

/// The width of the left side, if the line takes part in alignment. A line that opens a multiline bracket does not.
fn column(statement: &Statement) -> Option<usize> {
    match statement {
        Statement::Attribute(attribute) if !is_multiline(&attribute.value) => Some(attribute.name.as_str().len()),
        Statement::Attribute(_) | Statement::Block(_) => None,
    }
}

/// The body of a `variable` with its `type` in current syntax: `terraform fmt` rewrites `list` as `list(any)` and
/// `"string"` as `string`, the forms used by Terraform 0.11.
fn with_long_type(body: &Body) -> Body {
    let mut body = body.clone();
    for line in &mut body.lines {
        if let Line::Item(Statement::Attribute(Attribute { name, value, .. })) = line
            && name.as_str() == "type"
            && let Some(long) = long_type(value)
        {
            *value = long;
        }
    }
    body
}

fn long_type(value: &Expr) -> Option<Expr> {
    let of = |constructor: &'static str, element: &'static str| Expr::call(constructor, [Traversal::new(element)]);
    match value {
        Expr::String(text) => match text.as_str() {
            "string" => Some(Traversal::new("string").into()),
            "list" => Some(of("list", "string")),
            "map" => Some(of("map", "string")),
            _ => None,
        },
        Expr::Traversal(word) if word.steps().is_empty() => match word.root().as_str() {
            "list" => Some(of("list", "any")),
            "map" => Some(of("map", "any")),
            "set" => Some(of("set", "any")),
            _ => None,
        },
        _ => None,
    }
}
