//! With a format for programs, standard output is exactly one document, whatever happens.

use serde_json::Value;

use crate::cli::{BROKEN, SHOP, WARNED};
use crate::harness::{Case, Outcome};
use crate::report::sarif::schema::validator;
use crate::simulation::{digest, policy, rule};

/// Inputs of every kind: clean, with a warning, with an error, damaged, and missing.
fn case() -> Case {
    let expects = "expect: { a: { repository: cart, pushes: { release: 1/day }, for: 30d, kept: 3 } }\n";
    let rules = |number: u32| {
        let count = serde_json::json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": number });
        policy(&[rule(1, count)])
    };
    let listing = serde_json::json!({ "imageDetails": [{
        "registryId": "123456789012",
        "repositoryName": "cart",
        "imageDigest": digest('a'),
        "imageTags": ["v1.0.0"],
        "imagePushedAt": "2026-11-20T00:00:00Z",
        "imageSizeInBytes": 1,
    }] });
    let case = Case::new()
        .file("shop.yaml", SHOP)
        .file("warned.yaml", WARNED)
        .file("broken.yaml", BROKEN)
        .file("slip.yaml", "platform: [\n")
        .file("failing.yaml", format!("{SHOP}{expects}"))
        .file("policy.json", rules(5))
        .file("refused.json", rules(0))
        .file("images.json", listing.to_string())
        .file("file", "");
    for spec in ["shop.yaml", "warned.yaml"] {
        assert_eq!(case.run(&["render", spec, "--out", &format!("out/{spec}")]).status, 0);
    }
    case.write("damaged/.ecrgen/shop.json", "{");
    case
}

/// Each command line, its exit status, and the keys that its document must have.
const LINES: &[(&str, i32, &[&str])] = &[
    ("lint shop.yaml", 0, &["findings"]),
    ("lint warned.yaml broken.yaml", 1, &["findings"]),
    ("lint slip.yaml", 1, &["findings"]),
    ("lint missing.yaml", 2, &["findings"]),
    ("render shop.yaml --out fresh", 0, &["findings", "written"]),
    ("render warned.yaml --out fresh2", 0, &["findings", "written"]),
    ("render broken.yaml", 2, &["findings"]),
    ("render missing.yaml", 2, &["findings"]),
    ("render warned.yaml --out file", 2, &["error", "findings"]),
    ("render shop.yaml --out damaged", 2, &["error", "findings"]),
    ("check shop.yaml --out out/shop.yaml", 0, &["findings", "drift"]),
    ("check warned.yaml --out out/warned.yaml", 0, &["findings", "drift"]),
    ("check shop.yaml --out nothing", 1, &["findings", "drift"]),
    ("check broken.yaml", 2, &["findings"]),
    ("check shop.yaml --out damaged", 2, &["error", "findings"]),
    ("check shop.yaml --out out/shop.yaml --base no-such-revision", 2, &["error"]),
    ("access shop.yaml", 0, &["platforms"]),
    ("access warned.yaml", 0, &["platforms"]),
    ("access broken.yaml", 2, &["error", "findings"]),
    ("access missing.yaml", 2, &["error", "findings"]),
    ("access shop.yaml --environment nowhere", 2, &["error"]),
    ("access shop.yaml --can nobody pull cart", 2, &["error"]),
    ("simulate shop.yaml", 0, &["expectations"]),
    ("simulate failing.yaml", 1, &["expectations"]),
    ("simulate broken.yaml", 2, &["error", "findings"]),
    ("simulate shop.yaml --images images.json", 0, &["repositories"]),
    ("simulate shop.yaml --images missing.json", 2, &["error"]),
    ("simulate shop.yaml --images file", 2, &["error"]),
    ("simulate --policy policy.json --images images.json", 0, &["repositories", "findings"]),
    ("simulate --policy refused.json --images images.json", 2, &["error", "findings"]),
    ("simulate shop.yaml --repository cart --schedule nonsense", 2, &["error"]),
    ("lint shop.yaml --frobnicate", 2, &["error"]),
    ("render", 2, &["error"]),
];

fn run(case: &Case, line: &str, format: &str) -> Outcome {
    case.run(&line.split(' ').chain(["--format", format]).collect::<Vec<_>>())
}

#[test]
fn json_is_exactly_one_document_on_standard_output() {
    let case = case();
    for (line, status, keys) in LINES {
        let outcome = run(&case, line, "json");
        assert_eq!(outcome.status, *status, "{line}: {}{}", outcome.out, outcome.err);
        assert_eq!(outcome.err, "", "{line}");
        let document: Value = serde_json::from_str(&outcome.out)
            .unwrap_or_else(|error| panic!("{line}: not exactly one document ({error}): {}", outcome.out));
        assert_eq!(document["format_version"], 2, "{line}");
        for key in *keys {
            assert!(document.get(key).is_some(), "{line}: no key `{key}` in {document:#}");
        }
        let is_failure = keys.contains(&"error");
        assert_eq!(document.get("error").is_some(), is_failure, "{line}: {document:#}");
    }
}

/// `access` and the previews of `simulate` have nothing that is wrong at a place, so they reject the format, in the format.
#[test]
fn sarif_is_exactly_one_valid_document_on_standard_output() {
    let case = case();
    let validator = validator();
    for (line, status, keys) in LINES {
        let is_rejected = line.starts_with("access") || line.contains("--images") || line.contains("--schedule");
        let outcome = run(&case, line, "sarif");
        assert_eq!(outcome.status, if is_rejected { 2 } else { *status }, "{line}: {}{}", outcome.out, outcome.err);
        assert_eq!(outcome.err, "", "{line}");
        let document: Value = serde_json::from_str(&outcome.out)
            .unwrap_or_else(|error| panic!("{line}: not exactly one document ({error}): {}", outcome.out));
        let errors = validator.iter().flat_map(|validator| validator.iter_errors(&document));
        let errors: Vec<String> = errors.map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{line}: {errors:?}: {document:#}");
        assert_eq!((&document["version"], document["runs"].as_array().map(Vec::len)), (&"2.1.0".into(), Some(1)));
        let run = &document["runs"][0];
        let is_unread = *line == "lint missing.yaml" || *line == "render missing.yaml";
        let is_failure = is_rejected || is_unread || keys.contains(&"error");
        assert_eq!(run["invocations"][0]["executionSuccessful"], !is_failure, "{line}: {document:#}");
        let is_empty = run["results"].as_array().is_some_and(Vec::is_empty);
        let is_found = *status != 0 && !is_failure || line.contains("warned.yaml") && !is_rejected;
        assert!(is_failure || is_empty != is_found, "{line}: {document:#}");
    }
}

#[test]
fn workflow_commands_go_to_standard_output() {
    let case = case();
    for (line, status, _) in LINES.iter().filter(|(line, ..)| ["lint", "rend", "chec"].contains(&&line[..4])) {
        let outcome = run(&case, line, "github");
        assert_eq!((outcome.status, outcome.err.as_str()), (*status, ""), "{line}: {}", outcome.out);
        let is_command = |text: &str| text.starts_with("::");
        assert!(outcome.out.lines().all(is_command), "{line}: {}", outcome.out);
        assert_eq!(outcome.out.contains("::error "), *status != 0 && !line.contains("warned.yaml --out out"), "{line}");
    }
}

#[test]
fn a_document_contains_the_findings_that_people_read_on_standard_error() {
    let case = case();
    for (line, code) in [
        ("render broken.yaml", "malformed"),
        ("check warned.yaml --out out/warned.yaml", "shared-retention-count"),
        ("render warned.yaml --out file", "shared-retention-count"),
        ("access broken.yaml", "malformed"),
        ("simulate broken.yaml", "malformed"),
        ("simulate missing.yaml", "unreadable-file"),
        ("simulate --policy policy.json --images images.json", "count-of-any"),
        ("simulate --policy refused.json --images images.json", "number-out-of-range"),
    ] {
        let document: Value = serde_json::from_str(&run(&case, line, "json").out).expect("a document");
        let findings = document["findings"].as_array().expect("a list");
        let codes: Vec<&Value> = findings.iter().map(|finding| &finding["code"]).collect();
        assert!(codes.contains(&&Value::from(code)), "{line}: {document:#}");
    }
}

#[test]
fn a_failed_expectation_is_the_result_of_simulate() {
    let outcome = run(&case(), "simulate failing.yaml", "sarif");
    let document: Value = serde_json::from_str(&outcome.out).expect("a document");
    let results = document["runs"][0]["results"].as_array().expect("a list");
    let [result] = results.as_slice() else { panic!("{document:#}") };
    assert_eq!((&result["ruleId"], &result["level"]), (&"failed-expectation".into(), &"error".into()));
    let other = run(&case(), "simulate failing.yaml --repository search", "sarif");
    let document: Value = serde_json::from_str(&other.out).expect("a document");
    assert_eq!((other.status, document["runs"][0]["results"].as_array().map(Vec::len)), (0, Some(0)));
}

/// AWS's paths, as in the text.
#[test]
fn a_finding_about_a_policy_file_names_the_file_and_the_rule() {
    let line = "simulate --policy refused.json --images images.json";
    let document: Value = serde_json::from_str(&run(&case(), line, "json").out).expect("a document");
    let finding = &document["findings"][0];
    assert_eq!((&finding["file"], &finding["severity"]), (&"refused.json".into(), &"error".into()), "{document:#}");
    assert!(finding["path"].as_str().is_some_and(|path| path.starts_with("/rules/0")), "{finding}");
    assert_eq!(document["files"], serde_json::json!(["refused.json"]));
}
