//! Each document is valid SARIF, judged by the JSON Schema that Microsoft publishes with its matchers for Jest.

use std::fs;

use serde_json::Value;

use crate::harness::{repository, skipped};

/// The schema in `.npm`, where `tests/node-env.sh` installs it. `.ci/run` requires it if it can install it.
pub fn validator() -> Option<jsonschema::Validator> {
    let schema = repository().join(".npm/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    if let Ok(text) = fs::read_to_string(schema) {
        // A bracket of a pattern of languages is not escaped, which Unicode regular expressions do not allow.
        let text = text.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        return Some(jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema"));
    }
    assert!(std::env::var_os("ECRGEN_REQUIRE_NODE").is_none(), "the JSON Schema of SARIF is not installed");
    skipped("the JSON Schema of SARIF is not installed; run tests/node-env.sh");
    None
}

#[test]
fn the_schema_rejects_what_is_not_sarif() {
    let Some(validator) = validator() else { return };
    for (text, is_valid) in [
        (r#"{ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "x" } } }] }"#, true),
        (r#"{ "version": "2.1.0", "runs": [{ "tool": { "driver": {} } }] }"#, false),
        (r#"{ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "x" } }, "other": 1 }] }"#, false),
        (r#"{ "format_version": 2 }"#, false),
    ] {
        assert_eq!(validator.is_valid(&serde_json::from_str(text).expect("JSON")), is_valid, "{text}");
    }
}
