//! Whether a JSON Schema of the language accepts a scalar.

use serde_json::Value as Json;

/// Whether a schema accepts a text, number or boolean. Understands what the schemas of scalars, lists and maps contain. A
/// schema with a name is a map.
pub(super) fn accepts(schema: &Json, value: &Json) -> bool {
    let all = |key: &str, test: &dyn Fn(&Json) -> bool| schema.get(key).is_none_or(test);
    let any = |schemas: &Json| schemas.as_array().is_some_and(|any| any.iter().any(|schema| accepts(schema, value)));
    schema.get("$ref").is_none()
        && all("const", &|only| only == value)
        && all("enum", &|words| words.as_array().is_some_and(|words| words.contains(value)))
        && all("type", &|name| is_of_type(value, name.as_str().unwrap_or_default()))
        && all("pattern", &|pattern| matches(pattern.as_str().unwrap_or_default(), value))
        && all("not", &|not| !accepts(not, value))
        && all("anyOf", &any)
}

fn is_of_type(value: &Json, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        _ => false,
    }
}

fn matches(pattern: &str, value: &Json) -> bool {
    let Some(text) = value.as_str() else { return true };
    regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
}
