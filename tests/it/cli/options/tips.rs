//! Commands that people type because other tools have them.

use serde_json::Value;

use crate::harness::Case;

#[test]
fn a_command_of_another_tool_gets_a_tip() {
    for (command, tip) in [
        ("plan", "`ecrgen render --dry-run`"),
        ("apply", "let Terraform apply it"),
        ("destroy", "ecrgen never changes AWS"),
        ("fmt", "`ecrgen render` formats the output"),
        ("diff", "`ecrgen check`"),
        ("generate", "run `ecrgen render`"),
        ("new", "run `ecrgen init`"),
        ("version", "run `ecrgen --version`"),
    ] {
        let outcome = Case::new().run(&[command, "ecrgen.yaml"]);
        assert_eq!((outcome.status, outcome.out.as_str()), (2, ""), "{command}");
        assert!(outcome.err.starts_with(&format!("error: ecrgen has no command `{command}`\n  ")), "{}", outcome.err);
        assert!(outcome.err.contains(tip), "{}", outcome.err);
    }
    let outcome = Case::new().run(&["plan", "--format", "json"]);
    let document: Value = serde_json::from_str(&outcome.out).expect("one document");
    assert_eq!(document["error"]["message"], "ecrgen has no command `plan`");
}

/// A tip names commands that exist, and none of them has a name that gets a tip.
#[test]
fn tips_name_commands_that_exist() {
    let names: Vec<String> = ecrgen::cli::command().get_subcommands().map(|it| it.get_name().to_owned()).collect();
    for command in ["plan", "apply", "fmt", "diff", "generate", "new", "verify", "test"] {
        assert!(!names.contains(&command.to_owned()));
        let said = Case::new().run(&[command]).err;
        for named in said.split("`ecrgen ").skip(1).filter_map(|rest| rest.split([' ', '`']).next()) {
            assert!(names.contains(&named.to_owned()), "`{named}` in {said}");
        }
    }
}

#[test]
fn a_misspelled_command_still_gets_the_nearest_one() {
    let said = Case::new().run(&["rendr"]).err;
    assert!(said.contains("'render'"), "{said}");
}

#[test]
fn an_option_of_another_tool_gets_a_tip() {
    for (arguments, tip) in [
        (&["lint", "--strict"][..], "`--deny warnings`"),
        (&["check", "--warnings-as-errors"], "`--deny warnings`"),
        (&["lint", "--json"], "`--format json`"),
        (&["render", "--output-dir", "x"], "`--out DIR`"),
        (&["render", "--output-dir=x"], "`--out DIR`"),
        (&["access", "--env", "prod"], "`--environment NAME`"),
        (&["lint", "-f", "shop.yaml"], "`ecrgen lint shop.yaml`"),
        (&["render", "--diff"], "`ecrgen render --dry-run`"),
        (&["lint", "--fix"], "`suggestion`"),
        (&["render", "--force"], "the spec confirms"),
        (&["lint", "--no-color"], "`--color never`"),
    ] {
        let outcome = Case::new().run(arguments);
        assert_eq!((outcome.status, outcome.out.as_str()), (2, ""), "{arguments:?}");
        let option = arguments[1].split('=').next().expect("a name");
        assert!(
            outcome.err.starts_with(&format!("error: this command has no option `{option}`\n  ")),
            "{}",
            outcome.err
        );
        assert!(outcome.err.contains(tip), "{}", outcome.err);
    }
    assert!(Case::new().run(&["lint", "--frobnicate"]).err.contains("Usage:"));
}

/// The options in the tips are options of the commands that the tips name.
#[test]
fn option_tips_name_options_that_exist() {
    for (command, option) in [
        ("lint", "deny"),
        ("render", "deny"),
        ("check", "deny"),
        ("render", "out"),
        ("simulate", "environment"),
        ("render", "dry-run"),
        ("check", "base"),
        ("simulate", "repository"),
    ] {
        let command = ecrgen::cli::command().find_subcommand(command).expect("a command").clone();
        assert!(command.get_arguments().any(|argument| argument.get_long() == Some(option)), "{option}");
    }
}
