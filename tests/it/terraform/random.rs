//! Random trees and strings, which are the same for the same seed.

use ecrgen::terraform::{Block, Body, Expr, For, Key, List, Name, Object, Template, Traversal};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// A source of random trees.
pub struct Random {
    state: u64,
    /// The number of arguments so far. It makes their names unique, as a body requires.
    named: u32,
}

/// Difficult pieces of strings: HCL's markers, quotation marks, joining Unicode characters, invisible characters.
const FRAGMENTS: &[&str] = &[
    "a",
    "zz",
    " ",
    "$",
    "%",
    "{",
    "}",
    "${",
    "%{",
    "$${",
    "%%{",
    "~",
    "\"",
    "\\",
    "\n",
    "\r",
    "\t",
    "#",
    "//",
    "/*",
    "*/",
    "=",
    "<<EOT",
    "EOT",
    "${path.module}",
    "%{ if true }",
    "é",
    "e\u{301}",
    "日本",
    "क्ष",
    "👨‍👩‍👧",
    "🇩🇪",
    "\u{301}",
    "\u{200d}",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{feff}",
    "ß",
    "\u{1f600}",
    "\u{10ffff}",
    "[",
    "(",
    ":",
    ",",
    "-",
];

const NAMES: &[&str] = &["a", "bb", "name", "image_tag_mutability", "for_each", "if", "in", "x-1", "_"];

const REFERENCES: &[&str] = &[
    "var.region",
    "local.standard_tags",
    "aws_ecr_repository.this[0].arn",
    "module.eks.eks_managed_node_groups[\"default\"].iam_role_name",
    "each.value",
];

const FUNCTIONS: &[&str] = &["jsonencode", "merge", "join", "toset", "f"];

impl Random {
    pub fn new(seed: u64) -> Self {
        Random { state: seed | 1, named: 0 }
    }

    /// A number below `end` (xorshift64*).
    pub fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let high = self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).expect("31 bits") % end
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub fn string(&mut self) -> String {
        (0..self.below(6)).map(|_| self.pick(FRAGMENTS)).collect()
    }

    fn name(&mut self) -> Name {
        self.pick(NAMES).into()
    }

    fn new_name(&mut self) -> Name {
        self.named += 1;
        Name::parse(format!("{}{}", self.pick(NAMES), self.named)).expect("a name")
    }

    /// A file.
    pub fn file(&mut self) -> Body {
        self.body(4)
    }

    fn body(&mut self, depth: usize) -> Body {
        let mut body = Body::new();
        for _ in 0..self.below(6) {
            body = match self.below(10) {
                0 => body.blank(),
                1 => body.comment(self.string()),
                2..5 if depth > 0 => body.block(self.block(depth - 1)),
                _ => body.attr(self.new_name(), self.expr(depth)),
            };
        }
        body
    }

    fn block(&mut self, depth: usize) -> Block {
        let labels: Vec<Name> = (0..self.below(3)).map(|_| self.name()).collect();
        if self.one_in(8) {
            let kind = self.pick(&["list", "map", "set", "string", "all"]);
            let quoted = self.one_in(2);
            let kind = if quoted { Expr::from(kind) } else { Traversal::new(kind).into() };
            let mut body = Body::new().attr("type", kind);
            body.lines.extend(self.body(depth).lines);
            return Block { body, ..Block::new("variable", labels) };
        }
        Block { body: self.body(depth), ..Block::new(self.name(), labels) }
    }

    pub fn expr(&mut self, depth: usize) -> Expr {
        let Some(depth) = depth.checked_sub(1) else { return self.leaf() };
        match self.below(12) {
            0..4 => self.leaf(),
            4 | 5 => self.list(depth).into(),
            6..9 => self.object(depth).into(),
            9 | 10 => {
                let arguments: Vec<Expr> = (0..self.below(4)).map(|_| self.expr(depth)).collect();
                Expr::call(self.pick(FUNCTIONS), arguments)
            }
            _ => self.template(depth),
        }
    }

    fn each(&mut self) -> Expr {
        let names = [Name::from("key"), Name::from("value")];
        For { names, collection: self.traversal().into(), entry: [self.leaf(), self.leaf()] }.into()
    }

    /// A JSON value with its strings in normal form C, as HCL stores them.
    pub fn value(&mut self, depth: usize) -> Value {
        let text = |random: &mut Self| random.string().nfc().collect::<String>();
        match self.below(if depth == 0 { 4 } else { 8 }) {
            0 => Value::Null,
            1 => self.one_in(2).into(),
            2 => self.pick(&[0_i64, 1, -1, 42, 1 << 40]).into(),
            3 | 4 => text(self).into(),
            5 => (0..self.below(5)).map(|_| self.value(depth - 1)).collect(),
            _ => (0..self.below(5)).map(|_| (text(self), self.value(depth - 1))).collect(),
        }
    }

    fn leaf(&mut self) -> Expr {
        match self.below(9) {
            0 => Expr::Null,
            8 => self.each(),
            1 => self.one_in(2).into(),
            2 => Expr::Number(self.pick(&[0, 1, -1, 42, i64::MAX, i64::MIN])),
            3 | 4 => self.traversal().into(),
            _ => self.string().into(),
        }
    }

    fn traversal(&mut self) -> Traversal {
        let reference = Traversal::parse(self.pick(REFERENCES)).expect("a reference");
        match self.below(4) {
            0 => reference.key(self.string()),
            1 => reference.at(Traversal::new("each.key")),
            2 => reference.index(7).attr(self.name()),
            _ => reference,
        }
    }

    fn template(&mut self, depth: usize) -> Expr {
        (0..self.below(5))
            .fold(Template::new(), |template, _| {
                if self.one_in(2) { template.text(self.string()) } else { template.code(self.expr(depth)) }
            })
            .into()
    }

    fn list(&mut self, depth: usize) -> List {
        let mut list = List::new();
        for _ in 0..self.below(5) {
            list = match self.below(12) {
                0 => list.comment(self.string()),
                1 => list.blank(),
                _ => list.item(self.expr(depth)),
            };
        }
        match self.below(4) {
            0 => list.inline(),
            1 => list.multiline(),
            _ => list,
        }
    }

    fn object(&mut self, depth: usize) -> Object {
        let mut object = Object::new();
        for _ in 0..self.below(5) {
            object = match self.below(12) {
                0 => object.comment(self.string()),
                1 => object.blank(),
                _ => {
                    let key = self.key(depth);
                    // HCL takes the last of two entries with the same key; the independent parser rejects them.
                    if object.items().any(|(other, _)| *other == key) {
                        continue;
                    }
                    object.entry(key, self.expr(depth))
                }
            };
        }
        if self.one_in(3) { object.inline() } else { object }
    }

    fn key(&mut self, depth: usize) -> Key {
        match self.below(8) {
            0 => self.template(depth).into(),
            1 => self.expr(depth).into(),
            2..5 => self.string().into(),
            _ => self.pick(&["a", "bb", "for", "true", "null", "aws:SourceArn", "x y", "x-1", "tagStatus"]).into(),
        }
    }
}
