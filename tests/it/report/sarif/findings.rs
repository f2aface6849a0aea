//! A finding as a result, and its code as a rule.

use ecrgen::catalog;
use ecrgen::diagnostic::{Diagnostic, Suggestion};
use ecrgen::report::findings::sarif;
use ecrgen::source::Edit;
use serde_json::json;

use super::{results, run};
use crate::report::{Spec, error, note, span, warning};

#[test]
fn a_result_has_a_message_a_place_and_a_link_to_each_other_place() {
    let spec = Spec::new("repositories:\n  web: {}\n  web: {}\n");
    let finding = error("duplicate-key", spec.nth(1, "web"), "the key `web` is defined twice")
        .label("second time")
        .and(spec.nth(0, "web"), "first time")
        .help("keep one")
        .at("repositories.web");
    let physical = |line: u32| {
        json!({
            "artifactLocation": { "uri": "specs/piksel.yaml" },
            "region": { "startLine": line, "startColumn": 3, "endLine": line, "endColumn": 6 },
        })
    };
    let mut results = results(&spec, &[finding]);
    let fingerprint = results[0]["partialFingerprints"].take();
    assert!(fingerprint["primaryLocationLineHash"].as_str().is_some_and(|hash| hash.ends_with(":1")), "{fingerprint}");
    results[0].as_object_mut().expect("a result").remove("partialFingerprints");
    assert_eq!(
        results,
        json!([{
            "ruleId": "duplicate-key",
            "ruleIndex": 0,
            "level": "error",
            "message": { "text": "the key `web` is defined twice: second time\nhelp: keep one\n[first time](1)" },
            "locations": [{
                "physicalLocation": physical(3),
                "logicalLocations": [{ "fullyQualifiedName": "repositories.web" }],
            }],
            "relatedLocations": [{ "id": 1, "physicalLocation": physical(2), "message": { "text": "first time" } }],
        }])
    );
}

#[test]
fn each_severity_is_a_level() {
    let spec = Spec::new("a: 1\nb: 2\nc: 3\n");
    let of = [error("x", spec.first("a"), "m"), warning("y", spec.first("b"), "m"), note("z", spec.first("c"), "m")];
    let results = results(&spec, &of);
    assert_eq!([0, 1, 2].map(|at| &results[at]["level"]), ["error", "warning", "note"]);
}

/// As with `--deny warnings`.
#[test]
fn the_level_is_that_of_the_finding_not_of_the_code() {
    let spec = Spec::new("a: 1\n");
    let denied = Diagnostic { severity: ecrgen::diagnostic::Severity::Error, ..warning("x", spec.first("a"), "m") };
    let run = run(&sarif(&spec.sources, &str::to_owned, &[denied]));
    assert_eq!(run["results"][0]["level"], "error");
    assert_eq!(run["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"], "warning");
}

#[test]
fn columns_count_characters_as_the_run_states() {
    let spec = Spec::new("a: \"😀ö\" # b\n");
    let run = run(&sarif(&spec.sources, &str::to_owned, &[error("x", spec.first("# b"), "m")]));
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startColumn"], &region["endColumn"]), (&json!(9), &json!(12)));
}

#[test]
fn an_edit_becomes_a_fix() {
    let spec = Spec::new("region: eu-cental-1\n");
    let place = spec.first("eu-cental-1");
    let edits = vec![
        Edit { span: place, text: "eu-central-1".into() },
        Edit { span: span(0, 20, 20), text: "[x](y): 1\n".into() },
    ];
    let suggestion = Suggestion { message: "correct it".into(), edits, safe: false };
    let results = results(&spec, &[error("x", place, "m").suggest(suggestion)]);
    let region = |line: u32, from: u32, to: u32| json!({ "startLine": line, "startColumn": from, "endLine": line, "endColumn": to });
    assert_eq!(
        results[0]["fixes"],
        json!([{
            "description": { "text": "correct it" },
            "artifactChanges": [{
                "artifactLocation": { "uri": "specs/piksel.yaml" },
                "replacements": [
                    { "deletedRegion": region(1, 9, 20), "insertedContent": { "text": "eu-central-1" } },
                    { "deletedRegion": region(2, 1, 1), "insertedContent": { "text": "[x](y): 1\n" } },
                ],
            }],
            "properties": { "safe": false },
        }])
    );
}

/// A key of a spec in a pull request can be anything.
#[test]
fn no_text_from_outside_is_a_link() {
    let spec = Spec::new("a: 1\nb: 2\n");
    let evil = "[click](https://evil.example)";
    let finding = error("x", spec.first("a"), evil).label(evil).and(spec.first("b"), evil).help(evil);
    let results = results(&spec, &[finding]);
    let message = results[0]["message"]["text"].as_str().expect("a text");
    assert_eq!(message.matches("](").count(), 1, "{message}");
    assert!(message.ends_with(r"[\[click\] (https://evil.example)](1)"), "{message}");
    assert!(!results[0]["relatedLocations"].to_string().contains("]("), "{results}");
}

#[test]
fn a_finding_without_a_place_is_shown_at_the_start_of_the_first_file() {
    let spec = Spec::new("a: 1\n");
    let finding = Diagnostic { labels: Vec::new(), ..error("foreign-file", span(0, 0, 0), "not ours") };
    let results = results(&spec, &[finding]);
    let physical = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(physical["artifactLocation"]["uri"], "specs/piksel.yaml");
    assert_eq!(physical["region"]["startLine"], 1);
}

#[test]
fn equal_codes_share_a_rule() {
    let spec = Spec::new("a: 1\nb: 2\n");
    let codes = catalog::all();
    let of = |code: usize, key: &str| Diagnostic::new(codes[code], spec.first(key), "m");
    let run = run(&sarif(&spec.sources, &str::to_owned, &[of(0, "a"), of(1, "a"), of(0, "b")]));
    let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
    assert_eq!(rules.len(), 2);
    for result in run["results"].as_array().expect("a list") {
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

/// GitHub requires a name and three texts, and cuts descriptions at 1024 characters.
#[test]
fn the_page_of_every_code_is_a_rule_that_github_accepts() {
    let spec = Spec::new("a: 1\n");
    let findings: Vec<_> = catalog::all().into_iter().map(|code| Diagnostic::new(code, spec.first("a"), "m")).collect();
    let run = run(&sarif(&spec.sources, &str::to_owned, &findings));
    let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
    assert_eq!(rules.len(), findings.len());
    for rule in rules {
        let text = |keys: [&str; 2]| rule[keys[0]][keys[1]].as_str().unwrap_or_else(|| panic!("{keys:?}: {rule:#}"));
        let [short, full] = ["shortDescription", "fullDescription"].map(|key| text([key, "text"]));
        assert!([short, full].iter().all(|text| !text.is_empty() && text.chars().count() <= 1024), "{rule:#}");
        for help in [text(["help", "text"]), text(["help", "markdown"])] {
            assert!([short, full, "Bad", "Good", "Source: "].iter().all(|part| help.contains(part)), "{help}");
        }
    }
}
