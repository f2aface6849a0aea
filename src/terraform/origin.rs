//! Which part of a tree a line of its printed text comes from.

use super::body::{Block, Body, Statement};
use crate::source::Span;

/// The place in the spec that a line of a printed file comes from, as far as the tree knows; `None` for a line outside of all
/// blocks. Lines count from 1. The text can have further lines before the tree, such as a header.
pub fn origin_of_line(body: &Body, text: &str, line: usize) -> Option<Span> {
    let lines: Vec<&str> = text.lines().take(line).collect();
    let (target, before) = lines.get(line.checked_sub(1)?).map(|target| (*target, &lines[..line - 1]))?;
    let opening = lines.iter().rposition(|line| line.ends_with('{') && !line.starts_with([' ', '#', '}']))?;
    let block = body.blocks().find(|block| opening_of(block) == lines[opening])?;
    if before.iter().skip(opening + 1).any(|line| line.starts_with('}')) {
        return None;
    }
    if target.is_empty() || target.starts_with('}') {
        return block.origin;
    }
    let name = |line: &&str| {
        let inner = line.strip_prefix("  ").filter(|inner| inner.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        inner.split([' ', '"']).next().map(str::to_owned)
    };
    let name = lines[opening + 1..].iter().rev().find_map(name);
    let statement = block.body.statements().find(|statement| Some(statement.name()) == name.as_deref());
    let own = statement.and_then(|statement| match statement {
        Statement::Attribute(attribute) => attribute.origin,
        Statement::Block(block) => block.origin,
    });
    own.or(block.origin)
}

/// The first line of a block, as it is printed.
fn opening_of(block: &Block) -> String {
    let labels: String = block.labels.iter().map(|label| format!("\"{}\" ", label.as_str())).collect();
    format!("{} {labels}{{", block.kind.as_str())
}
