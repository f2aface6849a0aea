//! Several specs on the command line: each by itself where nothing is written, and together where they share a folder.

use serde_json::Value;

use crate::cli::{BROKEN, MILL, SHOP, WARNED};
use crate::harness::Case;

/// A base that defines a repository, and two specs of different platforms that extend it.
fn siblings() -> Case {
    let base = "region: eu-central-1\nenvironment: shared\nrepositories: { cart: {} }\n";
    let spec = |platform: &str| format!("extends: base.yaml\nplatform: {platform}\n");
    Case::new()
        .file("specs/base.yaml", base)
        .file("specs/shop.yaml", spec("shop"))
        .file("specs/mill.yaml", spec("mill") + "terraform: { directory: mill }\n")
}

const BOTH: [&str; 2] = ["specs/shop.yaml", "specs/mill.yaml"];

#[test]
fn lint_and_access_judge_each_spec_by_itself() {
    let case = siblings();
    for command in ["lint", "access"] {
        let outcome = case.run(&[&[command][..], &BOTH].concat());
        assert_eq!(outcome.status, 0, "{command}: {}{}", outcome.out, outcome.err);
        assert!(!(outcome.out + &outcome.err).contains("claimed-twice"));
    }
    let outcome = case.run(&["lint", "specs/shop.yaml", "specs/shop.yaml"]);
    assert_eq!(outcome.status, 0, "{}", outcome.out);
}

#[test]
fn access_shows_each_spec_in_order() {
    let outcome = siblings().run(&["access", "specs/mill.yaml", "specs/shop.yaml", "--format", "json"]);
    let document: Value = serde_json::from_str(&outcome.out).expect("one document");
    let platforms = document["platforms"].as_array().expect("a list");
    assert_eq!(platforms.iter().map(|one| &one["platform"]).collect::<Vec<_>>(), ["mill", "shop"]);
}

/// Both places are in the base, so only the message can tell which specs collide.
#[test]
fn together_reports_a_collision_with_the_files_of_the_command_line() {
    let case = siblings();
    let is_defined = "the repository `cart` in eu-central-1 is defined twice, by the platforms `mill` and `shop`";
    for arguments in [&["lint", "--together"][..], &["access", "--together"], &["render"], &["check"]] {
        let outcome = case.run(&[arguments, &BOTH].concat());
        assert_ne!(outcome.status, 0, "{arguments:?}");
        let said = outcome.out + &outcome.err;
        assert!(said.contains(&format!("{is_defined}, in `specs/mill.yaml` and `specs/shop.yaml`")), "{said}");
    }
    assert!(!case.path("shared").exists());
}

#[test]
fn a_spec_that_is_given_twice_is_named_once() {
    let outcome = siblings().run(&["render", "specs/shop.yaml", "specs/shop.yaml"]);
    let said = "the platform `shop` is defined twice, because `specs/shop.yaml` is compiled more than once";
    assert!(outcome.status == 2 && outcome.err.contains(said), "{}", outcome.err);
}

#[test]
fn folders_that_differ_in_letter_case_collide_with_the_files_of_the_command_line() {
    let case = Case::new()
        .file("shop.yaml", format!("{SHOP}terraform: {{ directory: Ecr }}\n"))
        .file("mill.yaml", format!("{MILL}terraform: {{ directory: ecr }}\n"));
    assert_eq!(case.run(&["lint", "shop.yaml", "mill.yaml"]).status, 0);
    let outcome = case.run(&["lint", "--together", "shop.yaml", "mill.yaml"]);
    assert!(outcome.out.contains("error[files-collide]"), "{}", outcome.out);
    assert!(outcome.out.contains(", from `shop.yaml` and `mill.yaml`"), "{}", outcome.out);
}

/// The errors of one spec do not hide what is wrong with the output of another.
#[test]
fn a_broken_spec_hides_nothing_of_another() {
    let labels = "platform: mill\nenvironment: prod\nregion: eu-west-1\nrepositories: { a-b: {}, a_b: {} }\n";
    let case = Case::new().file("broken.yaml", BROKEN).file("warned.yaml", WARNED).file("labels.yaml", labels);
    let said = case.run(&["lint", "broken.yaml", "warned.yaml", "labels.yaml"]).out;
    for code in ["error[malformed]", "warning[shared-retention-count]", "error[labels-collide]"] {
        assert!(said.contains(code), "{code} is missing from\n{said}");
    }
}

/// `render` compiles them as one set too.
#[test]
fn specs_that_ecrgen_finds_are_one_set() {
    let spec = |platform: &str| {
        format!("platform: {platform}\nenvironment: shared\nregion: eu-central-1\nrepositories: {{ cart: {{}} }}\n")
    };
    let case = Case::new().file("ecrgen/shop.yaml", spec("shop")).file("ecrgen/mill.yaml", spec("mill"));
    for command in ["lint", "access"] {
        let outcome = case.run(&[command]);
        let said = outcome.out + &outcome.err;
        assert!(said.contains("the repository `cart` in eu-central-1 is defined twice"), "{command}: {said}");
    }
    case.write("ecrgen/mill.yaml", spec("shop"));
    let said = case.run(&["lint"]).out;
    assert!(said.contains("the platform `shop` is defined twice") && said.contains("under `environments`"), "{said}");
}

#[test]
fn a_workspace_that_two_environments_share_is_marked_at_its_name() {
    let spec = "platform: shop\nregion: eu-central-1\nnames: { repository: \"{environment}/{repository}\" }\n\
                environments: { dev: {}, prod: {} }\nrepositories: { cart: {} }\n\
                workspace:\n  organization: acme\n  name: registry\n";
    let said = Case::new().file("shop.yaml", spec).run(&["lint", "shop.yaml"]).out;
    assert!(said.contains("the workspace `acme/registry` is defined twice"), "{said}");
    assert!(said.contains("shop.yaml:8:3\n") && said.contains("which contains `{environment}`"), "{said}");
}
