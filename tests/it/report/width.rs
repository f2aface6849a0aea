//! Reports fit into the width of the terminal, which `COLUMNS` sets.

use crate::harness::Case;

const SPEC: &str = "\
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"build-{sha:8}\" }
repositories: { cart: { retention: [{ keep: 5, of: build }] } }
access:
  pipeline: { can: [push], repositories: all, github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] } }
expect:
  five images are kept, however many images the pipelines push: { repository: cart, pushes: { build: 20/day }, for: 30d, kept: 5 }
";

const COMMANDS: [&[&str]; 6] = [
    &["access", "spec.yaml"],
    &["access", "spec.yaml", "--can", "pipeline", "push", "cart"],
    &["explain", "shared-retention-count"],
    &["explain"],
    &["simulate", "spec.yaml"],
    &["simulate", "spec.yaml", "--at", "2026-11-27", "--schedule", "build: 5/day for 60d"],
];

#[test]
fn no_line_is_wider_than_the_terminal_and_no_word_is_lost() {
    let case = Case::new().file("spec.yaml", SPEC);
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for arguments in COMMANDS {
        let whole = case.run(arguments).out;
        assert!(whole.lines().any(|line| line.chars().count() > 70), "{arguments:?}: {whole}");
        let output = case.command(arguments).env("COLUMNS", "70").output().expect("the program runs");
        let narrow = String::from_utf8(output.stdout).expect("UTF-8");
        let wide: Vec<&str> = narrow.lines().filter(|line| line.chars().count() > 70).collect();
        assert!(wide.is_empty(), "{arguments:?}: {wide:#?}");
        assert_eq!(words(&narrow), words(&whole), "{arguments:?}");
    }
}

#[test]
fn a_line_of_a_spec_is_cut_around_its_label() {
    let case = Case::new().file("spec.yaml", SPEC.replace("can: [push]", "can: [pusch]"));
    let output = case.command(&["lint", "spec.yaml"]).env("COLUMNS", "60").output().expect("the program runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let text = format!("{out}{err}");
    let quoted: Vec<&str> = text.lines().filter(|line| line.starts_with("7 |")).collect();
    assert!(!quoted.is_empty() && quoted.iter().all(|line| line.chars().count() <= 60), "{text}");
    assert!(quoted.iter().any(|line| line.contains("pusch")), "{text}");
}

#[test]
fn an_impossible_width_is_ignored() {
    let case = Case::new().file("spec.yaml", SPEC);
    let whole = case.run(&["access", "spec.yaml"]).out;
    for columns in ["0", "", "wide", "-1"] {
        let output = case.command(&["access", "spec.yaml"]).env("COLUMNS", columns).output().expect("the program runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), whole, "{columns}");
    }
}
