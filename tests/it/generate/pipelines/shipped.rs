//! The pipelines of the shipped specs.

use super::judges::accept_gitlab;
use crate::harness::{Case, Compiled, accepts, shipped_names};

/// The files below a path of all shipped specs, in a folder, and their names there.
fn files(part: &str) -> (Case, Vec<String>) {
    let (folder, mut names) = (Case::new(), Vec::new());
    for spec in shipped_names() {
        for (path, text) in Compiled::shipped(&spec).files() {
            if path.contains(part) {
                let name = format!("{spec}/{}", path.replace('/', "-").trim_start_matches(['.', '-']));
                folder.write(&name, text);
                names.push(name);
            }
        }
    }
    (folder, names)
}

fn judged(program: &str, arguments: &[&str], (folder, names): &(Case, Vec<String>)) {
    let names = names.iter().map(String::as_str);
    accepts(program, &arguments.iter().copied().chain(names).collect::<Vec<_>>(), &folder.path(""));
}

#[test]
fn foreign_judges_accept_the_workflows() {
    let workflows = files(".github/workflows/");
    assert!(workflows.1.len() >= 9, "{:?}", workflows.1);
    judged("zizmor", &["--offline", "--no-progress", "--quiet"], &workflows);
    judged("check-jsonschema", &["--builtin-schema", "vendor.github-workflows"], &workflows);
}

#[test]
fn foreign_judges_accept_the_pipelines_of_gitlab() {
    let (folder, names) = files(".gitlab-ci/");
    assert_eq!(names.len(), 2, "{names:?}");
    names.iter().for_each(|name| accept_gitlab(&folder.read(name)));
}
