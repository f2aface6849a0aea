//! Two ways to check a document: the decoder, and the JSON Schema with an independent validator.

use std::sync::LazyLock;

use ecrgen::diagnostic::Diagnostic;
use ecrgen::language::json_schema::json_schema;
use ecrgen::language::load::load;
use ecrgen::source::Sources;
use ecrgen::yaml;
use ecrgen::yaml::{Node, Value};
use jsonschema::Validator;
use serde_json::{Number, Value as Json};

static SCHEMA: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&json_schema()).expect("a schema of 2020-12"));

/// The faults that decoding finds, before names are resolved. Which names other parts of the document have is nothing that a
/// schema can say.
pub fn faults(text: &str) -> Vec<Diagnostic> {
    let (mut sources, mut faults) = (Sources::default(), Vec::new());
    load("spec.yaml", &|_| Ok(text.as_bytes().to_vec()), &mut sources, &mut faults);
    faults.retain(|fault| fault.code.name != "removes-nothing");
    faults
}

/// Validates the document against the schema. The error is the first violation.
pub fn schema(document: &Json) -> Result<(), String> {
    SCHEMA.validate(document).map_err(|error| format!("{}: {error}", error.instance_path()))
}

/// YAML as editors see it: with the core schema of YAML 1.2, in which `none` is a plain string.
pub fn json(text: &str) -> Json {
    plain(&yaml::parse(0, text).unwrap_or_else(|faults| panic!("{text}\n{faults:?}")))
}

fn plain(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::None => "none".into(),
        Value::Bool(bool) => (*bool).into(),
        Value::Text(text) => text.clone().into(),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Map(entries) => entries.iter().map(|entry| (entry.key.text.clone(), plain(&entry.value))).collect(),
        Value::Number(text) => number(text),
    }
}

/// The number that a YAML reader returns. JSON has no infinity, so a number that is too large for a float is `null`.
fn number(text: &str) -> Json {
    let (digits, radix) = match text.get(..2) {
        Some("0x") => (&text[2..], 16),
        Some("0o") => (&text[2..], 8),
        _ => (text, 10),
    };
    match i64::from_str_radix(digits, radix) {
        Ok(integer) => integer.into(),
        Err(_) if radix == 10 => text.parse().ok().and_then(Number::from_f64).map_or(Json::Null, Json::Number),
        Err(_) => Json::Null,
    }
}
