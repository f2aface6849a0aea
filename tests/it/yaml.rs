//! Input that is no spec at all, or is meant to hurt: a clear error, nothing written, little memory.

use std::process::Command;

use ecrgen::yaml::{MAX_BYTES, MAX_TEXT, MAX_VALUES};

use crate::harness::{Case, Outcome};

const GOOD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: { shop: {} }\n";

/// Address space that a run may take, in KiB: generous, and far below what the input could be blown up to.
const MEMORY: u32 = 400_000;

fn run(case: &Case) -> Outcome {
    let program = case.command(&["render", "spec.yaml", "--out", "out"]);
    let mut limited = Command::new("sh");
    limited.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$@\""), "sh"]).arg(program.get_program());
    limited.args(program.get_args()).current_dir(case.path("")).env("NO_COLOR", "1");
    let output = limited.output().expect("a shell");
    Outcome {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The codes and first lines of what is said about a file that is refused.
fn refused(input: impl AsRef<[u8]>) -> Vec<String> {
    let case = Case::new().file("spec.yaml", input);
    let outcome = run(&case);
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""), "{:.2000}", outcome.err);
    assert_eq!(case.snapshot().len(), 1, "something was written");
    assert!(outcome.err.len() < 1_000_000, "{} bytes of report", outcome.err.len());
    outcome
        .err
        .lines()
        .filter(|line| line.starts_with("error[") || line.starts_with("note["))
        .map(str::to_owned)
        .collect()
}

fn accepted(input: impl AsRef<[u8]>) {
    let outcome = run(&Case::new().file("spec.yaml", input));
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""));
}

#[test]
fn a_file_without_a_spec() {
    for text in ["", "\n\n", "# one\n# two\n", "---\n", "null\n", "~", "\u{feff}"] {
        assert_eq!(refused(text), ["error[empty-file]: this file holds no platform"], "{text:?}");
    }
    assert_eq!(refused("hello\n"), ["error[wrong-type]: expected a map, found text"]);
    assert_eq!(refused("5"), ["error[wrong-type]: expected a map, found the number 5"]);
    assert_eq!(refused("none"), ["error[wrong-type]: expected a map, found `none`"]);
    assert_eq!(refused("- a\n- b\n"), ["error[wrong-type]: expected a map, found a list"]);
}

#[test]
fn something_that_is_no_ordinary_file() {
    let case = Case::new();
    let outcome = run(&case);
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
    assert!(
        outcome.err.starts_with("error[unreadable-file]: cannot read spec.yaml: no such file\n"),
        "{}",
        outcome.err
    );
    case.write("spec.yaml/inside", "");
    let outcome = run(&case);
    assert!(
        outcome.err.starts_with("error[unreadable-file]: cannot read spec.yaml: it is a folder\n"),
        "{}",
        outcome.err
    );
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_not_read() {
    let zero = Case::new();
    std::os::unix::fs::symlink("/dev/zero", zero.path("spec.yaml")).unwrap();
    let pipe = Case::new();
    assert!(Command::new("mkfifo").arg(pipe.path("spec.yaml")).status().unwrap().success());
    for case in [zero, pipe] {
        let outcome = run(&case);
        assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
        let message = "error[unreadable-file]: cannot read spec.yaml: it is not an ordinary file\n";
        assert!(outcome.err.starts_with(message), "{}", outcome.err);
    }
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let comment = |length: usize| format!("{GOOD}#{}", "x".repeat(length - GOOD.len() - 1));
    accepted(comment(MAX_BYTES));
    let message = "error[unreadable-file]: cannot read spec.yaml: it has 8388609 bytes, and a spec has 8388608 at most";
    assert_eq!(refused(comment(MAX_BYTES + 1)), [message]);
}

#[test]
fn bytes_that_are_no_text() {
    let mut latin = GOOD.as_bytes().to_vec();
    latin.extend(b"names: { role: \"caf\xe9\" }\n");
    assert_eq!(refused(latin), ["error[not-text]: a byte that is not UTF-8 text: this is no YAML file"]);
    assert_eq!(refused(format!("{GOOD}# \0\n")), ["error[not-text]: a NUL byte: this is no YAML file"]);
    let utf16: Vec<u8> = format!("\u{feff}{GOOD}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(utf16), ["error[not-text]: a byte that is not UTF-8 text: this is no YAML file"]);
}

#[test]
fn other_line_ends_and_a_byte_order_mark_are_fine() {
    accepted(format!("\u{feff}{GOOD}"));
    accepted(GOOD.replace('\n', "\r\n"));
    accepted(format!("---\n{GOOD}...\n"));
}

#[test]
fn line_ends_that_no_editor_counts_are_refused() {
    let fault = ["error[lone-carriage-return]: a line ends with a carriage return alone"];
    assert_eq!(refused(GOOD.replace('\n', "\r")), fault);
    assert_eq!(refused(format!("{GOOD}resource_tags: {{ a: \"b\rc\" }}\r\n")), fault);
}

#[test]
fn what_yaml_has_and_specs_do_not() {
    let anchor = "error[yaml-anchor]: YAML anchors are not part of the spec language";
    let alias = "error[yaml-alias]: YAML aliases are not part of the spec language";
    let tag = "error[yaml-tag]: YAML tags are not part of the spec language";
    assert_eq!(refused(format!("{GOOD}names: &n {{ role: x }}\n")), [anchor]);
    assert_eq!(refused("platform: &p shop\nenvironment: *p\n"), [anchor, alias]);
    assert_eq!(refused(format!("{GOOD}&k names: {{}}\n")), [anchor]);
    assert_eq!(refused(format!("{GOOD}account: !!str 123456789012\n")), [tag]);
    assert_eq!(refused(format!("{GOOD}names: !ruby/object {{}}\n")), [tag]);
    assert_eq!(
        refused(format!("{GOOD}names:\n  <<: {{ role: x }}\n")),
        ["error[yaml-merge-key]: YAML merge keys are not part of the spec language"]
    );
    assert_eq!(
        refused(format!("%YAML 1.1\n---\n{GOOD}")),
        ["error[yaml-syntax]: lines with `%` are not part of the spec language"]
    );
    assert_eq!(
        refused(format!("{GOOD}? [a]\n: b\n")),
        ["error[complex-key]: a key is a plain word here, not a list or a map"]
    );
    for empty in ["\"\": b", ": b", "? : b", "?"] {
        assert_eq!(refused(format!("{GOOD}{empty}\n")), ["error[empty-key]: a key without a name"], "{empty}");
    }
}

#[test]
fn a_second_document() {
    let second = ["error[second-document]: a spec is one YAML document, and here a second one begins"];
    assert_eq!(refused(format!("{GOOD}---\n{GOOD}")), second);
    assert_eq!(refused(format!("{GOOD}...\n{GOOD}")), second);
    assert_eq!(refused(format!("---\n---\n{GOOD}")), second);
}

#[test]
fn a_billion_laughs() {
    let mut text = "a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for (before, name) in ('a'..'i').zip('b'..='i') {
        text += &format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", "));
    }
    let said = refused(text);
    assert_eq!(said.len(), 9 + 8 * 9);
    assert!(said.iter().all(|line| line.starts_with("error[yaml-a")), "{said:?}");
}

#[test]
fn nesting_without_end() {
    let deep = ["error[too-large]: maps and lists nest deeper than 32 levels here"];
    assert_eq!(refused("[".repeat(100_000)), deep);
    assert_eq!(refused(format!("a: {}", "[".repeat(100_000))), deep);
    assert_eq!(refused("{a: ".repeat(100_000)), deep);
    assert_eq!(refused("- ".repeat(100_000)), deep);
    assert_eq!(refused("? ".repeat(100_000)), deep);
    assert_eq!(refused((0..4000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>()), deep);
}

#[test]
fn more_values_than_a_spec_can_have() {
    let services = |count: usize| {
        let list: Vec<String> = (0..count).map(|i| format!("s{i}")).collect();
        format!(
            "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: {{ shop: {{ services: [{}] }} }}\n",
            list.join(",")
        )
    };
    let many = [format!("error[too-large]: this file has more than {MAX_VALUES} values")];
    // The three texts, the three maps around the list, and the list itself.
    accepted(services(MAX_VALUES - 7));
    assert_eq!(refused(services(MAX_VALUES - 6)), many);
    assert_eq!(refused(services(900_000)), many);
    assert_eq!(refused(format!("platform: [{}b]\n", "a,".repeat(1_000_000))), many);
}

#[test]
fn environments_do_not_multiply_without_end() {
    let entries = |name: &str| (0..1000).map(|i| format!("  {name}{i}: {{}}\n")).collect::<String>();
    let text =
        format!("platform: shop\nregion: eu-central-1\nrepositories:\n{}environments:\n{}", entries("r"), entries("e"));
    assert_eq!(
        refused(text),
        ["error[too-large]: this spec has 1000 environments and 1004000 values in all of them together"]
    );
}

#[test]
fn a_text_longer_than_any_can_be() {
    let long = |bytes: usize| {
        format!("error[too-large]: this text has {bytes} bytes, and a spec's longest may have {MAX_TEXT}")
    };
    assert_eq!(refused("x".repeat(MAX_BYTES - 1)), [long(MAX_BYTES - 1)]);
    assert_eq!(refused(format!("{GOOD}account: \"{}\"\n", "9".repeat(8_000_000))), [long(8_000_000)]);
    assert_eq!(refused(format!("{GOOD}? {}\n: x\n", "k".repeat(8_000_000))), [long(8_000_000)]);
    assert_eq!(refused(format!("{GOOD}account: \"{}\"\n", "9".repeat(MAX_TEXT))).len(), 1);
}

#[test]
fn a_report_of_very_many_faults_ends() {
    let unknown: String = (0..30_000).map(|i| format!("k{i}: 1\n")).collect();
    let twice: String = "  a: b\n".repeat(200_000);
    let nobody: String = (0..10_000).map(|i| format!("  a{i}: {{ can: [pull], repositories: [x{i}] }}\n")).collect();
    let one_line: Vec<String> = (0..30_000).map(|i| format!("k{i}: 1")).collect();
    for text in [
        format!("{GOOD}{unknown}"),
        format!("{GOOD}resource_tags:\n{twice}"),
        "?\n".repeat(1_000_000),
        format!("{GOOD}access:\n{nobody}"),
        format!("{GOOD}terraform: {{ {} }}\n", one_line.join(", ")),
    ] {
        let said = refused(text);
        assert!((100..1000).contains(&said.len()), "{}", said.len());
        assert!(said.last().unwrap().ends_with(" more findings are not shown"), "{said:?}");
    }
}
