//! Findings as JSON.

use ecrgen::diagnostic::{Diagnostic, Suggestion};
use ecrgen::report::findings;
use ecrgen::source::Edit;
use insta::assert_snapshot;
use serde_json::Value;

use super::{Spec, error, span, warning};

fn json(spec: &Spec, findings: &[Diagnostic]) -> String {
    findings::json(&spec.sources, findings)
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).expect("the report is JSON")
}

#[test]
fn the_document_contains_every_detail_of_a_finding() {
    let spec = Spec::new("repositories:\n  web-app: {}\n  web-app: {}\n");
    let finding = error("duplicate-key", spec.nth(1, "web-app"), "the key `web-app` is defined twice")
        .label("second time")
        .and(spec.nth(0, "web-app"), "first time")
        .help("keep one")
        .at("repositories.web-app");
    let disk = Diagnostic { labels: Vec::new(), ..warning("foreign-file", span(0, 0, 0), "not ours") };
    let out = json(&spec, &[finding, disk]);
    assert!(out.ends_with("}\n"));
    assert_snapshot!(out, @r#"
    {
      "format_version": 2,
      "findings": [
        {
          "severity": "error",
          "code": "duplicate-key",
          "message": "the key `web-app` is defined twice",
          "file": "specs/piksel.yaml",
          "line": 3,
          "column": 3,
          "end_line": 3,
          "end_column": 10,
          "labels": [
            {
              "file": "specs/piksel.yaml",
              "line": 3,
              "column": 3,
              "end_line": 3,
              "end_column": 10,
              "text": "second time"
            },
            {
              "file": "specs/piksel.yaml",
              "line": 2,
              "column": 3,
              "end_line": 2,
              "end_column": 10,
              "text": "first time"
            }
          ],
          "help": "keep one",
          "suggestion": null,
          "path": "repositories.web-app",
          "environments": [],
          "more": 0
        },
        {
          "severity": "warning",
          "code": "foreign-file",
          "message": "not ours",
          "file": null,
          "line": null,
          "column": null,
          "end_line": null,
          "end_column": null,
          "labels": [],
          "help": null,
          "suggestion": null,
          "path": "",
          "environments": [],
          "more": 0
        }
      ],
      "files": [
        "specs/piksel.yaml"
      ]
    }
    "#);
}

#[test]
fn a_suggestion_lists_its_edits_with_their_places() {
    let spec = Spec::new("repositories:\n  shop: { encrypton: \"kmss\" }\n");
    let both = Suggestion {
        message: "fix both spellings".into(),
        edits: vec![
            Edit { span: spec.first("encrypton"), text: "encryption".into() },
            Edit { span: spec.first("kmss"), text: "kms".into() },
        ],
        safe: false,
    };
    let finding = error("unknown-key", spec.first("encrypton"), "unknown key `encrypton`").suggest(both);
    let out = parse(&json(&spec, &[finding]));
    let place = |column: usize, end_column: usize, text: &str| {
        serde_json::json!({
            "file": "specs/piksel.yaml", "line": 2, "column": column, "end_line": 2, "end_column": end_column, "text": text
        })
    };
    let edits = [place(11, 20, "encryption"), place(23, 27, "kms")];
    let wanted = serde_json::json!({ "message": "fix both spellings", "safe": false, "edits": edits });
    assert_eq!(out["findings"][0]["suggestion"], wanted);
}

#[test]
fn prints_a_document_without_findings() {
    assert_snapshot!(json(&Spec::new("a: 1\n"), &[]), @r#"
    {
      "format_version": 2,
      "findings": [],
      "files": []
    }
    "#);
}

/// Compares every pair of characters of a text with wide characters, a tab and an empty line with a walk over the text.
#[test]
fn positions_count_characters_and_start_at_one() {
    let text = "a: é\n\n\t日本: \"🦀\"\nlast";
    let spec = Spec::new(text);
    let mut walk = Vec::new();
    let (mut line, mut column) = (1, 1);
    for (byte, c) in text.char_indices() {
        walk.push((byte, line, column));
        (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    walk.push((text.len(), line, column));

    for (i, &(start, line, column)) in walk.iter().enumerate() {
        for &(end, end_line, end_column) in &walk[i..] {
            let out = parse(&json(&spec, &[error("x", span(0, start, end), "m")]));
            let finding = &out["findings"][0];
            let got = ["line", "column", "end_line", "end_column"].map(|key| finding[key].as_u64().unwrap());
            assert_eq!(got, [line, column, end_line, end_column], "bytes {start}..{end}");
        }
    }
}

#[test]
fn keeps_the_text_and_escapes_control_characters() {
    let message = "\u{1b}[31m \u{7f} \u{9b} \u{202e} \u{2028} \u{feff} \t \r \n \" \\ é 🦀";
    let spec = Spec::new("a: 1\n");
    let out = json(&spec, &[error("x", spec.first("a"), message)]);
    assert_eq!(parse(&out)["findings"][0]["message"], message);
    assert!(out.contains("é 🦀"));
    assert!(out.contains(r"\u001b[31m \u007f \u009b \u202e \u2028 \ufeff \t \r \n"), "{out}");
}
