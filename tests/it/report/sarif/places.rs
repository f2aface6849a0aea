//! The paths of files: GitHub finds a file only by its path from the root of the repository.

use std::fs;

use serde_json::Value;

use super::run;
use crate::cli::{BROKEN, SHOP, rendered};
use crate::harness::Case;

fn uris(case: &Case, folder: &str, arguments: &[&str]) -> Vec<String> {
    let output = case.command(arguments).current_dir(case.path(folder)).output().expect("it runs");
    let run = run(&String::from_utf8(output.stdout).expect("UTF-8"));
    let uri = |result: &Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    let results = run["results"].as_array().expect("a list");
    results.iter().map(|result| uri(result).as_str().expect("a URI").to_owned()).collect()
}

fn repository() -> Case {
    let case = Case::new().file("infra/a b%/ünï:c.yaml", BROKEN).file("infra/shop.yaml", SHOP);
    fs::create_dir(case.path(".git")).expect("a folder");
    case
}

#[test]
fn paths_start_at_the_root_of_the_repository_and_are_percent_encoded() {
    let case = repository();
    let encoded = "infra/a%20b%25/%C3%BCn%C3%AF%3Ac.yaml";
    for (folder, spec) in [(".", "infra/a b%/ünï:c.yaml"), ("infra", "./a b%/ünï:c.yaml"), ("infra/a b%", "ünï:c.yaml")]
    {
        assert_eq!(uris(&case, folder, &["lint", spec, "--format", "sarif"]), [encoded], "{folder}");
    }
    let absolute = case.path("infra/a b%/ünï:c.yaml");
    let absolute = absolute.to_str().expect("UTF-8");
    assert_eq!(uris(&case, ".", &["lint", absolute, "--format", "sarif"]), [encoded]);
}

/// GitHub cannot show a result in a file that it only knows as a link.
#[cfg(unix)]
#[test]
fn links_are_resolved() {
    let case = repository();
    std::os::unix::fs::symlink("infra/a b%/ünï:c.yaml", case.path("link.yaml")).expect("a link");
    assert_eq!(
        uris(&case, ".", &["lint", "link.yaml", "--format", "sarif"]),
        ["infra/a%20b%25/%C3%BCn%C3%AF%3Ac.yaml"]
    );
}

#[test]
fn without_a_repository_paths_are_as_on_the_command_line() {
    let case = Case::new().file("specs/broken.yaml", BROKEN);
    let is_in_a_repository = case.path(".").ancestors().any(|folder| folder.join(".git").exists());
    assert!(!is_in_a_repository, "temporary folders are outside of repositories");
    assert_eq!(uris(&case, ".", &["lint", "specs/broken.yaml", "--format", "sarif"]), ["specs/broken.yaml"]);
}

/// The first line that differs, the place in the spec that a missing file comes from, and the start of an orphaned file.
#[test]
fn drift_is_shown_where_a_person_looks_for_it() {
    let case = rendered();
    fs::create_dir(case.path(".git")).expect("a folder");
    let path = "out/shared/ecr/repository_cart.tf";
    let edited = case.read(path).replace("= 10\n", "= 99\n");
    let line = edited.lines().position(|line| line.contains("= 99")).expect("the edit") + 1;
    case.write(path, &edited);
    fs::remove_file(case.path("out/shared/ecr/outputs.tf")).expect("our file");
    case.write("shop.yaml", SHOP.replace("  search: {}\n", "removed: { search: retain }\n"));
    let outcome = case.run(&["check", "shop.yaml", "--out", "out", "--format", "sarif"]);
    assert_eq!(outcome.status, 1);
    let run = run(&outcome.out);
    let results = run["results"].as_array().expect("a list");
    let starting = |text: &str| {
        let starts =
            |result: &&Value| result["message"]["text"].as_str().is_some_and(|message| message.starts_with(text));
        let result = results.iter().find(starts).unwrap_or_else(|| panic!("{text}: {run:#}"));
        assert_eq!((&result["ruleId"], &result["level"]), (&"drift".into(), &"error".into()));
        let physical = &result["locations"][0]["physicalLocation"];
        (physical["artifactLocation"]["uri"].clone(), physical["region"]["startLine"].clone())
    };
    assert_eq!(starting(&format!("{path} does not match the spec")), (path.into(), line.into()));
    assert_eq!(starting("out/shared/ecr/outputs.tf does not exist on disk"), ("shop.yaml".into(), 1.into()));
    let orphan = "out/shared/ecr/repository_search.tf";
    assert_eq!(starting(&format!("{orphan} is no longer generated")), (orphan.into(), 1.into()));
    // Results about `removed` would have another rule.
    assert!(results.iter().all(|result| result["ruleIndex"] == 0), "{run:#}");
    assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(1));
}
