//! What holds for every command, also for the next one.

use std::collections::BTreeSet;
use std::fs;

use super::standard_output::SAYING;
use crate::harness::{Case, repository};

fn names() -> BTreeSet<String> {
    ecrgen::cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

#[test]
fn each_has_a_row_in_the_readme() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("the README");
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `ecrgen "));
    let words = rows.filter_map(|row| row.split([' ', '`']).next()).map(str::to_owned);
    assert_eq!(words.collect::<BTreeSet<_>>(), names());
}

#[test]
fn each_says_in_its_help_what_it_does_and_how_it_ends() {
    for command in ecrgen::cli::command().get_subcommands() {
        let name = command.get_name();
        assert!(command.get_about().is_some_and(|about| !about.to_string().is_empty()), "{name}");
        let help = command.get_long_about().map(ToString::to_string).unwrap_or_default();
        assert!(help.contains("Exit status: "), "{name}: {help}");
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "{name}: {} has no help", argument.get_id());
        }
    }
}

#[test]
fn each_refuses_a_flag_that_it_does_not_know() {
    for name in names() {
        assert_eq!(Case::new().run(&[&name, "--frobnicate"]).status, 2, "{name}");
    }
}

#[test]
fn each_is_tried_where_standard_output_takes_nothing() {
    let tried: BTreeSet<String> = SAYING.iter().map(|arguments| arguments[0].to_owned()).collect();
    assert_eq!(tried, names());
}

/// bash itself reads the script and offers what clap knows.
#[test]
fn the_completion_script_is_read_by_bash() {
    let script = Case::new().run(&["completions", "bash"]).out;
    let ask =
        format!("{script}\nCOMP_WORDS=(ecrgen ren); COMP_CWORD=1; _ecrgen ecrgen ren ecrgen; echo ${{COMPREPLY[@]}}\n");
    let output = std::process::Command::new("bash").args(["-c", &ask]).output().expect("bash runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "render");
}
