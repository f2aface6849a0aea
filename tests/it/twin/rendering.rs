//! The output of specs and their twins.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::harness::{Case, files_below, repository, texts_below};

/// Texts by path.
pub type Files = BTreeMap<String, String>;

const SPECS: &str = "specs";
const TWINS: &str = "tests/it/twin/specs";

/// The names of the shipped specs.
pub fn shipped_names() -> Vec<String> {
    names(SPECS)
}

/// The names of the twins.
pub fn twin_names() -> Vec<String> {
    names(TWINS)
}

/// The output of a shipped spec.
pub fn shipped(name: &str) -> Files {
    render(&checkout(), &format!("{SPECS}/{name}.yaml"))
}

/// The output of its twin.
pub fn twin(name: &str) -> Files {
    render(&checkout(), &format!("{TWINS}/{name}.yaml"))
}

/// The Terraform modules among the files, by their folders: each file by its name there.
pub fn modules(files: &Files) -> BTreeMap<String, Files> {
    let mut modules = BTreeMap::<String, Files>::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".tf")) {
        let (folder, name) = path.rsplit_once('/').expect("a module has a folder");
        modules.entry(folder.to_owned()).or_default().insert(name.to_owned(), text.clone());
    }
    modules
}

/// Groups names with equal files, so that Terraform runs once per group.
pub fn distinct(named: impl IntoIterator<Item = (String, Files)>) -> Vec<(Vec<String>, Files)> {
    let mut groups: Vec<(Vec<String>, Files)> = Vec::new();
    for (name, files) in named {
        match groups.iter_mut().find(|(_, others)| *others == files) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], files)),
        }
    }
    groups
}

fn names(folder: &str) -> Vec<String> {
    let files = files_below(&repository().join(folder));
    let stem = |path: &Path| Some(path.to_str()?.strip_suffix(".yaml")?.to_owned());
    let names: Vec<String> = files.iter().filter_map(|(path, _)| stem(path)).collect();
    assert!(!names.is_empty(), "{folder} has specs");
    names
}

/// A folder with the specs and the twins at their paths in the repository.
fn checkout() -> Case {
    let case = Case::new();
    // `extends` stays inside of a git repository.
    case.write(".git/HEAD", "");
    for folder in [SPECS, TWINS] {
        for (path, text) in files_below(&repository().join(folder)) {
            case.write(&format!("{folder}/{}", path.display()), text);
        }
    }
    case
}

/// The output of a spec in a folder.
pub fn render(checkout: &Case, spec: &str) -> Files {
    let outcome = checkout.run(&["render", spec, "--out", "out"]);
    assert_eq!(outcome.status, 0, "{spec}: {}{}", outcome.out, outcome.err);
    texts_below(&checkout.path("out"))
}

#[test]
fn every_shipped_spec_has_a_twin_and_every_twin_a_spec() {
    assert_eq!(twin_names(), shipped_names());
    for name in twin_names() {
        let text = fs::read_to_string(repository().join(TWINS).join(format!("{name}.yaml"))).expect("a twin");
        assert!(text.contains(&format!("extends: ../../../../{SPECS}/{name}.yaml\n")), "{name}: {text}");
    }
}
