//! Whatever a spec or a file on disk contains, reports do not panic and do not act on the terminal.

use ecrgen::diagnostic::{Diagnostic, Label, Severity};
use ecrgen::escape::terminal::Charset;
use ecrgen::report::files::{self, Action, Drift, DriftKind, DriftedFile, WrittenFile};
use ecrgen::report::{Color, Style, findings};
use ecrgen::source::{Sources, Span};
use proptest::prelude::*;

use super::finding;
use super::github::read;

/// Ordinary text, mixed with everything that terminals, line counters and column counters handle badly.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z:# \"]{0,12}",
        3 => Just("\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => "\\PC{0,4}",
        2 => any::<char>().prop_map(String::from),
        2 => prop::sample::select(vec![
            "\u{1b}[31m", "\u{1b}]8;;x\u{1b}\\", "\0", "\t", "\r", "\u{7f}", "\u{9b}31m", "\u{85}", "\u{202e}", "\u{2066}", "\u{200b}",
            "\u{200d}", "\u{2028}", "\u{feff}", "日本", "e\u{301}", "👩\u{200d}🚀", "::error::x", "%0A",
        ]).prop_map(str::to_owned),
        1 => (1..400usize).prop_map(|n| "x".repeat(n)),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A span in one of two files. It can be past the end, inside a character or reversed.
fn span() -> impl Strategy<Value = Span> {
    (0..2u32, 0..600u32, 0..600u32).prop_map(|(file, start, end)| Span { file, start, end })
}

fn diagnostic() -> impl Strategy<Value = Diagnostic> {
    let severity = prop::sample::select(vec![Severity::Note, Severity::Warning, Severity::Error]);
    let label = (span(), text()).prop_map(|(span, text)| Label { span, text });
    (severity, text(), prop::collection::vec(label, 0..4), prop::option::of(text()), text()).prop_map(
        |(severity, message, labels, help, path)| Diagnostic {
            labels,
            help,
            path: path.into(),
            ..finding(severity, "code", Span::default(), &message)
        },
    )
}

fn drifted() -> impl Strategy<Value = DriftedFile> {
    let kind = prop_oneof![
        (text(), text()).prop_map(|(old, new)| DriftKind::Changed { old, new }),
        text().prop_map(|new| DriftKind::Missing { new }),
        Just(DriftKind::Orphaned),
    ];
    (text(), kind, prop::option::of(span())).prop_map(|(path, kind, origin)| DriftedFile {
        cause: Some(path.clone()),
        path,
        kind,
        origin,
    })
}

pub(super) fn acts_on_a_terminal(c: char) -> bool {
    c != '\n' && (c.is_control() || "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}".contains(c) || is_bidi_control(c))
}

fn is_bidi_control(c: char) -> bool {
    ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c)
}

fn assert_harmless(out: &str) {
    assert_eq!(out.chars().find(|&c| acts_on_a_terminal(c)), None, "{out:?}");
    assert!(out.is_empty() || out.ends_with('\n'), "{out:?}");
}

/// Removes the colors that the report itself prints. The rest must be harmless.
fn assert_harmless_but_for_colors(colored: &str) {
    let mut out = String::new();
    let mut rest = colored;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        let (code, after) = after.split_once('m').expect("a color ends with m");
        assert!(
            ["0", "1", "33", "36", "91", "92", "93", "94", "96"].contains(&code),
            "{code:?} is not one of the report's colors"
        );
        out.push_str(before);
        rest = after;
    }
    assert_harmless(&(out + rest));
}

proptest! {
    #[test]
    fn reports_never_panic_and_never_act_on_the_terminal(
        specs in (text(), text(), text(), text()),
        found in prop::collection::vec(diagnostic(), 0..4),
        drifted in prop::collection::vec(drifted(), 0..3),
        path in text(),
        remedy in text(),
    ) {
        let mut sources = Sources::default();
        sources.add(specs.0, specs.1);
        sources.add(specs.2, specs.3);
        let drift = Drift { checked: 3, files: drifted, remedy, full: true };
        let written = [Action::Created, Action::Removed].map(|action| WrittenFile { path: path.clone(), action });
        let text = |color, charset| {
            let style = Style { color, charset, width: None };
            [
                findings::text(style, &sources, &found),
                files::text::drift(style, &sources, &found, &drift),
                files::text::written(style, &sources, &found, &written),
            ]
        };
        let json = [
            findings::json(&sources, &found),
            files::json::drift(&sources, &found, &drift),
            files::json::written(&sources, &found, &written),
        ];
        let github = [
            findings::github(&sources, &found),
            files::github::drift(&sources, &found, &drift),
            files::github::written(&sources, &found, &written),
        ];

        for out in text(Color::Plain, Charset::Utf8) {
            assert_harmless(&out);
        }
        for out in text(Color::Plain, Charset::Ascii) {
            assert_harmless(&out);
            prop_assert!(out.is_ascii(), "{out:?}");
        }
        for out in text(Color::Colored, Charset::Utf8) {
            assert_harmless_but_for_colors(&out);
        }
        for out in json {
            assert_harmless(&out);
            let json: serde_json::Value = serde_json::from_str(&out).expect("the report is JSON");
            prop_assert_eq!(json["findings"].as_array().map(Vec::len), Some(found.len()));
        }
        for out in github {
            assert_harmless(&out);
            for line in out.lines() {
                let (name, _, _) = read(line);
                prop_assert!(["error", "warning", "notice"].contains(&name.as_str()));
            }
        }
    }
}
