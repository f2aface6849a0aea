//! The words.

use super::tokens::{SPEC, all};
use crate::harness::{Case, repository};
use ecrgen::permissions::refusal::Cause;
use serde_json::{Value, json};

fn report(name: &str, format: &str) -> String {
    let refused = all().into_iter().find(|refused| refused.name == name).expect("a token of this name");
    let case = Case::new().file("spec.yaml", SPEC).file("token.json", refused.claims.to_string());
    let outcome = case.run(&["access", "spec.yaml", "--token", "token.json", "--format", format]);
    assert_eq!((outcome.status, outcome.err.as_str()), (1, ""));
    outcome.out
}

#[test]
fn a_job_with_an_environment_is_explained() {
    insta::assert_snapshot!(report("a job with an environment", "text"));
}

#[test]
fn the_json_has_the_conditions_the_cause_and_the_edit() {
    let document: Value = serde_json::from_str(&report("another service account", "json")).expect("JSON");
    assert_eq!(document["admitted"], false);
    assert_eq!(document["subject"], "system:serviceaccount:ci:mover");
    let closest = document["closest"].as_u64().expect("an index");
    let role = &document["roles"][usize::try_from(closest).expect("a small number")];
    assert_eq!((&role["principal"], &role["verdict"]), (&json!("bots"), &json!("refused")));
    let results: Vec<(&Value, &Value)> = role["conditions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|condition| (&condition["claim"], &condition["result"]))
        .collect();
    let expected =
        [("iss", "assumed"), ("aud", "holds"), ("sub", "fails")].map(|(claim, result)| (json!(claim), json!(result)));
    assert_eq!(results, expected.iter().map(|(claim, result)| (claim, result)).collect::<Vec<_>>());
    assert_eq!(document["causes"][0]["cause"], "service-account");
    assert_eq!(document["edit"]["creates_role"], true);
    assert_eq!(document["edit"]["changes"][0]["text"], ", ci/mover");
}

#[test]
fn every_cause_is_documented() {
    let page = std::fs::read_to_string(repository().join("docs/json-output.md")).expect("a page");
    for cause in Cause::ALL {
        assert!(page.contains(&format!("`{}`", cause.name())), "{}", cause.name());
    }
}

/// A claim can contain anything: its line ends and control characters do not reach the terminal.
#[test]
fn a_claim_cannot_add_lines_to_the_report() {
    let claims = r#"{"iss":"https://x.example","aud":"a\nyes: forged","sub":"repo:a/b:ref:c\r\nyes: forged\u001b[2J"}"#;
    let case = Case::new().file("spec.yaml", SPEC).file("token.json", claims);
    let outcome = case.run(&["access", "spec.yaml", "--token", "token.json"]);
    assert!(!outcome.out.lines().any(|line| line.starts_with("yes")), "{}", outcome.out);
    assert!(!outcome.out.contains('\u{1b}'), "{}", outcome.out);
}
