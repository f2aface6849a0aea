//! Many errors in one file, as text, JSON and workflow commands.

use serde_json::Value as Json;

use crate::harness::{Case, Outcome};

/// Ten errors, each on a separate line.
const TEN: &str = "platform: My Shop
environment: shared
region: frankfurt
account: 123456789012
nmaes: {}
repositories:
  cart: { tag_mutability: frozen }
  Search: {}
  mail: { retention: [{ keep: 0 }] }
access:
  pipeline:
    can: [write]
    repositories: []
    github: { branches: [main] }
";

fn render(format: &str, spec: &str) -> (Case, Outcome) {
    let case = Case::new().file("platform.yaml", spec);
    let outcome = case.run(&["render", "platform.yaml", "--out", "out", "--format", format]);
    (case, outcome)
}

#[test]
fn reports_all_errors_at_once_by_place_and_writes_nothing() {
    let (case, outcome) = render("text", TEN);
    let codes: Vec<&str> =
        outcome.err.lines().filter_map(|line| line.strip_prefix("error[")?.split(']').next()).collect();
    let expected = [
        "malformed",
        "malformed",
        "wrong-type",
        "unknown-key",
        "unknown-word",
        "malformed",
        "out-of-range",
        "unknown-word",
        "empty-list",
        "missing-key",
    ];
    assert_eq!(codes, expected, "{}", outcome.err);
    let lines: Vec<&str> = outcome.err.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
    let at = |line: &str| line.split(':').nth(1).unwrap().parse::<u32>().unwrap();
    assert_eq!(lines.iter().map(|line| at(line)).collect::<Vec<_>>(), [1, 3, 4, 5, 7, 8, 9, 12, 13, 14]);
    assert!(outcome.err.ends_with(": 10 errors\n"));
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
    assert_eq!(case.snapshot().len(), 1);
}

#[test]
fn prints_one_json_document() {
    let (case, outcome) = render("json", TEN);
    let document: Json = serde_json::from_str(&outcome.out).unwrap();
    let findings = document["findings"].as_array().unwrap();
    assert_eq!((document["format_version"].as_u64(), findings.len()), (Some(2), 10));
    let account = findings.iter().find(|finding| finding["path"] == "account").unwrap();
    assert_eq!((account["severity"].as_str(), account["code"].as_str()), (Some("error"), Some("wrong-type")));
    assert_eq!((account["file"].as_str(), account["line"].as_u64()), (Some("platform.yaml"), Some(4)));
    assert_eq!((account["column"].as_u64(), account["end_column"].as_u64()), (Some(10), Some(22)));
    assert_eq!(account["help"], "put it in quotes: \"123456789012\"");
    assert_eq!((outcome.status, outcome.err.as_str()), (2, ""));
    assert_eq!(case.snapshot().len(), 1);
}

#[test]
fn prints_one_workflow_command_per_finding() {
    let (case, outcome) = render("github", TEN);
    let commands: Vec<&str> = outcome.out.lines().filter(|line| line.starts_with("::error ")).collect();
    assert_eq!(commands.len(), 10, "{}", outcome.out);
    assert!(commands[2].contains("file=platform.yaml,line=4"), "{}", commands[2]);
    assert!(commands[2].contains("expected an AWS account ID"), "{}", commands[2]);
    assert_eq!((outcome.status, outcome.err.as_str()), (2, ""));
    assert_eq!(case.snapshot().len(), 1);
}

#[test]
fn leaves_out_retention_rules_for_classes_of_other_environments() {
    let spec = "platform: shop
environments: { dev: { account: \"123456789012\" }, prod: { account: \"210987654321\" } }
region: eu-central-1
image_tags: { snapshot: { tag: \"{branch}-{sha}\", never_in: [prod] } }
repositories: { shop: { retention: [{ keep: 7, of: snapshot }] } }
";
    let (case, outcome) = render("text", spec);
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""));
    assert!(case.read("out/dev/ecr/repository_shop.tf").contains("aws_ecr_lifecycle_policy"));
    assert!(!case.read("out/prod/ecr/repository_shop.tf").contains("aws_ecr_lifecycle_policy"));
}
