//! How far what a spec makes in IAM reaches: paths, sessions, sizes, and the roles that apply it.

use std::collections::BTreeMap;

use crate::harness::module::Module;
use crate::harness::{Case, files_below};

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";

/// The spec with this after its first lines.
pub fn spec(rest: &str) -> Case {
    Case::new().file("spec.yaml", format!("{HEAD}{rest}"))
}

/// The codes and messages of all findings.
pub fn findings(rest: &str) -> Vec<(String, String)> {
    let outcome = spec(rest).run(&["lint", "spec.yaml", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&outcome.out).expect("one JSON document");
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().expect("a text").to_owned();
    let findings = report["findings"].as_array().expect("a list");
    findings.iter().map(|finding| (text(finding, "code"), text(finding, "message"))).collect()
}

/// The codes of all findings.
pub fn codes(rest: &str) -> Vec<String> {
    findings(rest).into_iter().map(|(code, _)| code).collect()
}

/// The files of a folder: the root module's (`shared/ecr`) or the bootstrap module's (`shared/ecr-workspace`).
pub fn rendered(rest: &str, folder: &str) -> BTreeMap<String, String> {
    let case = spec(rest);
    let outcome = case.run(&["render", "spec.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 0, "{}{}", outcome.out, outcome.err);
    let files = files_below(&case.path("out")).into_iter();
    let files = files.map(|(path, bytes)| (path.display().to_string(), String::from_utf8(bytes).expect("UTF-8")));
    files.filter(|(path, _)| path.rsplit_once('/').is_some_and(|(parent, _)| parent == folder)).collect()
}

/// A module of the spec.
pub fn module(rest: &str, folder: &str) -> Module {
    Module::read(&rendered(rest, folder), folder)
}
