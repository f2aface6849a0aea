//! `-` is standard input wherever a file is read.

use std::io::Write;
use std::process::Stdio;

use crate::cli::SHOP;
use crate::harness::{Case, Outcome};

fn run(case: &Case, arguments: &[&str], input: &str) -> Outcome {
    let mut command = case.command(arguments);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // The program may end without reading.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    Outcome {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

#[test]
fn every_command_reads_a_spec_from_standard_input() {
    let case = Case::new();
    for arguments in [&["render", "-"][..], &["check", "-"], &["lint", "-"], &["access", "-"], &["simulate", "-"]] {
        let outcome = run(&case, arguments, SHOP);
        assert_eq!(outcome.status, 0, "{arguments:?}: {}{}", outcome.out, outcome.err);
    }
    assert!(case.path("shared/ecr/versions.tf").exists());
    let same = run(&case, &["simulate", "-", "--against", "spec.yaml", "--schedule", "release: 1/day for 9d"], SHOP);
    assert!(same.err.contains("cannot read spec.yaml"), "{}", same.err);
}

#[test]
fn a_finding_calls_it_stdin() {
    let outcome = run(&Case::new(), &["lint", "-"], "platform: [\n");
    assert!(outcome.status == 1 && outcome.out.contains("--> <stdin>:1:"), "{}", outcome.out);
    assert!(outcome.out.ends_with("error: could not compile <stdin>: 1 error\n"), "{}", outcome.out);
}

#[test]
fn a_spec_on_standard_input_extends_a_file_of_the_current_folder() {
    let case = Case::new().file("base.yaml", SHOP).file("x/-", SHOP);
    let outcome = run(&case, &["lint", "-"], "extends: base.yaml\nenvironment: prod\n");
    assert_eq!(outcome.status, 0, "{}", outcome.out);
    // `-` in a spec is the name of a file.
    case.write("spec.yaml", "extends: \"-\"\n");
    let outcome = run(&case, &["lint", "spec.yaml"], SHOP);
    assert!(outcome.out.contains("cannot read -: no such file"), "{}", outcome.out);
}

#[test]
fn a_spec_on_standard_input_has_the_same_limits() {
    let outcome = run(&Case::new(), &["lint", "-"], &"#".repeat(9 << 20));
    assert!(outcome.out.contains("cannot read <stdin>: it has more than 8388608 bytes"), "{}", outcome.out);
    assert_eq!(outcome.status, 2);
}

#[test]
fn only_one_option_reads_standard_input() {
    let case = Case::new().file("shop.yaml", SHOP);
    for arguments in [
        &["simulate", "-", "--images", "-"][..],
        &["simulate", "shop.yaml", "--images", "-", "--in-use", "-"],
        &["simulate", "shop.yaml", "--images", "x.json", "--manifests", "-", "--against", "-"],
    ] {
        let outcome = run(&case, arguments, "{}");
        assert_eq!(outcome.err, "error: only one option can read standard input with `-`\n", "{arguments:?}");
        assert_eq!(outcome.status, 2);
    }
}
