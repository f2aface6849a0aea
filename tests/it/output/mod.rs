//! The output as a whole: what is shipped, text that stays text, and retentions with their comments.

mod free_text;
mod golden;
mod retention;

use std::collections::BTreeMap;
use std::fs;

use ecrgen::Compilation;
use ecrgen::diagnostic::Severity;
use ecrgen::tree::Manifest;

use crate::harness::repository;

/// No waiver of a shipped spec ends before or after this day.
const TODAY: &str = "2026-11-21";

/// A shipped spec, compiled.
pub fn shipped(spec: &str) -> Compilation {
    let read = |path: &str| fs::read(repository().join(path)).map_err(|error| error.to_string());
    ecrgen::compile(&[format!("specs/{spec}.yaml")], &read, TODAY)
}

/// A text, compiled as a spec.
fn compiled(text: &str) -> Compilation {
    let read = |_: &str| Ok(text.as_bytes().to_vec());
    ecrgen::compile(&["spec.yaml".to_owned()], &read, TODAY)
}

/// The messages of the errors; none means that there is output.
fn errors(compilation: &Compilation) -> Vec<&str> {
    let errors = compilation.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.message.as_str()).collect()
}

/// All files of a compilation of one spec by path, its manifest among them.
pub fn files(compilation: &Compilation) -> BTreeMap<String, String> {
    assert_eq!(errors(compilation), [""; 0]);
    let tree = &compilation.outputs[0].tree;
    let mut files: BTreeMap<String, String> =
        tree.files().iter().map(|file| (file.path().to_string(), file.text().to_owned())).collect();
    files.insert(Manifest::path(tree.manifest().platform()), tree.manifest().to_json());
    files
}
