//! Every value survives: Terraform and an independent parser read from the text what was put into the tree.

use std::fs;

use ecrgen::terraform::{Block, Body, Expr, List, Object, Template, Traversal, print};
use serde_json::{Value, json};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

use super::binary::Terraform;
use super::random::Random;

/// Symbols with a meaning inside quotation marks in HCL.
const SYMBOLS: [&str; 9] = ["$", "%", "{", "}", "\"", "\\", "n", "~", "\n"];

/// Strings that other printers got wrong, or that look like code, the end of the text or nothing.
const NOTORIOUS: [&str; 18] = [
    "${}%${path.module}",
    "${aws:username}%{if true}",
    "$%{",
    "%${",
    "$${",
    "%%{",
    "$$${{",
    "%$%{",
    "$",
    "%",
    "\"\nevil = \"x",
    "EOT\n<<EOT\nEOT",
    "\\${",
    "\\u0041",
    "\0",
    "\u{1b}[31m",
    "e\u{301}\u{feff}\u{202e}",
    "\u{10ffff}\u{fffe}\r\n",
];

#[test]
fn terraform_evaluates_every_string_to_itself() {
    let Some(terraform) = Terraform::find() else { return };
    let strings = strings(4, 3_000);
    let literals: List = strings.iter().collect();
    assert_eq!(evaluated(&terraform, Body::new(), literals.into()), json!(normalized(&strings)));
}

#[test]
fn terraform_evaluates_text_around_an_interpolation_to_itself() {
    let Some(terraform) = Terraform::find() else { return };
    let strings = strings(3, 1_000);
    let templates: List = strings
        .iter()
        .map(|s| {
            Template::new().text(s).code(Traversal::new("local.z")).text(s).code(Expr::call("upper", ["y"])).text(s)
        })
        .collect();
    let expected: Vec<String> = strings.iter().map(|s| format!("{s}Z{s}Y{s}").nfc().collect()).collect();
    assert_eq!(evaluated(&terraform, Body::new().attr("z", "Z"), templates.into()), json!(expected));
}

#[test]
fn terraform_evaluates_every_key_to_itself() {
    let Some(terraform) = Terraform::find() else { return };
    let strings = strings(3, 1_000);
    let map: Object = strings.iter().map(|s| (s, s)).collect();
    let objects: List = strings.iter().map(|s| Object::new().entry(s, true)).collect();
    let indexed: List = strings.iter().map(|s| Traversal::new("local.map").key(s)).collect();
    let values = evaluated(&terraform, Body::new().attr("map", map), Expr::from(vec![objects, indexed]));
    let normalized = normalized(&strings);
    let objects: Vec<Value> = normalized.iter().map(|s| json!({ s: true })).collect();
    assert_eq!(values, json!([objects, normalized]));
}

#[test]
fn an_independent_parser_reads_back_every_string() {
    let strings = strings(3, 2_000);
    let literals: List = strings.iter().collect();
    let text = print(&Body::new().attr("x", literals));
    let read: Value = hcl::eval::from_str(&text, &hcl::eval::Context::new()).expect("valid HCL");
    assert_eq!(read, json!({ "x": normalized(&strings) }));
}

#[test]
fn an_independent_parser_reads_back_nested_values() {
    let mut random = Random::new(5);
    for _ in 0..2_000 {
        let value = random.value(4);
        let text = print(&Body::new().attr("x", expr(&value)));
        let read: Value =
            hcl::eval::from_str(&text, &hcl::eval::Context::new()).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(read, json!({ "x": value }), "{text}");
    }
}

#[test]
fn nothing_in_a_comment_becomes_code() {
    let mut random = Random::new(3);
    for _ in 0..2_000 {
        let comment = format!("{}\nevil = 1\r{}\u{2028}}}", random.string(), random.string());
        let list = List::new().comment(&comment).item("x").comment(&comment);
        let object = Object::new().comment(&comment).entry("x", "x").comment(&comment);
        let block = Block::bare("b").comment(&comment).attr("list", list).attr("object", object);
        let text = print(&Body::new().comment(&comment).block(block).comment(&comment));
        let read: Value = hcl::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(read, json!({ "b": { "list": ["x"], "object": { "x": "x" } } }));
    }
}

/// A JSON value as an expression.
fn expr(value: &Value) -> Expr {
    match value {
        Value::Null => Expr::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number.as_i64().expect("a whole number").into(),
        Value::String(text) => text.into(),
        Value::Array(items) => items.iter().map(expr).collect::<Vec<_>>().into(),
        Value::Object(entries) => entries.iter().map(|(key, value)| (key, expr(value))).collect::<Object>().into(),
    }
}

/// All strings of the symbols up to a length, the notorious strings, and random strings.
fn strings(length: usize, random: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut longest = all.clone();
    for _ in 0..length {
        longest = longest.iter().flat_map(|s| SYMBOLS.map(|symbol| format!("{s}{symbol}"))).collect();
        all.extend_from_slice(&longest);
    }
    all.extend(NOTORIOUS.map(str::to_owned));
    let mut source = Random::new(11);
    all.extend((0..random).map(|_| source.string()));
    all
}

/// HCL stores strings in Unicode's normal form C.
fn normalized(strings: &[String]) -> Vec<String> {
    strings.iter().map(|s| s.nfc().collect()).collect()
}

/// The value of an expression in Terraform, with these `locals`.
fn evaluated(terraform: &Terraform, locals: Body, expr: Expr) -> Value {
    let folder = TempDir::new().unwrap();
    let file = Body::new()
        .block(Block { body: locals, ..Block::bare("locals") })
        .block(Block::new("output", ["x"]).attr("value", expr));
    fs::write(folder.path().join("main.tf"), print(&file)).unwrap();
    let apply = terraform.run(folder.path(), &["apply", "-auto-approve", "-no-color"]);
    assert!(apply.status.success(), "{}", String::from_utf8_lossy(&apply.stderr));
    let output = terraform.run(folder.path(), &["output", "-json", "x"]);
    serde_json::from_slice(&output.stdout).expect("JSON")
}
