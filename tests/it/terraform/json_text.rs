//! Texts that `jsonencode` turns into invalid JSON. The expected values are those of `terraform console` 1.11.4.

use ecrgen::terraform::{Block, Body, Expr, Object, broken_texts};

use crate::harness::shop;

fn is_refused(value: Expr) -> bool {
    !broken_texts(&Body::new().block(Block::bare("locals").attr("x", value))).is_empty()
}

fn encoded(text: &str) -> Expr {
    Expr::call("jsonencode", [Expr::from(text)])
}

/// `jsondecode(jsonencode(text))` fails in Terraform for these.
#[test]
fn finds_what_terraform_encodes_as_invalid_json() {
    for text in ["<\u{301}", "a>\u{301}b", "\n\u{303}", "\t\u{30c}", "\u{8}\u{323}", "\u{c}\u{307}", "<\u{334}\u{301}"]
    {
        assert!(is_refused(encoded(text)), "{text:?}");
        assert!(!is_refused(text.into()), "without jsonencode: {text:?}");
        let key = Object::new().entry(text.to_owned(), 1);
        assert!(is_refused(Expr::call("jsonencode", [key])), "as a key: {text:?}");
    }
}

/// `jsonencode` returns valid JSON for these: `<` and U+0338 are one character, `≮`, and no digit composes with a mark.
#[test]
fn accepts_what_terraform_encodes_as_valid_json() {
    for text in [
        "&\u{301}",
        "<\u{338}",
        ">\u{338}",
        "<\u{3099}",
        "<\u{334}",
        "\u{2028}\u{301}",
        "e\u{301}",
        "\"\u{301}",
        "\\\u{301}",
        "<é",
    ] {
        assert!(!is_refused(encoded(text)), "{text:?}");
    }
}

/// Every text of a spec that reaches a policy document.
#[test]
fn is_an_error_at_the_entry_or_repository() {
    let bad = "<\\u0301";
    for (path, spec) in [
        (
            "description",
            format!("repositories: {{ aa: {{ retention: [{{ keep: 5, of: tagged, description: \"x {bad}\" }}] }} }}\n"),
        ),
        (
            "policy_statements",
            format!(
                "repositories: {{ aa: {{ policy_statements: [{{ Effect: Deny, Principal: \"*\", Action: \"ecr:PutImage\", Condition: {{ StringEquals: {{ \"aws:PrincipalTag/x\": \"{bad}\" }} }} }}] }} }}\n"
            ),
        ),
    ] {
        let compiled = shop(&spec);
        assert!(compiled.codes().contains(&"broken-json-text"), "{path}: {:?}", compiled.messages());
        assert!(
            compiled
                .messages()
                .iter()
                .any(|message| message.starts_with("`<` is followed by the combining mark U+0301"))
        );
    }
}
