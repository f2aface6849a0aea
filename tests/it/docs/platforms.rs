//! `docs/platforms.md`: each row leads to a line of a spec, a place in the output and a test.

use std::collections::BTreeSet;
use std::fs;

use crate::harness::repository;

/// The features of the five documents, by the letter of the document and their number, and those of all platforms (`A`).
const FEATURES: [(&str, usize); 6] = [("P", 15), ("D", 8), ("C", 6), ("L", 8), ("O", 7), ("A", 4)];

fn text(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of all tables: the feature, the spec, the output and the test.
fn rows() -> Vec<[String; 4]> {
    let page = text("docs/platforms.md");
    let rows =
        page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Row") && !line.starts_with("| ---"));
    let cells = |row: &str| {
        let cells: Vec<String> = row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
        let [feature, _, spec, output, test] = &cells[..] else { panic!("{row}") };
        [feature, spec, output, test].map(String::clone)
    };
    rows.map(cells).collect()
}

/// The code and the target of a link such as ``[`region`](../specs/shop.yaml#L3)``.
fn link(cell: &str) -> (&str, &str) {
    let (code, target) = cell.split_once("`](../").unwrap_or_else(|| panic!("{cell}"));
    (code.trim_start_matches("[`"), target.trim_end_matches(')'))
}

#[test]
fn has_every_feature_once() {
    let rows = rows();
    let found: BTreeSet<String> = rows.iter().map(|[feature, ..]| feature.clone()).collect();
    let all = FEATURES.iter().flat_map(|(letter, count)| (1..=*count).map(move |number| format!("{letter}{number}")));
    assert_eq!(found, all.collect());
    assert_eq!(rows.len(), found.len());
}

#[test]
fn leads_to_the_line_of_the_spec() {
    for [feature, spec, ..] in rows() {
        let (keys, target) = link(&spec);
        let (path, line) = target.split_once("#L").expect("a line");
        let key = format!("{}:", keys.rsplit('.').next().expect("a key"));
        let text = text(path);
        let has_key = |line: &&str| line.split(['{', ' ']).any(|word| word == key);
        let place = line.parse::<usize>().ok().and_then(|line| text.lines().nth(line - 1)).filter(|line| has_key(line));
        let lines = (1..).zip(text.lines()).filter(|(_, line)| has_key(line)).map(|(at, _)| at).collect::<Vec<usize>>();
        assert!(place.is_some(), "{feature}: {path} has {key} in lines {lines:?}, not in {line}");
    }
}

#[test]
fn leads_to_the_place_in_the_output() {
    for [feature, _, output, _] in rows() {
        let (code, path) = link(&output);
        // `terraform fmt` aligns with spaces.
        let text = text(path).split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        assert!(text.contains(code), "{feature}: {path} has no {code}");
    }
}

#[test]
fn leads_to_the_test() {
    for [feature, .., test] in rows() {
        let (module, name) = test.trim_matches('`').rsplit_once("::").expect("a path");
        let module = format!("tests/it/{}", module.replace("::", "/"));
        let files = [format!("{module}.rs"), format!("{module}/mod.rs")];
        let path = files.iter().find(|path| repository().join(path).is_file()).expect("a module");
        assert!(text(path).contains(&format!("#[test]\nfn {name}(")), "{feature}: {path} has no test {name}");
    }
}
