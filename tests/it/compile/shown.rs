//! Findings in several environments, and equal findings at many places.

use crate::harness::{Case, Compiled, HEAD, shop};

const HEAD_OF_TWO: &str = "platform: shop\nregion: eu-central-1\n";

/// The message and the environments of each finding.
fn environments(spec: &str) -> Vec<(String, String)> {
    let compiled = Compiled::of(format!("{HEAD_OF_TWO}{spec}"));
    let found = compiled.findings().iter();
    found.map(|finding| (finding.code.name.to_owned(), finding.environments().join(" "))).collect()
}

fn pair(code: &str, environments: &str) -> (String, String) {
    (code.to_owned(), environments.to_owned())
}

#[test]
fn a_finding_lists_the_environments_that_it_is_about() {
    let both = "environments: { dev: { account: \"111122223333\" }, prod: { account: \"444455556666\" } }\n";
    let in_prod = both.replace("\"444455556666\"", "\"444455556666\", repositories: { cart: { force_delete: true } }");
    let deletable = "repositories: { cart: { force_delete: true } }\n";
    let plain = "repositories: { cart: {} }\n";
    let code = "deletable-with-images";
    assert_eq!(environments(&format!("{deletable}{both}")), [pair(code, "dev prod")]);
    assert_eq!(environments(&format!("{plain}{in_prod}")), [pair(code, "prod")]);
    // Errors of each step: decoding, resolving, rules.
    let bad = [
        ("repositories: { cart: { force_delet: true } }\n", "unknown-key"),
        ("repositories: { cart: { retention: [{ keep: 5, of: release }] } }\n", "unknown-tag-class"),
        (
            "repositories: { cart: {} }\naccess: { f: { can: [push], repositories: all, lambda: { functions: [f] } } }\n",
            "refused-verb",
        ),
    ];
    for (spec, code) in bad {
        let found = environments(&format!("{spec}{both}"));
        assert!(found.contains(&pair(code, "dev prod")), "{spec}{found:#?}");
    }
}

#[test]
fn a_finding_of_one_environment_names_none() {
    let compiled = shop("repositories: { cart: { force_delete: true } }\n");
    assert_eq!(compiled.findings()[0].environments(), [""; 0]);
    assert_eq!(environments("repositories: { cart: { force_delete: true } }\nenvironments: { dev: {} }\n")[0].1, "");
}

/// A spec in which many repositories have the same error.
fn many(count: usize) -> String {
    let one = |at| format!("  r{at}: {{ retention: [{{ keep: 5, of: relase }}] }}\n");
    let all: String = (0..count).map(one).collect();
    format!("{HEAD}image_tags: {{ release: \"v{{version}}\" }}\nrepositories:\n{all}")
}

#[test]
fn many_equal_errors_are_one() {
    assert_eq!(Compiled::of(many(10)).errors().len(), 10);
    let compiled = Compiled::of(many(300));
    assert_eq!(compiled.message(), "image tag class `relase` does not exist");
    let finding = &compiled.findings()[0];
    assert_eq!((finding.labels.len(), finding.more()), (5, 295));
    // A program that applies the fix repairs all places.
    assert_eq!(finding.suggestion.as_ref().expect("a fix").edits.len(), 300);
}

#[test]
fn every_format_has_the_environments_and_the_number_of_the_other_places() {
    let spec = many(300).replace("environment: shared", "environments: { a: {}, b: {} }");
    let case = Case::new().file("platform.yaml", spec);
    let run = |format: &str| case.run(&["lint", "platform.yaml", "--format", format]).out;
    insta::assert_snapshot!(run("text"));
    let json: serde_json::Value = serde_json::from_str(&run("json")).expect("JSON");
    let finding = &json["findings"][0];
    assert_eq!((&finding["environments"], &finding["more"]), (&serde_json::json!(["a", "b"]), &295.into()));
    let note = "note: in environments `a` and `b`%0Anote: the same at 295 other places";
    assert!(run("github").contains(note), "{}", run("github"));
}
