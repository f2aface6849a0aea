//! Every code has a correct page: the bad example has the finding, and the good example has no findings.

mod words;

use std::collections::BTreeSet;

use ecrgen::catalog;
use ecrgen::diagnostic::{Code, Diagnostic, Example, Severity};

use crate::harness::{Case, Compiled, repository, texts_below};

/// Codes whose bad example cannot avoid another error: the code, the other code, and the reason.
const COMPANIONS: &[(&str, &str, &str)] =
    &[("yaml-alias", "yaml-anchor", "an alias without an anchor to refer to is not valid YAML")];

/// All codes whose example is a spec, with that spec.
fn specs(example: impl Fn(&Code) -> Example) -> impl Iterator<Item = (&'static Code, &'static str)> {
    catalog::all().into_iter().filter_map(move |code| match example(code) {
        Example::Spec(text) => Some((code, text)),
        Example::Words(_) => None,
    })
}

#[test]
fn names_are_unique() {
    let codes = catalog::all();
    let names: BTreeSet<&str> = codes.iter().map(|code| code.name).collect();
    assert_eq!(names.len(), codes.len());
}

/// The name of every code in the source, wherever it is declared, has a page.
#[test]
fn every_code_of_the_source_is_in_the_catalog() {
    let known: BTreeSet<&str> = catalog::all().iter().map(|code| code.name).collect();
    let mut found = BTreeSet::new();
    for (path, text) in texts_below(&repository().join("src")) {
        // A code is declared as `name: "…"` on the line before its severity.
        for (line, next) in text.lines().zip(text.lines().skip(1)) {
            let name = line.trim().strip_prefix("name: \"").and_then(|rest| rest.strip_suffix("\","));
            if let Some(name) = name.filter(|_| next.trim().starts_with("severity: ")) {
                assert!(known.contains(name), "{path}: {name}");
                found.insert(name.to_owned());
            }
        }
    }
    // The constraints on lifecycle policies are declared by a macro.
    assert!(found.len() > 100, "{}", found.len());
}

#[test]
fn every_page_is_complete() {
    for code in catalog::all() {
        let (Example::Spec(bad) | Example::Words(bad)) = code.bad;
        let (Example::Spec(good) | Example::Words(good)) = code.good;
        for part in [code.what, code.why, code.source, bad, good] {
            assert!(!part.trim().is_empty(), "{}", code.name);
        }
        assert!(
            code.what.ends_with('.') && code.why.ends_with(['.', '"']),
            "{}: `what` and `why` must be full sentences",
            code.name
        );
    }
}

#[test]
fn bad_examples_have_only_the_error_of_their_page() {
    let mut wrong = Vec::new();
    for (code, text) in specs(|code| code.bad) {
        let compiled = Compiled::of(text);
        let found = compiled.findings();
        if !found.iter().any(|finding| finding.code == code) {
            wrong.push(format!("the bad example of {code} does not have the finding"));
        }
        let is_companion = |other: &str| COMPANIONS.iter().any(|(of, name, _)| (*of, *name) == (code.name, other));
        let is_expected = |name: &str| name == code.name || is_companion(name);
        for Diagnostic { code: other, severity, message, .. } in found {
            assert_eq!(*severity, other.severity, "{other}");
            if *severity == Severity::Error && !is_expected(other.name) {
                wrong.push(format!("the bad example of {code} also has the error {other}: {message}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn good_examples_compile_without_findings() {
    let mut wrong = Vec::new();
    for (code, text) in specs(|code| code.good) {
        let compiled = Compiled::of(text);
        let found = compiled
            .findings()
            .iter()
            .map(|finding| format!("the good example of {code} has {}: {}", finding.code, finding.message));
        wrong.extend(found);
        if compiled.outputs().len() != 1 {
            wrong.push(format!("the good example of {code} has {} outputs", compiled.outputs().len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The good example shows how to fix the finding, not a different platform.
#[test]
fn good_examples_share_lines_with_bad_ones() {
    for (code, bad) in specs(|code| code.bad) {
        let Example::Spec(good) = code.good else {
            panic!("{}: one example is a spec and the other is in words", code.name)
        };
        let lines: BTreeSet<&str> = bad.lines().collect();
        let shared = good.lines().filter(|line| lines.contains(line)).count();
        assert!(shared > 1 && bad != good, "{}", code.name);
    }
}

#[test]
fn explain_prints_every_page() {
    for code in catalog::all() {
        let outcome = Case::new().run(&["explain", code.name]);
        assert_eq!((outcome.status, outcome.err.as_str()), (0, ""), "{}", code.name);
        let page: String = outcome.out.lines().map(|line| line.trim_start().to_owned() + "\n").collect();
        let (Example::Spec(bad) | Example::Words(bad)) = code.bad;
        let (Example::Spec(good) | Example::Words(good)) = code.good;
        let heading = format!("{} ({})", code.name, code.severity);
        let parts = [heading.as_str(), code.what, code.why, "Bad:", "Good:", code.source];
        for part in parts.into_iter().chain(bad.lines()).chain(good.lines()) {
            assert!(page.contains(part.trim_start()), "{}: `{part}` is missing in\n{page}", code.name);
        }
    }
}

#[test]
fn explain_lists_all_codes() {
    let outcome = Case::new().run(&["explain"]);
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""));
    let lines: Vec<&str> = outcome.out.lines().collect();
    let codes = catalog::all();
    assert_eq!(lines.len(), codes.len());
    for (line, code) in lines.iter().zip(codes) {
        assert!(line.split_whitespace().next() == Some(code.name) && line.ends_with(code.what), "{line}");
    }
}

#[test]
fn explain_rejects_an_unknown_code() {
    let explain = |code: &str| {
        let outcome = Case::new().run(&["explain", code]);
        assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
        outcome.err
    };
    assert_eq!(
        explain("shared-retention-counts"),
        "error: the code `shared-retention-counts` does not exist: did you mean `shared-retention-count`?\n"
    );
    assert_eq!(explain("unknwon-key"), "error: the code `unknwon-key` does not exist: did you mean `unknown-key`?\n");
}

/// As `rustc --explain` and `ruff rule` do: a page per code, and the code as a finding shows it.
#[test]
fn explain_prints_the_pages_of_several_codes() {
    let outcome = Case::new().run(&["explain", "unknown-key", "error[malformed]", "UNKNOWN_KEY"]);
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""));
    let page = |code: &str| Case::new().run(&["explain", code]).out;
    assert_eq!(outcome.out, format!("{}\n\n{}", page("unknown-key"), page("malformed")));
}

#[test]
fn explain_lists_the_unknown_codes_after_the_pages_of_the_known_ones() {
    let outcome = Case::new().run(&["explain", "unknwon-key", "malformed", "zzzzzz"]);
    assert_eq!((outcome.status, outcome.out), (2, Case::new().run(&["explain", "malformed"]).out));
    assert_eq!(
        outcome.err,
        "error: 2 names do not exist:\n  the code `unknwon-key` does not exist: did you mean `unknown-key`?\n  the code `zzzzzz` \
         does not exist\n  run `ecrgen explain` to list all codes\n"
    );
    let outcome = Case::new().run(&["explain", "zzzzzz"]);
    assert_eq!(outcome.err, "error: the code `zzzzzz` does not exist\n  run `ecrgen explain` to list all codes\n");
}
