//! A finding of the guard marks the key of the spec that changed.

use serde_json::Value;

use super::guard::committed;

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";
const CART: &str = "repositories: { cart: {}, search: {} }\n";
const OPS: &str = "access: { ops: { can: [pull, read], repositories: all, assumed_by: [\"arn:aws:iam::111122223333:role/Operator\"] } }\n";

/// A code, the committed spec after its first lines, and the changed one with the text that must be marked in brackets.
fn changes() -> Vec<(&'static str, String, String)> {
    let with = |rest: &str| format!("{CART}{OPS}{rest}");
    let github = "access: { ci: { can: [push], repositories: all, github: { repository: acme/shop, owner_id: 1, \
                  repository_id: 2, branches: [main] } } }\n";
    let own_key = |removed: &str| format!("repositories: {{ search: {{}} }}\nremoved: {{ {removed} }}\n");
    vec![
        ("role-replaced", with(""), with("names: { ‹role›: \"{platform}-{access}-role\" }\n")),
        ("policy-replaced", with(""), with("names: { ‹policy›: \"{platform}-{access}-policy\" }\n")),
        ("role-replaced", with(""), with("iam:\n  ‹path›: /registry/\n")),
        ("policy-replaced", with("iam: { path: /one/ }\n"), with("‹iam›: { session_duration: 2h }\n")),
        (
            "resource-lost",
            format!("{CART}{github}oidc_providers: {{ github: create }}\n"),
            format!("{CART}{github}oidc_providers: {{ ‹github›: existing }}\n"),
        ),
        (
            "resource-lost",
            format!("{CART}monitoring: {{ audit_trail: {{ bucket: create }}, event_log: {{ events: [push] }} }}\n"),
            format!(
                "{CART}monitoring: {{ ‹audit_trail›: {{ bucket: acme-audit }}, event_log: {{ events: [push] }} }}\n"
            ),
        ),
        (
            "resource-lost",
            "repositories: { cart: { force_delete: true, encryption: { kms: create } }, search: {} }\n".into(),
            "‹repositories›: { cart: { force_delete: true, replace: empty }, search: {} }\n".into(),
        ),
        (
            "resource-replaced",
            format!("{CART}workspace: {{ organization: acme }}\n"),
            format!("{CART}workspace: {{ ‹organization›: example }}\n"),
        ),
        ("all-repositories-lost", CART.into(), "‹repositories›: { basket: {}, finder: {} }\n".into()),
        ("repository-lost", CART.into(), "‹repositories›: { cart: {} }\n".into()),
        ("removed-and-there", CART.into(), format!("{CART}removed: {{ ‹cart›: retain }}\n")),
        ("removed-unknown", CART.into(), format!("{CART}removed: {{ ‹users›: retain }}\n")),
        (
            "key-lost",
            "repositories: { cart: { encryption: { kms: create } }, search: {} }\n".into(),
            own_key("‹cart›: retain, aws_kms_key.ecr: delete"),
        ),
    ]
}

/// The line and the column of a byte of a text, counted from 1.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    (before.matches('\n').count() + 1, before.chars().rev().take_while(|c| *c != '\n').count() + 1)
}

#[test]
fn marks_the_key_that_changed() {
    for (code, before, marked) in changes() {
        let case = committed(&format!("{HEAD}{before}"));
        let spec = format!("{HEAD}{}", marked.replace(['‹', '›'], ""));
        let start = HEAD.len() + marked.find('‹').expect("an opening bracket");
        let end = HEAD.len() + marked.find('›').expect("a closing bracket") - '‹'.len_utf8();
        case.write("shop.yaml", &spec);
        let out = case.run(&["render", "shop.yaml", "--out", "out", "--format", "json"]).out;
        let document: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{code}: {out}"));
        let findings = document["findings"].as_array().expect("a list");
        let found: Vec<&Value> = findings.iter().filter(|finding| finding["code"] == code).collect();
        assert!(!found.is_empty(), "{code}: {out}");
        let place = |finding: &Value, line: &str, column: &str| {
            let number = |key: &str| finding[key].as_u64().and_then(|n| usize::try_from(n).ok());
            (number(line).expect("a line"), number(column).expect("a column"))
        };
        for finding in found {
            let places = (place(finding, "line", "column"), place(finding, "end_line", "end_column"));
            assert_eq!(places, (position(&spec, start), position(&spec, end)), "{code}: {marked}");
        }
    }
}

#[test]
fn a_lost_environment_marks_the_environments() {
    let spec = "platform: shop\nregion: eu-central-1\nrepositories: { cart: {} }\n\
                names: { repository: \"{environment}/{repository}\" }\nenvironments: { dev: {}, prod: {} }\n";
    let case = committed(spec);
    case.write("shop.yaml", spec.replace(", prod: {}", ""));
    let err = case.run(&["render", "shop.yaml", "--out", "out"]).err;
    assert!(err.contains("error[repository-lost]") && err.contains("shop.yaml:5:1\n"), "{err}");
}
