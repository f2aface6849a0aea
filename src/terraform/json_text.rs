//! Texts that Terraform's `jsonencode` turns into invalid JSON.
//!
//! `jsonencode` writes some characters as escapes, for example `<` as `\\u003c`. Terraform then normalizes every string to
//! Unicode form C, which composes the last letter of an escape with a combining mark after it: `<` and U+0301 become
//! `\\u003ć`, which is not JSON.

use unicode_normalization::UnicodeNormalization;

use super::body::{Body, Statement};
use super::collection::Key;
use super::expr::Expr;
use super::template::Part;
use crate::source::Span;

/// A text inside `jsonencode(…)` whose JSON would be invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenText {
    /// The place in the spec that it comes from, as far as the tree knows.
    pub origin: Option<Span>,
    /// The character whose escape changes.
    pub character: char,
    /// The combining mark after it.
    pub mark: char,
}

/// All texts of a file that `jsonencode` turns into invalid JSON.
pub fn broken_texts(body: &Body) -> Vec<BrokenText> {
    let mut found = Vec::new();
    in_body(body, None, &mut found);
    found
}

fn in_body(body: &Body, around: Option<Span>, found: &mut Vec<BrokenText>) {
    for statement in body.statements() {
        match statement {
            Statement::Block(block) => in_body(&block.body, block.origin.or(around), found),
            Statement::Attribute(attribute) => {
                let mut texts = Vec::new();
                collect(&attribute.value, false, &mut texts);
                let origin = attribute.origin.or(around);
                let broken = texts.into_iter().filter_map(broken_escape);
                found.extend(broken.map(|(character, mark)| BrokenText { origin, character, mark }));
            }
        }
    }
}

/// Collects the literal texts inside calls of `jsonencode`.
fn collect<'e>(value: &'e Expr, is_encoded: bool, texts: &mut Vec<&'e str>) {
    match value {
        Expr::Null | Expr::Bool(_) | Expr::Number(_) | Expr::Traversal(_) => {}
        Expr::String(text) => texts.extend(is_encoded.then_some(text.as_str())),
        Expr::Template(parts) => parts.iter().for_each(|part| match part {
            Part::Text(text) => texts.extend(is_encoded.then_some(text.as_str())),
            Part::Code(code) => collect(code, is_encoded, texts),
        }),
        Expr::Call(call) => {
            let is_encoded = is_encoded || call.function.as_str() == "jsonencode";
            call.arguments.iter().for_each(|argument| collect(argument, is_encoded, texts));
        }
        Expr::List(list) => list.items().for_each(|item| collect(item, is_encoded, texts)),
        Expr::Object(object) => object.items().for_each(|(key, value)| {
            match key {
                Key::Literal(key) => texts.extend(is_encoded.then_some(key.as_str())),
                Key::Computed(key) => collect(key, is_encoded, texts),
            }
            collect(value, is_encoded, texts);
        }),
        Expr::For(each) => {
            std::iter::once(&each.collection).chain(&each.entry).for_each(|part| collect(part, is_encoded, texts));
        }
    }
}

/// The last character whose escape changes when the encoded text is normalized, with the character after it.
fn broken_escape(text: &str) -> Option<(char, char)> {
    if text.is_ascii() {
        return None;
    }
    // HCL normalizes the text too, before `jsonencode` sees it.
    let text: Vec<char> = text.nfc().collect();
    let is_changed = |from: &usize| {
        let encoded: String = text[*from..].iter().map(|c| escape(*c)).collect();
        encoded.nfc().ne(encoded.chars())
    };
    let at = (0..text.len()).rev().find(is_changed)?;
    Some((text[at], text.get(at + 1).copied()?))
}

/// A character as Go's `encoding/json` writes it.
fn escape(c: char) -> String {
    match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\u{8}' => "\\b".to_owned(),
        '\u{c}' => "\\f".to_owned(),
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    }
}
