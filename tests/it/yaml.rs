//! Input that is not a spec, or that is malicious: it causes a clear error, writes nothing and uses little memory.

use std::process::Command;

use ecrgen::yaml::{MAX_BYTES, MAX_TEXT, MAX_VALUES};

use crate::harness::{Case, Outcome};

const GOOD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: { shop: {} }\n";

/// The address space that a run can use, in KiB: generous, and far below the size that the input could expand to.
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

/// Asserts that a file is refused, and returns the first line of each finding.
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
fn rejects_a_file_without_a_spec() {
    for text in ["", "\n\n", "# one\n# two\n", "---\n", "null\n", "~", "\u{feff}"] {
        assert_eq!(refused(text), ["error[empty-file]: this file does not contain a spec"], "{text:?}");
    }
    assert_eq!(refused("hello\n"), ["error[wrong-type]: expected a map, found text"]);
    assert_eq!(refused("5"), ["error[wrong-type]: expected a map, found the number 5"]);
    assert_eq!(refused("none"), ["error[wrong-type]: expected a map, found `none`"]);
    assert_eq!(refused("- a\n- b\n"), ["error[wrong-type]: expected a map, found a list"]);
}

#[test]
fn rejects_missing_files_and_folders() {
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
fn does_not_read_devices_and_pipes() {
    let zero = Case::new();
    std::os::unix::fs::symlink("/dev/zero", zero.path("spec.yaml")).unwrap();
    let pipe = Case::new();
    assert!(Command::new("mkfifo").arg(pipe.path("spec.yaml")).status().unwrap().success());
    for (case, why) in [(zero, "it is a link to a place outside of the repository"), (pipe, "it is not a regular file")]
    {
        let outcome = run(&case);
        assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
        let message = format!("error[unreadable-file]: cannot read spec.yaml: {why}\n");
        assert!(outcome.err.starts_with(&message), "{}", outcome.err);
    }
}

#[test]
fn does_not_read_a_file_over_the_limit() {
    let comment = |length: usize| format!("{GOOD}#{}", "x".repeat(length - GOOD.len() - 1));
    accepted(comment(MAX_BYTES));
    let message =
        "error[unreadable-file]: cannot read spec.yaml: it has 8388609 bytes, and a spec can have at most 8388608";
    assert_eq!(refused(comment(MAX_BYTES + 1)), [message]);
}

#[test]
fn rejects_bytes_that_are_not_text() {
    let mut latin = GOOD.as_bytes().to_vec();
    latin.extend(b"names: { role: \"caf\xe9\" }\n");
    assert_eq!(refused(latin), ["error[not-text]: this file is not valid UTF-8"]);
    assert_eq!(refused(format!("{GOOD}# \0\n")), ["error[not-text]: this file is not text: it contains a NUL byte"]);
    let secret = format!("{GOOD}# one\n\x00AWS_SECRET_ACCESS_KEY=hunter2\n");
    let outcome = run(&Case::new().file("spec.yaml", &secret));
    let line = GOOD.lines().count() + 2;
    assert!(
        outcome.err.contains(&format!("spec.yaml:{line}:1")) && !outcome.err.contains("hunter2"),
        "{}",
        outcome.err
    );
    let utf16: Vec<u8> = format!("\u{feff}{GOOD}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(utf16), ["error[not-text]: this file is not valid UTF-8"]);
}

#[test]
fn accepts_windows_line_endings_and_a_byte_order_mark() {
    accepted(format!("\u{feff}{GOOD}"));
    accepted(GOOD.replace('\n', "\r\n"));
    accepted(format!("---\n{GOOD}...\n"));
}

#[test]
fn rejects_lone_carriage_returns() {
    let fault = ["error[lone-carriage-return]: this line ends with only a carriage return (CR)"];
    assert_eq!(refused(GOOD.replace('\n', "\r")), fault);
    assert_eq!(refused(format!("{GOOD}resource_tags: {{ a: \"b\rc\" }}\r\n")), fault);
}

#[test]
fn rejects_yaml_features_that_specs_do_not_support() {
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
        ["error[yaml-syntax]: YAML directives (`%`) are not part of the spec language"]
    );
    assert_eq!(refused(format!("{GOOD}? [a]\n: b\n")), ["error[complex-key]: a key must be text, not a list or a map"]);
    for empty in ["\"\": b", ": b", "? : b", "?"] {
        assert_eq!(refused(format!("{GOOD}{empty}\n")), ["error[empty-key]: this key is empty"], "{empty}");
    }
}

#[test]
fn rejects_a_second_document() {
    let second = ["error[second-document]: a second YAML document begins here, but a spec is a single document"];
    assert_eq!(refused(format!("{GOOD}---\n{GOOD}")), second);
    assert_eq!(refused(format!("{GOOD}...\n{GOOD}")), second);
    assert_eq!(refused(format!("---\n---\n{GOOD}")), second);
}

#[test]
fn survives_a_billion_laughs() {
    let mut text = "a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for (before, name) in ('a'..'i').zip('b'..='i') {
        text += &format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", "));
    }
    let said = refused(text);
    // The 72 aliases are one finding.
    assert_eq!(said.len(), 9 + 1);
    assert!(said.iter().all(|line| line.starts_with("error[yaml-a")), "{said:?}");
}

#[test]
fn limits_nesting() {
    let deep = ["error[too-large]: maps and lists are nested more than 32 levels deep here"];
    assert_eq!(refused("[".repeat(100_000)), deep);
    assert_eq!(refused(format!("a: {}", "[".repeat(100_000))), deep);
    assert_eq!(refused("{a: ".repeat(100_000)), deep);
    assert_eq!(refused("- ".repeat(100_000)), deep);
    assert_eq!(refused("? ".repeat(100_000)), deep);
    assert_eq!(refused((0..4000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>()), deep);
}

#[test]
fn limits_the_number_of_values() {
    let services = |count: usize| {
        let list: Vec<String> = (0..count).map(|i| format!("s{i}")).collect();
        format!(
            "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: {{ shop: {{ services: [{}] }} }}\n",
            list.join(",")
        )
    };
    let many = [format!("error[too-large]: this file has more than {MAX_VALUES} values")];
    // The other values are three texts, three maps around the list, and the list itself.
    accepted(services(MAX_VALUES - 7));
    assert_eq!(refused(services(MAX_VALUES - 6)), many);
    assert_eq!(refused(services(900_000)), many);
    assert_eq!(refused(format!("platform: [{}b]\n", "a,".repeat(1_000_000))), many);
}

#[test]
fn limits_the_values_of_all_environments() {
    let entries = |name: &str| (0..1000).map(|i| format!("  {name}{i}: {{}}\n")).collect::<String>();
    let text =
        format!("platform: shop\nregion: eu-central-1\nrepositories:\n{}environments:\n{}", entries("r"), entries("e"));
    assert_eq!(
        refused(text),
        ["error[too-large]: this spec is too large: its 1000 environments have 1004000 values in total"]
    );
}

#[test]
fn limits_the_length_of_text() {
    let long =
        |bytes: usize| format!("error[too-large]: this text is {bytes} bytes long; the limit is {MAX_TEXT} bytes");
    assert_eq!(refused("x".repeat(MAX_BYTES - 1)), [long(MAX_BYTES - 1)]);
    assert_eq!(refused(format!("{GOOD}account: \"{}\"\n", "9".repeat(8_000_000))), [long(8_000_000)]);
    assert_eq!(refused(format!("{GOOD}? {}\n: x\n", "k".repeat(8_000_000))), [long(8_000_000)]);
    assert_eq!(refused(format!("{GOOD}account: \"{}\"\n", "9".repeat(MAX_TEXT))).len(), 1);
}

#[test]
fn limits_the_length_of_a_report() {
    let unknown: String = (0..30_000).map(|i| format!("k{i}: 1\n")).collect();
    let twice: String = "  a: b\n".repeat(200_000);
    let nobody: String = (0..10_000).map(|i| format!("  a{i}: {{ can: [pull], repositories: [x{i}] }}\n")).collect();
    let one_line: Vec<String> = (0..30_000).map(|i| format!("k{i}: 1")).collect();
    for text in [
        format!("{GOOD}{unknown}"),
        format!("{GOOD}access:\n{nobody}"),
        format!("{GOOD}terraform: {{ {} }}\n", one_line.join(", ")),
    ] {
        let said = refused(text);
        assert!((100..1000).contains(&said.len()), "{}", said.len());
        assert!(said.last().unwrap().ends_with(" more findings are not shown"), "{said:?}");
    }
    assert_eq!(refused(format!("{GOOD}resource_tags:\n{twice}")).len(), 1);
    // The empty keys, and the number of values.
    assert_eq!(refused("?\n".repeat(1_000_000)).len(), 2);
}
