//! The JSON Schema and the decoder accept the same documents.

use super::accepted::{ACCEPTED, BASE};
use super::judge::{faults, json, schema};
use super::refused::{REFUSED, REFUSED_WHOLE};

#[test]
fn both_accept_every_accepted_document() {
    for fragment in ACCEPTED {
        let text = format!("{BASE}{fragment}\n");
        assert_eq!(faults(&text), [], "the decoder rejects {fragment}");
        assert_eq!(schema(&json(&text)), Ok(()), "the schema rejects {fragment}");
    }
}

#[test]
fn both_reject_every_rejected_document() {
    let fragments = REFUSED.iter().map(|(code, fragment)| (*code, format!("{BASE}{fragment}\n")));
    let whole = REFUSED_WHOLE.iter().map(|(code, text)| (*code, (*text).to_owned()));
    let mut wrong = Vec::new();
    for (code, text) in fragments.chain(whole) {
        let codes: Vec<&str> = faults(&text).iter().map(|fault| fault.code.name).collect();
        if codes.first() != Some(&code) {
            wrong.push(format!("the decoder reports {codes:?} for {text}"));
        }
        // Only the merged spec shows which environments it has and which keys they lack.
        let merged = text.contains("environments: { e: {} }") || text.contains("environments: { dev: none }");
        if !merged && schema(&json(&text)).is_ok() {
            wrong.push(format!("the schema accepts {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fault_has_the_path_of_its_element() {
    let text = format!("{BASE}repositories: {{ a: {{ retention: [{{ keep: 0 }}] }} }}\n");
    let paths: Vec<String> = faults(&text).into_iter().map(|fault| fault.path.into_string()).collect();
    assert_eq!(paths, ["repositories.a.retention.keep"]);
}
