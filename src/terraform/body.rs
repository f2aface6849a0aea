//! Bodies: the arguments, nested blocks, comments and blank lines of a file or a block.

use super::collection::Line;
use super::expr::Expr;
use super::name::Name;
use crate::source::Span;

/// The content of a file, or of a block between its braces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The lines.
    pub lines: Vec<Line<Statement>>,
}

/// An argument or a nested block.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `name = value`
    Attribute(Attribute),
    /// `kind "label" { … }`
    Block(Block),
}

/// `name = value`
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Expr,
    /// The place in the spec that it comes from.
    pub origin: Option<Span>,
}

/// `kind "label" "label" { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// For example `resource`.
    pub kind: Name,
    /// For example `aws_ecr_repository` and `piksel_core`.
    pub labels: Vec<Name>,
    /// The content between its braces.
    pub body: Body,
    /// The place in the spec that it comes from; applies to everything in the block that has no origin itself.
    pub origin: Option<Span>,
}

impl Body {
    /// An empty body.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends an argument.
    #[must_use]
    pub fn attr(self, name: impl Into<Name>, value: impl Into<Expr>) -> Self {
        self.attr_from(None, name, value)
    }

    /// Appends an argument that comes from a place in the spec.
    #[must_use]
    pub fn attr_from(mut self, origin: impl Into<Option<Span>>, name: impl Into<Name>, value: impl Into<Expr>) -> Self {
        let attribute = Attribute { name: name.into(), value: value.into(), origin: origin.into() };
        self.lines.push(Line::Item(Statement::Attribute(attribute)));
        self
    }

    /// Appends a nested block.
    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.lines.push(Line::Item(Statement::Block(block)));
        self
    }

    /// Appends a comment.
    #[must_use]
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.lines.push(Line::Comment(text.into()));
        self
    }

    /// Appends a blank line.
    #[must_use]
    pub fn blank(mut self) -> Self {
        self.lines.push(Line::Blank);
        self
    }

    /// The arguments and blocks, without comments and blank lines.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.lines.iter().filter_map(Line::item)
    }

    /// The blocks.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.statements().filter_map(|statement| match statement {
            Statement::Block(block) => Some(block),
            Statement::Attribute(_) => None,
        })
    }
}

impl Statement {
    /// The name of the argument or the kind of the block.
    pub fn name(&self) -> &str {
        match self {
            Statement::Attribute(attribute) => attribute.name.as_str(),
            Statement::Block(block) => block.kind.as_str(),
        }
    }
}

impl Block {
    /// An empty block.
    pub fn new(kind: impl Into<Name>, labels: impl IntoIterator<Item = impl Into<Name>>) -> Self {
        let labels = labels.into_iter().map(Into::into).collect();
        Block { kind: kind.into(), labels, body: Body::new(), origin: None }
    }

    /// An empty block without labels, for example `lifecycle`.
    pub fn bare(kind: impl Into<Name>) -> Self {
        Block { kind: kind.into(), labels: Vec::new(), body: Body::new(), origin: None }
    }

    /// `resource "kind" "name" {}`
    pub fn resource(kind: impl Into<Name>, name: impl Into<Name>) -> Self {
        Self::new("resource", [kind.into(), name.into()])
    }

    /// `data "kind" "name" {}`
    pub fn data(kind: impl Into<Name>, name: impl Into<Name>) -> Self {
        Self::new("data", [kind.into(), name.into()])
    }

    /// Sets the place in the spec that it comes from.
    #[must_use]
    pub fn origin(mut self, origin: impl Into<Option<Span>>) -> Self {
        self.origin = origin.into();
        self
    }

    /// Appends an argument.
    #[must_use]
    pub fn attr(mut self, name: impl Into<Name>, value: impl Into<Expr>) -> Self {
        self.body = self.body.attr(name, value);
        self
    }

    /// Appends an argument that comes from a place in the spec.
    #[must_use]
    pub fn attr_from(mut self, origin: impl Into<Option<Span>>, name: impl Into<Name>, value: impl Into<Expr>) -> Self {
        self.body = self.body.attr_from(origin, name, value);
        self
    }

    /// Appends a nested block.
    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.body = self.body.block(block);
        self
    }

    /// Appends a comment.
    #[must_use]
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.body = self.body.comment(text);
        self
    }

    /// Appends a blank line.
    #[must_use]
    pub fn blank(mut self) -> Self {
        self.body = self.body.blank();
        self
    }

    /// The value of an argument.
    pub fn argument(&self, name: &str) -> Option<&Expr> {
        self.body.statements().find_map(|statement| match statement {
            Statement::Attribute(attribute) if attribute.name.as_str() == name => Some(&attribute.value),
            _ => None,
        })
    }

    /// The nested blocks of a kind.
    pub fn blocks(&self, kind: &str) -> impl Iterator<Item = &Block> {
        self.body.blocks().filter(move |block| block.kind.as_str() == kind)
    }
}
