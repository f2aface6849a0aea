//! A rendered module, read by an independent reader of HCL.

use std::collections::BTreeMap;

use hcl::eval::{Context, Evaluate};
use hcl::expr::{Expression, ObjectKey, TemplateExpr};
use hcl::{Block, Body};
use serde_json::Value;

/// All blocks of the `.tf` files in one folder.
pub struct Module {
    blocks: Vec<Block>,
}

impl Module {
    /// Reads a folder's files.
    pub fn read(files: &BTreeMap<String, String>, folder: &str) -> Module {
        let here = files.iter().filter(|(path, _)| {
            path.rsplit_once('/').is_some_and(|(parent, name)| parent == folder && name.ends_with(".tf"))
        });
        let parse = |(path, text): (&String, &String)| -> Body {
            hcl::parse(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"))
        };
        let blocks: Vec<Block> = here.map(parse).flat_map(|body| body.into_blocks().collect::<Vec<_>>()).collect();
        assert!(!blocks.is_empty(), "no module in {folder}");
        Module { blocks }
    }

    /// The block with this head, for example `resource aws_iam_role plan`.
    pub fn block(&self, head: &str) -> &Block {
        self.find(head).unwrap_or_else(|| panic!("no `{head}`; there are {:#?}", self.heads("")))
    }

    /// The block with this head, if it exists.
    pub fn find(&self, head: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| self::head(block) == head)
    }

    /// The heads with this beginning.
    pub fn heads(&self, beginning: &str) -> Vec<String> {
        self.blocks.iter().map(head).filter(|head| head.starts_with(beginning)).collect()
    }

    /// The value of an attribute of the block with this head.
    pub fn value(&self, head: &str, attribute: &str) -> Value {
        value(expression(self.block(head), attribute))
    }
}

fn head(block: &Block) -> String {
    let labels = block.labels.iter().map(|label| label.as_str());
    std::iter::once(block.identifier.as_str()).chain(labels).collect::<Vec<_>>().join(" ")
}

/// An attribute's expression.
pub fn expression<'b>(block: &'b Block, attribute: &str) -> &'b Expression {
    optional(block, attribute).unwrap_or_else(|| panic!("no `{attribute}` in {block:#?}"))
}

/// An attribute's expression, if it exists.
pub fn optional<'b>(block: &'b Block, attribute: &str) -> Option<&'b Expression> {
    block.body.attributes().find(|found| found.key.as_str() == attribute).map(|found| &found.expr)
}

/// A block inside a block.
pub fn inner<'b>(block: &'b Block, kind: &str) -> &'b Block {
    block.body.blocks().find(|inner| inner.identifier.as_str() == kind).unwrap_or_else(|| panic!("no `{kind}`"))
}

/// An expression as JSON: literals unchanged, `jsonencode(x)` as x, and all other code as `${code}`.
pub fn value(expression: &Expression) -> Value {
    match expression {
        Expression::Array(items) => items.iter().map(value).collect(),
        Expression::Object(entries) => {
            Value::Object(entries.iter().map(|(key, item)| (self::key(key), value(item))).collect())
        }
        Expression::FuncCall(call) if call.name.to_string() == "jsonencode" => value(&call.args[0]),
        Expression::TemplateExpr(template) => match &**template {
            TemplateExpr::QuotedString(text) => Value::String(text.clone()),
            TemplateExpr::Heredoc(_) => panic!("ecrgen writes no heredocs"),
        },
        Expression::Null | Expression::Bool(_) | Expression::Number(_) | Expression::String(_) => {
            serde_json::to_value(expression).expect("a literal is JSON")
        }
        code => Value::String(format!("${{{code}}}")),
    }
}

fn key(key: &ObjectKey) -> String {
    match key {
        ObjectKey::Identifier(name) => name.to_string(),
        ObjectKey::Expression(expression) => match value(expression) {
            Value::String(text) => text,
            other => other.to_string(),
        },
        other => panic!("{other:?}"),
    }
}

/// The value of a plain text, evaluated without any variables.
pub fn literal(expression: &Expression) -> Result<String, String> {
    match expression.evaluate(&Context::new()) {
        Ok(hcl::Value::String(text)) => Ok(text),
        other => Err(format!("{expression} is code: {other:?}")),
    }
}

/// The value of a key that is plain text.
pub fn literal_key(key: &ObjectKey) -> Result<String, String> {
    match key {
        ObjectKey::Identifier(name) => Ok(name.to_string()),
        ObjectKey::Expression(expression) => literal(expression),
        other => Err(format!("{other:?}")),
    }
}
