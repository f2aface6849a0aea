//! Every code has a page that is true: its bad example has the finding, its good one has none.

mod words;

use std::collections::BTreeSet;

use ecrgen::catalog;
use ecrgen::diagnostic::{Code, Diagnostic, Example, Severity};

use crate::harness::{Case, Compiled};

/// A code, an error that its bad example cannot avoid, and why.
const COMPANIONS: &[(&str, &str, &str)] =
    &[("yaml-alias", "yaml-anchor", "an alias without an anchor to refer to is not valid YAML")];

/// The codes whose examples are specs, with these.
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

#[test]
fn every_page_has_all_parts() {
    for code in catalog::all() {
        let (Example::Spec(bad) | Example::Words(bad)) = code.bad;
        let (Example::Spec(good) | Example::Words(good)) = code.good;
        for part in [code.what, code.why, code.source, bad, good] {
            assert!(!part.trim().is_empty(), "{}", code.name);
        }
        assert!(code.what.ends_with('.') && code.why.ends_with(['.', '"']), "{}: sentences", code.name);
    }
}

#[test]
fn a_bad_spec_has_the_finding_of_its_page_and_no_other_error() {
    let mut wrong = Vec::new();
    for (code, text) in specs(|code| code.bad) {
        let compiled = Compiled::of(text);
        let found = compiled.findings();
        if !found.iter().any(|finding| finding.code == code) {
            wrong.push(format!("{code} is not found in its bad example"));
        }
        let is_companion = |other: &str| COMPANIONS.iter().any(|(of, name, _)| (*of, *name) == (code.name, other));
        let is_meant = |name: &str| name == code.name || is_companion(name);
        for Diagnostic { code: other, severity, message, .. } in found {
            assert_eq!(*severity, other.severity, "{other}");
            if *severity == Severity::Error && !is_meant(other.name) {
                wrong.push(format!("{code} has the error {other}: {message}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_good_spec_has_no_finding_and_has_output() {
    let mut wrong = Vec::new();
    for (code, text) in specs(|code| code.good) {
        let compiled = Compiled::of(text);
        let found =
            compiled.findings().iter().map(|finding| format!("{code} has {}: {}", finding.code, finding.message));
        wrong.extend(found);
        if compiled.outputs().len() != 1 {
            wrong.push(format!("{code} has {} outputs", compiled.outputs().len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The good example shows how to get rid of the finding, not another platform.
#[test]
fn a_good_spec_is_the_bad_one_with_few_lines_changed() {
    for (code, bad) in specs(|code| code.bad) {
        let Example::Spec(good) = code.good else { panic!("{}: a spec and words", code.name) };
        let lines: BTreeSet<&str> = bad.lines().collect();
        let shared = good.lines().filter(|line| lines.contains(line)).count();
        assert!(shared > 1 && bad != good, "{}", code.name);
    }
}

#[test]
fn explain_prints_the_page_of_every_code() {
    for code in catalog::all() {
        let outcome = Case::new().run(&["explain", code.name]);
        assert_eq!((outcome.status, outcome.err.as_str()), (0, ""), "{}", code.name);
        let page: String = outcome.out.lines().map(|line| line.trim_start().to_owned() + "\n").collect();
        let (Example::Spec(bad) | Example::Words(bad)) = code.bad;
        let (Example::Spec(good) | Example::Words(good)) = code.good;
        let heading = format!("{} ({})", code.name, code.severity);
        let parts = [heading.as_str(), code.what, code.why, "Bad:", "Good:", code.source];
        for part in parts.into_iter().chain(bad.lines()).chain(good.lines()) {
            assert!(page.contains(part.trim_start()), "{}: `{part}` is missing from\n{page}", code.name);
        }
    }
}

#[test]
fn explain_lists_every_code_with_what_it_finds() {
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
fn a_code_that_does_not_exist_has_no_page() {
    let explain = |code: &str| {
        let outcome = Case::new().run(&["explain", code]);
        assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
        outcome.err
    };
    assert_eq!(
        explain("shared-retention-counts"),
        "error: there is no code called `shared-retention-counts`: did you mean `shared-retention-count`?\n"
    );
    assert_eq!(explain("unknwon-key"), "error: there is no code called `unknwon-key`: did you mean `unknown-key`?\n");
}
