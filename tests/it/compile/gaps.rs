//! With an error in one part of a spec, everything that is certain about the others is still reported.

use std::collections::BTreeSet;

use ecrgen::diagnostic::{Example, Severity};
use serde_json::{Value as Json, json};

use crate::harness::{Compiled, shop};
use crate::language::judge;

/// The code and the path of each warning and note.
fn remarks(compiled: &Compiled) -> BTreeSet<(&'static str, String)> {
    let findings = compiled.findings().iter().filter(|finding| finding.severity < Severity::Error);
    findings.map(|finding| (finding.code.name, finding.path.to_string())).collect()
}

#[test]
fn a_failed_expectation_comes_with_the_warning_that_explains_it() {
    let compiled = shop(
        "image_tags: { build: \"b-{sha:8}\" }\n\
         repositories: { shop: { retention: [{ keep: 5, of: tagged }, { keep: 50, of: build }] } }\n\
         expect: { builds stay: { repository: shop, pushes: { build: 5/day }, for: 7d, kept: 35 } }\n",
    );
    let mut codes = compiled.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["dead-retention-rule", "failed-expectation"]);
}

#[test]
fn an_error_in_one_part_hides_no_warning_about_another() {
    let weak = "repositories:\n  cart: { force_delete: true }\n  search: { force_delete: true, scan_on_psh: true }\n";
    let compiled = shop(weak);
    assert_eq!(compiled.errors(), ["unknown key `scan_on_psh`"]);
    assert_eq!(remarks(&compiled), [("deletable-with-images", "repositories.cart".to_owned())].into());
}

#[test]
fn an_incomplete_spec_does_not_have_unused_waivers() {
    let compiled = shop(
        "repositories:\n  cart: { force_delete: true, scan_on_psh: true }\n\
         waive: { deletable-with-images: { at: [repositories.cart], reason: it moves } }\n",
    );
    assert_eq!(compiled.codes(), ["unknown-key"]);
}

#[test]
fn a_missing_key_hides_only_what_depends_on_it() {
    let compiled = Compiled::of("platform: shop\nenvironment: dev\nrepositories: { cart: { force_delete: true } }\n");
    let mut codes = compiled.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["deletable-with-images", "missing-key"]);
}

/// The examples of all rules, as JSON, which is also YAML.
fn examples() -> Vec<Json> {
    let texts =
        ecrgen::rules::all().flat_map(|rule| [rule.code.bad, rule.code.good]).filter_map(|example| match example {
            Example::Spec(text) => Some(text),
            _ => None,
        });
    texts.map(judge::json).collect()
}

/// The paths to all values of a document, down to a depth.
fn pointers(document: &Json, depth: usize) -> Vec<String> {
    let below = |key: &str, value: &Json| {
        let key = key.replace('~', "~0").replace('/', "~1");
        let inner = if depth > 1 { pointers(value, depth - 1) } else { Vec::new() };
        std::iter::once(format!("/{key}"))
            .chain(inner.into_iter().map(|rest| format!("/{key}{rest}")))
            .collect::<Vec<_>>()
    };
    match document {
        Json::Object(entries) => entries.iter().flat_map(|(key, value)| below(key, value)).collect(),
        Json::Array(items) => items.iter().enumerate().flat_map(|(at, item)| below(&at.to_string(), item)).collect(),
        _ => Vec::new(),
    }
}

/// Each error of these kinds, at each place of each example, adds no warning and no note: what it leaves out can only hide
/// them.
#[test]
fn an_error_adds_no_warning_about_what_it_leaves_out() {
    let mut kept = 0;
    for document in examples() {
        let before = remarks(&Compiled::of(document.to_string()));
        for pointer in pointers(&document, 4) {
            let mut wrong = document.clone();
            *wrong.pointer_mut(&pointer).expect("a value") = json!({ "?": [[]] });
            let mut unknown = document.clone();
            let added = unknown.pointer_mut(&pointer).and_then(Json::as_object_mut);
            added.into_iter().for_each(|entries| drop(entries.insert("no_such_key".into(), json!(1))));
            for broken in [wrong, unknown] {
                let compiled = Compiled::of(broken.to_string());
                if compiled.errors().is_empty() {
                    continue;
                }
                let after = remarks(&compiled);
                let new: Vec<_> = after.difference(&before).collect();
                assert!(new.is_empty(), "{pointer}: {new:#?}\n{broken:#}\n{:#?}", compiled.errors());
                kept += after.len();
            }
        }
    }
    // Most of them are about other parts.
    assert!(kept > 100, "{kept}");
}
