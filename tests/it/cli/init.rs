//! `ecrgen init` writes a valid starter spec and never overwrites a file.

use crate::harness::Case;

#[test]
fn the_starter_spec_renders_without_findings() {
    let case = Case::new();
    let written = case.run(&["init"]);
    assert_eq!((written.status, written.err.as_str()), (0, ""));
    let said = "wrote ecrgen.yaml and ecrgen.schema.json; edit ecrgen.yaml, then run: ecrgen render\n";
    assert_eq!(written.out, said);
    for command in ["lint", "render", "check"] {
        let outcome = case.run(&[command]);
        assert_eq!((outcome.status, outcome.out.contains("[")), (0, false), "{command}: {}", outcome.out);
    }
    assert!(case.path("shared/ecr/repository_cart.tf").exists());
}

#[test]
fn keeps_an_existing_file() {
    let case = Case::new().file("ecrgen.yaml", "mine\n").file("folder/x", "");
    for (arguments, name) in [(vec!["init"], "ecrgen.yaml"), (vec!["init", "folder"], "folder")] {
        let outcome = case.run(&arguments);
        assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
        assert_eq!(outcome.err, format!("error: {name} already exists; choose another file name\n"));
    }
    assert_eq!(case.read("ecrgen.yaml"), "mine\n");
}

#[cfg(unix)]
#[test]
fn does_not_follow_a_dangling_link() {
    let case = Case::new();
    std::os::unix::fs::symlink("elsewhere.yaml", case.path("ecrgen.yaml")).unwrap();
    assert_eq!(case.run(&["init"]).status, 2);
    assert!(!case.path("elsewhere.yaml").exists());
}

#[test]
fn reports_a_missing_folder() {
    let outcome = Case::new().run(&["init", "specs/shop.yaml"]);
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
    assert!(outcome.err.starts_with("error: cannot write specs/shop.yaml: "), "{}", outcome.err);
}

/// The schema that the starter names exists, next to it, and is the one of `ecrgen schema`.
#[test]
fn writes_the_schema_that_the_starter_names() {
    for (arguments, folder) in [(&["init"][..], ""), (&["init", "specs/shop.yaml"], "specs/")] {
        let case = Case::new().file("specs/keep", "");
        let said = case.run(arguments).out;
        let spec = case.read(if folder.is_empty() { "ecrgen.yaml" } else { "specs/shop.yaml" });
        let named = spec.lines().find_map(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let path = format!("{folder}{}", named.expect("a modeline"));
        assert!(said.contains(&format!(" and {path}; ")), "{said}");
        assert_eq!(case.read(&path), case.run(&["schema"]).out);
    }
    let case = Case::new().file("ecrgen.schema.json", "mine");
    assert_eq!(case.run(&["init"]).out, "wrote ecrgen.yaml; edit ecrgen.yaml, then run: ecrgen render\n");
    assert_eq!(case.read("ecrgen.schema.json"), "mine");
}

/// The starter says how to describe several environments. Its line works as it is.
#[test]
fn the_hint_for_several_environments_works() {
    let case = Case::new();
    assert_eq!(case.run(&["init"]).status, 0);
    let starter = case.read("ecrgen.yaml");
    let is_old = |line: &&str| !line.starts_with("environment:");
    let pasted: Vec<String> =
        starter.lines().filter(is_old).map(|line| line.replacen("# environments:", "environments:", 1)).collect();
    case.write("ecrgen.yaml", pasted.join("\n"));
    let outcome = case.run(&["lint"]);
    assert_eq!((outcome.status, outcome.err.as_str()), (0, "no findings in ecrgen.yaml\n"), "{outcome:?}");
    assert_eq!(case.run(&["render"]).status, 0);
    assert!(case.path("dev/ecr/versions.tf").exists() && case.path("prod/ecr/versions.tf").exists());
}

#[test]
fn a_dash_is_standard_output() {
    let case = Case::new();
    let outcome = case.run(&["init", "-"]);
    assert!(outcome.status == 0 && outcome.out.contains("platform: shop"), "{}", outcome.out);
    assert!(case.snapshot().is_empty());
}
