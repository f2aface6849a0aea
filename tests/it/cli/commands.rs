//! Rules for every command, including future ones.

use std::collections::BTreeSet;
use std::fs;

use super::standard_output::PRINTING;
use crate::harness::{Case, repository};

fn names() -> BTreeSet<String> {
    ecrgen::cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

#[test]
fn every_command_is_in_the_table_of_the_readme() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("the README");
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `ecrgen "));
    let words = rows.filter_map(|row| row.split([' ', '`']).next()).map(str::to_owned);
    assert_eq!(words.collect::<BTreeSet<_>>(), names());
}

#[test]
fn every_help_text_describes_the_command_and_its_exit_statuses() {
    for command in ecrgen::cli::command().get_subcommands_mut() {
        let help = command.render_long_help().to_string();
        let name = command.get_name();
        assert!(command.get_about().is_some_and(|about| !about.to_string().is_empty()), "{name}");
        assert!(help.contains("Example") && help.contains("\nExit status: 0 if "), "{name}: {help}");
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "{name}: {} has no help", argument.get_id());
        }
    }
}

#[test]
fn every_command_rejects_an_unknown_flag() {
    for name in names() {
        assert_eq!(Case::new().run(&[&name, "--frobnicate"]).status, 2, "{name}");
    }
}

#[test]
fn every_command_is_tested_with_a_full_standard_output() {
    let tested: BTreeSet<String> = PRINTING.iter().map(|arguments| arguments[0].to_owned()).collect();
    assert_eq!(tested, names());
}

/// bash reads the script and offers the commands that clap knows.
#[test]
fn bash_accepts_the_completion_script() {
    let script = Case::new().run(&["completions", "bash"]).out;
    let ask =
        format!("{script}\nCOMP_WORDS=(ecrgen ren); COMP_CWORD=1; _ecrgen ecrgen ren ecrgen; echo ${{COMPREPLY[@]}}\n");
    let output = std::process::Command::new("bash").args(["-c", &ask]).output().expect("bash runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "render");
}

/// The macro of `man(7)` that begins a page, with its name and section.
#[test]
fn every_command_has_a_man_page() {
    let listed = Case::new().run(&["man", "--list"]).out;
    assert_eq!(listed.lines().map(str::to_owned).collect::<BTreeSet<_>>(), names());
    for name in names() {
        let page = Case::new().run(&["man", &name]).out;
        assert!(page.contains(&format!(".TH ecrgen-{name} 1 ")), "{page}");
        assert!(page.contains(".SH OPTIONS") && page.contains("Exit status: 0 if"), "{name}: {page}");
    }
    let whole = Case::new().run(&["man"]).out;
    assert!(
        whole.contains(".TH ecrgen 1 ") && names().iter().all(|name| whole.contains(&format!("ecrgen\\-{name}(1)"))),
        "{whole}"
    );
    let unknown = Case::new().run(&["man", "chekc"]);
    assert_eq!((unknown.status, unknown.out.as_str()), (2, ""));
    assert_eq!(unknown.err, "error: the command `chekc` does not exist: did you mean `check`?\n");
}
