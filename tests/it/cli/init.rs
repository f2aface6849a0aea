//! `ecrgen init` writes a valid starter spec and never overwrites a file.

use crate::harness::Case;

#[test]
fn the_starter_spec_renders_without_findings() {
    let case = Case::new();
    let written = case.run(&["init"]);
    assert_eq!((written.status, written.err.as_str()), (0, ""));
    assert_eq!(written.out, "wrote platform.yaml; edit it, then run: ecrgen render platform.yaml\n");
    for (arguments, status) in
        [(["lint", "platform.yaml"], 0), (["render", "platform.yaml"], 0), (["check", "platform.yaml"], 0)]
    {
        let outcome = case.run(&arguments);
        assert_eq!((outcome.status, outcome.err.as_str()), (status, ""), "{arguments:?}");
    }
    assert!(case.path("shared/ecr/repository_cart.tf").exists());
}

#[test]
fn keeps_an_existing_file() {
    let case = Case::new().file("platform.yaml", "mine\n").file("folder/x", "");
    for (arguments, name) in [(vec!["init"], "platform.yaml"), (vec!["init", "folder"], "folder")] {
        let outcome = case.run(&arguments);
        assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
        assert_eq!(outcome.err, format!("error: {name} already exists; choose another file name\n"));
    }
    assert_eq!(case.read("platform.yaml"), "mine\n");
}

#[cfg(unix)]
#[test]
fn does_not_follow_a_dangling_link() {
    let case = Case::new();
    std::os::unix::fs::symlink("elsewhere.yaml", case.path("platform.yaml")).unwrap();
    assert_eq!(case.run(&["init"]).status, 2);
    assert!(!case.path("elsewhere.yaml").exists());
}

#[test]
fn reports_a_missing_folder() {
    let outcome = Case::new().run(&["init", "specs/shop.yaml"]);
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
    assert!(outcome.err.starts_with("error: cannot write specs/shop.yaml: "), "{}", outcome.err);
}
