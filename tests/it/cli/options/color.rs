//! `--color`: escape sequences always, never, or as the terminal needs them.

use crate::cli::WARNED;
use crate::harness::Case;

/// Whether a command prints escape sequences into a pipe.
fn is_colored(arguments: &[&str], no_color: Option<&str>) -> bool {
    let case = Case::new().file("warned.yaml", WARNED);
    let mut command = case.command(arguments);
    command.env_remove("NO_COLOR").env("TERM", "xterm-256color").envs(no_color.map(|value| ("NO_COLOR", value)));
    let output = command.output().expect("the program runs");
    [output.stdout, output.stderr].concat().contains(&0x1b)
}

#[test]
fn always_colors_pipes_also_with_no_color() {
    for arguments in [
        &["lint", "warned.yaml", "--color", "always"][..],
        &["--color=always", "lint", "warned.yaml"],
        &["check", "warned.yaml", "--color", "always"],
        &["render", "warned.yaml", "--dry-run", "--color", "always"],
        &["explain", "nonsense", "--color", "always"],
        &["lint", "--frobnicate", "--color", "always"],
        &["plan", "--color", "always"],
    ] {
        assert!(is_colored(arguments, None) && is_colored(arguments, Some("1")), "{arguments:?}");
    }
}

#[test]
fn never_and_auto_do_not_color_pipes() {
    for when in ["never", "auto"] {
        for command in [&["lint", "warned.yaml"][..], &["explain", "nonsense"], &["lint", "--frobnicate"]] {
            assert!(!is_colored(&[command, &["--color", when]].concat(), None), "{command:?} {when}");
        }
    }
}

#[test]
fn documents_have_no_colors() {
    for format in ["json", "github"] {
        assert!(!is_colored(&["lint", "warned.yaml", "--format", format, "--color", "always"], None), "{format}");
    }
}
