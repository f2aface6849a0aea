//! Findings as text.

use ecrgen::diagnostic::Diagnostic;
use ecrgen::escape::terminal::Charset;
use ecrgen::report::{Color, Style, findings};
use insta::assert_snapshot;

use super::{PLAIN, Spec, error, note, span, warning};

fn text(spec: &Spec, findings: &[Diagnostic]) -> String {
    findings::text(PLAIN, &spec.sources, findings)
}

#[test]
fn a_finding_shows_place_line_label_and_help() {
    let spec = Spec::new("platform: piksel\nrepositories:\n  web-app:\n    retain: 30d\n");
    let finding = error("unknown-key", spec.first("retain"), "`retain` is not a key of a repository")
        .label("unknown key")
        .help("did you mean `retention`?");
    assert_snapshot!(text(&spec, &[finding]), @"
    error[unknown-key]: `retain` is not a key of a repository
     --> specs/piksel.yaml:4:5
      |
    4 |     retain: 30d
      |     ^^^^^^ unknown key
      |
      = help: did you mean `retention`?

    error: could not compile specs/piksel.yaml: 1 error
    ");
}

#[test]
fn further_labels_point_at_other_lines_and_files() {
    let mut spec = Spec::new("repositories:\n  web-app: {}\n  worker: {}\n  web-app: {}\n");
    let base = "defaults:\n  repositories:\n    web-app: {}\n";
    let file = spec.sources.add("specs/base.yaml", base);
    let start = base.find("web-app").unwrap();
    let finding = error("duplicate-key", spec.nth(1, "web-app"), "the key `web-app` is defined twice")
        .label("second time")
        .and(spec.first("web-app"), "first time")
        .and(span(file, start, start + 7), "and inherited")
        .help("keep one\nand remove the other");
    assert_snapshot!(text(&spec, &[finding]), @"
    error[duplicate-key]: the key `web-app` is defined twice
     --> specs/piksel.yaml:4:3
      |
    2 |   web-app: {}
      |   ------- first time
    3 |   worker: {}
    4 |   web-app: {}
      |   ^^^^^^^ second time
      |
     ::: specs/base.yaml:3:5
      |
    3 |     web-app: {}
      |     ------- and inherited
      |
      = help: keep one
              and remove the other

    error: could not compile specs/piksel.yaml: 1 error
    ");
}

#[test]
fn orders_findings_by_place_severity_and_code() {
    let spec = Spec::new("a: 1\nb: 2\n");
    let disk = Diagnostic { labels: Vec::new(), ..error("foreign-file", span(0, 0, 0), "not ours") };
    let findings = [
        disk,
        warning("z-late", spec.first("b"), "late"),
        note("a-light", spec.first("a"), "light"),
        error("y-heavy", spec.first("a"), "heavy"),
        error("x-heavy", spec.first("a"), "heavy"),
    ];
    let out = text(&spec, &findings);
    let heads: Vec<_> = out.lines().filter(|line| line.contains("]: ") || line.starts_with("error: ")).collect();
    assert_eq!(
        heads,
        [
            "error[x-heavy]: heavy",
            "error[y-heavy]: heavy",
            "note[a-light]: light",
            "warning[z-late]: late",
            "error[foreign-file]: not ours",
            "error: could not compile specs/piksel.yaml: 3 errors, 1 warning, 1 note",
        ]
    );
}

#[test]
fn the_input_order_of_the_findings_does_not_matter() {
    let spec = Spec::new("a: 1\n");
    let at = spec.first("a");
    let mut findings = vec![
        error("same", at, "second in the alphabet"),
        error("same", at, "first in the alphabet"),
        warning("same", at, "light"),
    ];
    let before = text(&spec, &findings);
    findings.reverse();
    assert_eq!(before, text(&spec, &findings));
}

#[test]
fn a_finding_about_the_disk_has_no_picture() {
    let spec = Spec::new("");
    let finding = Diagnostic {
        labels: Vec::new(),
        ..error("foreign-file", span(0, 0, 0), "`shared/ecr/versions.tf` was not written by ecrgen")
    };
    assert_snapshot!(text(&spec, &[finding.help("move it away, or rename the folder of the platform")]), @"
    error[foreign-file]: `shared/ecr/versions.tf` was not written by ecrgen
     = help: move it away, or rename the folder of the platform

    error: found 1 error
    ");
}

#[test]
fn prints_nothing_without_findings() {
    assert_eq!(text(&Spec::new("a: 1\n"), &[]), "");
}

#[test]
fn the_summary_mentions_compilation_only_if_there_are_errors() {
    let spec = Spec::new("a: 1\n");
    let note = note("x", spec.first("a"), "m");
    let warning = warning("x", spec.first("a"), "m");
    assert!(text(&spec, &[note.clone(), note.clone()]).ends_with("\n2 notes\n"));
    assert!(text(&spec, &[note, warning]).ends_with("\n1 warning, 1 note\n"));
}

#[test]
fn carets_are_aligned_after_tabs_and_wide_characters() {
    let spec = Spec::new("\tname:\t\"日本語\" # ok\n");
    let findings = [
        error("wide", spec.first("本"), "two columns wide").label("this"),
        error("after", spec.first("ok"), "after them").label("that"),
    ];
    assert_snapshot!(text(&spec, &findings), @r#"
    error[wide]: two columns wide
     --> specs/piksel.yaml:1:10
      |
    1 |     name:    "日本語" # ok
      |                 ^^ this

    error[after]: after them
     --> specs/piksel.yaml:1:16
      |
    1 |     name:    "日本語" # ok
      |                         ^^ that

    error: could not compile specs/piksel.yaml: 2 errors
    "#);
}

#[test]
fn points_at_the_end_of_a_file_and_at_an_empty_file() {
    let mut spec = Spec::new("a: 1\n");
    let empty = spec.sources.add("specs/empty.yaml", "");
    let findings = [
        error("end", span(0, 5, 5), "the file ends too early").label("`access` expected"),
        error("empty", span(empty, 0, 0), "the file is empty"),
    ];
    assert_snapshot!(text(&spec, &findings), @"
    error[end]: the file ends too early
     --> specs/piksel.yaml:2:1
      |
    2 |
      | ^ `access` expected

    error[empty]: the file is empty
     --> specs/empty.yaml:1:1
      |
    1 |
      | ^

    error: could not compile specs/piksel.yaml, specs/empty.yaml: 2 errors
    ");
}

#[test]
fn a_windows_line_end_is_not_part_of_the_line() {
    let spec = Spec::new("a: 1\r\nb: 2\r\n");
    let findings = [
        error("in", spec.nth(0, "1"), "in the line"),
        error("cr", span(0, 4, 4), "after the line"),
        error("lf", span(0, 5, 5), "between CR and LF"),
    ];
    assert_snapshot!(text(&spec, &findings), @"
    error[in]: in the line
     --> specs/piksel.yaml:1:4
      |
    1 | a: 1
      |    ^

    error[cr]: after the line
     --> specs/piksel.yaml:1:5
      |
    1 | a: 1
      |     ^

    error[lf]: between CR and LF
     --> specs/piksel.yaml:1:5
      |
    1 | a: 1
      |     ^

    error: could not compile specs/piksel.yaml: 3 errors
    ");
}

#[test]
fn shows_the_first_line_of_a_span_over_several_lines() {
    let spec = Spec::new("access:\n  ci:\n    can: [push]\n    repositories: all\n");
    let finding = error("no-principal", spec.first("ci:\n    can: [push]"), "no one can use `ci`");
    assert_snapshot!(text(&spec, &[finding.label("no principal")]), @"
    error[no-principal]: no one can use `ci`
     --> specs/piksel.yaml:2:3
      |
    2 |   ci:
      |   ^^^ no principal

    error: could not compile specs/piksel.yaml: 1 error
    ");
}

#[test]
fn cuts_a_line_of_a_megabyte_around_the_place() {
    let line = format!("k: {}BAD{} END\n", "x".repeat(500_000), "y".repeat(500_000));
    let spec = Spec::new(&line);
    let finding = error("bad", spec.first("BAD"), "`BAD` is bad").label("here");
    assert_snapshot!(text(&spec, &[finding]), @"
    error[bad]: `BAD` is bad
     --> specs/piksel.yaml:1:500004
      |
    1 | ...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxBADyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy...
      |                                                                 ^^^ here

    error: could not compile specs/piksel.yaml: 1 error
    ");
}

#[test]
fn labels_far_apart_on_a_long_line_get_separate_pictures() {
    let line = format!("{{ key: {}, key: 2 }}\n", "x".repeat(5_000));
    let spec = Spec::new(&line);
    let finding = error("twice", spec.nth(1, "key"), "`key` is defined twice").and(spec.nth(0, "key"), "first");
    let out = text(&spec, &[finding]);
    assert!(out.contains(" --> specs/piksel.yaml:1:5010\n"), "{out}");
    assert!(out.contains(" ::: specs/piksel.yaml:1:3\n"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 140), "{out}");
}

#[test]
fn marks_a_span_of_a_megabyte_at_its_start() {
    let spec = Spec::new(&format!("k: {}\n", "x".repeat(1_000_000)));
    let out = text(&spec, &[error("long", span(0, 3, 1_000_003), "too long").label("all of this")]);
    assert!(out.lines().all(|line| line.chars().count() <= 140), "{out}");
    assert!(out.contains("^^^^ all of this\n"), "{out}");
}

#[test]
fn control_and_bidirectional_characters_are_made_visible() {
    let spec = Spec::new("name: \u{1b}[31mred\u{202e}\u{9b}\n");
    let finding = error("name", spec.first("red"), "`\u{1b}[31mred\u{202e}` is not a name").label("a\u{7}b\nc");
    assert_snapshot!(text(&spec, &[finding.help("drop the \u{200f} and \u{feff}")]), @"
    error[name]: `␛[31mred�` is not a name
     --> specs/piksel.yaml:1:12
      |
    1 | name: ␛[31mred��
      |            ^^^ a␇b␊c
      |
      = help: drop the � and �

    error: could not compile specs/piksel.yaml: 1 error
    ");
}

#[test]
fn prints_only_ascii_on_a_terminal_without_unicode() {
    let spec = Spec::new("name: \"日本語\" # café\n");
    let style = Style { charset: Charset::Ascii, ..PLAIN };
    let finding = error("name", spec.first("本"), "`日本語` is not a name").label("café");
    assert_snapshot!(findings::text(style, &spec.sources, &[finding]), @r#"
    error[name]: `???` is not a name
     --> specs/piksel.yaml:1:9
      |
    1 | name: "???" # caf?
      |         ^ caf?

    error: could not compile specs/piksel.yaml: 1 error
    "#);
}

#[test]
fn colored_text_is_the_plain_text_plus_colors() {
    let spec = Spec::new("a: 1\nb: 2\n");
    let findings = [
        error("x", spec.first("a"), "heavy").label("l").and(spec.first("b"), "other").help("h"),
        warning("y", spec.first("a"), "light"),
        note("z", spec.first("a"), "lightest"),
    ];
    let style = Style { color: Color::Colored, ..PLAIN };
    let colored = findings::text(style, &spec.sources, &findings);
    assert!(colored.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), text(&spec, &findings));
}

/// There is no picture that a gutter could belong to.
#[test]
fn a_colored_finding_without_a_place_has_no_gutter() {
    let spec = Spec::new("");
    let finding = error("foreign-file", span(0, 0, 0), "`x.tf` was not written by ecrgen").help("move it away");
    let finding = Diagnostic { labels: Vec::new(), ..finding };
    let colored = findings::text(Style { color: Color::Colored, ..PLAIN }, &spec.sources, &[finding]);
    assert!(colored.contains("\u{1b}[") && !colored.contains('|'), "{colored:?}");
}
