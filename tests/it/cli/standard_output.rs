//! Standard output that cannot be written: a full disk is an error, a closed pipe is not.

use std::fs::File;
use std::process::{Command, Stdio};

use super::{SHOP, WARNED};
use crate::harness::Case;

/// Arguments for each way in which a command prints something.
pub(super) const PRINTING: &[&[&str]] = &[
    &["render", "shop.yaml", "--out", "out"],
    &["check", "shop.yaml", "--out", "out"],
    &["lint", "warned.yaml"],
    &["explain"],
    &["explain", "plan-can-write"],
    &["schema"],
    &["init"],
    &["completions", "zsh"],
    &["man", "check"],
    &["access", "shop.yaml"],
    &["tag", "shop.yaml", "--parse", "v1.5.0"],
    &["simulate", "shop.yaml", "--repository", "cart", "--schedule", "release: 3/day for 10d"],
    &["simulate", "shop.yaml", "--repository", "cart", "--schedule", "release: 3/day for 10d", "--format", "json"],
];

fn run_all(stdout: impl Fn() -> Stdio) -> Vec<(String, Option<i32>, String)> {
    let case = Case::new().file("shop.yaml", SHOP).file("warned.yaml", WARNED);
    let run = |arguments: &&[&str]| {
        let mut command: Command = case.command(arguments);
        let output = command.stdout(stdout()).stderr(Stdio::piped()).output().expect("the program runs");
        let err = String::from_utf8(output.stderr).expect("UTF-8");
        (arguments.join(" "), output.status.code(), err)
    };
    PRINTING.iter().map(run).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn reports_a_full_disk() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").expect("Linux has /dev/full"));
    for (command, status, err) in run_all(full) {
        assert_eq!(status, Some(2), "{command}\n{err}");
        assert_eq!(err, "error: cannot write to standard output: No space left on device (os error 28)\n", "{command}");
    }
}

#[cfg(unix)]
#[test]
fn ignores_a_closed_pipe() {
    let closed = || {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        Stdio::from(writer)
    };
    for (command, status, err) in run_all(closed) {
        assert!(matches!(status, Some(0 | 1)), "{command}: {status:?}\n{err}");
        assert_eq!(err, "", "{command}");
    }
}
