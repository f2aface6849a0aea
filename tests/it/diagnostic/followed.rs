//! Following a help leads to no other error at that place. The mistakes are made at every value of the documents that use
//! every key of the language.

use ecrgen::diagnostic::{Diagnostic, Severity};
use ecrgen::language::load::load;
use ecrgen::source::Sources;
use ecrgen::yaml::{self, Node, Value};

use crate::language::accepted::{ACCEPTED, BASE};

/// The errors of reading a spec.
fn errors(text: &str) -> Vec<Diagnostic> {
    let (mut sources, mut faults) = (Sources::default(), Vec::new());
    let read = |_: &str| Ok(text.as_bytes().to_vec());
    load("spec.yaml", &read, &mut sources, &mut faults);
    faults.retain(|fault| fault.severity == Severity::Error);
    faults
}

/// The places of all values.
fn values(node: &Node, found: &mut Vec<(usize, usize, bool)>) {
    let is_list = matches!(node.value, Value::List(_));
    match &node.value {
        Value::Map(entries) => entries.iter().for_each(|entry| values(&entry.value, found)),
        Value::List(items) => items.iter().for_each(|item| values(item, found)),
        _ => {}
    }
    if is_list || !matches!(node.value, Value::Map(_) | Value::Null | Value::None) {
        found.push((node.span.start as usize, node.span.end as usize, is_list));
    }
}

/// What people write instead of a value.
fn mistakes(value: &str, is_list: bool) -> Vec<String> {
    if is_list {
        let inner = value.trim_start_matches('[').trim_end_matches(']').replace('"', "");
        return vec![format!("\"{inner}\""), format!("\"[{inner}]\""), "\"Some, Thing\"".to_owned(), "7".to_owned()];
    }
    let plain = value.trim_matches('"');
    vec![
        format!("\"{}\"", plain.to_uppercase()),
        format!("\"{plain},\""),
        format!("\"{plain} \""),
        format!("\"https://example.com/{plain}\""),
        format!("\"arn:aws:iam::123456789012:role/{plain}\""),
        "\"123456789012\"".to_owned(),
        "1.5".to_owned(),
        "3600".to_owned(),
        "\"12\"".to_owned(),
        "true".to_owned(),
        "\"true\"".to_owned(),
        "\"*\"".to_owned(),
        "\"{svc}-{enviroment}\"".to_owned(),
        "\"a, b\"".to_owned(),
    ]
}

/// The text that a help says to write, if it says so.
fn asked(help: &str) -> Option<String> {
    for start in [
        "put it in quotes: ",
        "add the unit: ",
        "remove the quotes: ",
        "write a list: ",
        "write a list with one item: ",
    ] {
        if let Some(text) = help.strip_prefix(start) {
            return Some(text.to_owned());
        }
    }
    let text = help.strip_prefix("write `")?.strip_suffix('`')?;
    (!text.contains('`') && !text.contains(": ")).then(|| text.to_owned())
}

#[test]
fn a_followed_help_leads_to_no_other_error() {
    let mut followed = 0;
    for fragment in ACCEPTED {
        let text = format!("{BASE}{fragment}\n");
        let Ok(node) = yaml::parse(0, &text) else { continue };
        let mut places = Vec::new();
        values(&node, &mut places);
        for (start, end, is_list) in places.into_iter().filter(|(start, ..)| *start >= BASE.len()) {
            for mistake in mistakes(&text[start..end], is_list) {
                let with = |value: &str| format!("{}{value}{}", &text[..start], &text[end..]);
                let wrong = with(&mistake);
                let at = |finding: &Diagnostic| {
                    finding.labels.first().is_some_and(|label| label.span.start as usize == start)
                };
                let found = errors(&wrong);
                let Some(help) = found.iter().find(|finding| at(finding)).and_then(|finding| finding.help.as_deref())
                else {
                    continue;
                };
                let Some(asked) = asked(help) else { continue };
                let right = with(&asked);
                let left: Vec<Diagnostic> = errors(&right).into_iter().filter(|finding| at(finding)).collect();
                assert!(left.is_empty(), "{wrong}help: {help}\n{right}{:?}", left[0].message);
                followed += 1;
            }
        }
    }
    assert!(followed > 500, "{followed}");
}
