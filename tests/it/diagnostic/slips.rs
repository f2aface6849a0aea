//! Slips of YAML: the finding names the cause.

use crate::harness::{Compiled, HEAD};

/// The helps of all findings, and the labels other than the first, with their text in the spec.
fn explained(spec: &str) -> (Vec<String>, Vec<(String, String)>) {
    let text = format!("{HEAD}{spec}");
    let compiled = Compiled::of(text.as_str());
    let findings = compiled.findings();
    assert!(!findings.is_empty(), "{spec}");
    let helps = findings.iter().filter_map(|finding| finding.help.clone()).collect();
    let labels = findings.iter().flat_map(|finding| &finding.labels[1..]);
    let at = |span: ecrgen::source::Span| text[span.start as usize..span.end as usize].to_owned();
    (helps, labels.map(|label| (at(label.span), label.text.clone())).collect())
}

fn has_help(spec: &str, expected: &str) {
    let (helps, _) = explained(spec);
    assert!(helps.iter().any(|help| help == expected), "{spec}{helps:#?}");
}

#[test]
fn a_comma_after_a_brace() {
    let help = "delete the comma: only the entries inside of `{ }` and `[ ]` are separated by commas";
    has_help("repositories:\n  cart: { encryption: kms },\n  search: {}\n", help);
    has_help("repositories: { cart: {} },\n", help);
    has_help("repositories:\n  cart: { services: [a, b] },\n", help);
}

/// The names are those of the Unicode Character Database.
#[test]
fn characters_that_look_like_others() {
    let letter = |fixed: &str, letter: &str, latin: &str| {
        format!("write `{fixed}`: {letter}, which only looks like the Latin letter `{latin}`")
    };
    let es = "`\u{441}` is the Cyrillic letter U+0441";
    has_help("repositories:\n  \u{441}art: {}\n", &letter("cart", es, "c"));
    let o = "`\u{43e}` is the Cyrillic letter U+043E";
    has_help("rep\u{43e}sitories:\n  cart: {}\n", &letter("repositories", o, "o"));
    has_help("repositories: { cart: { retention: [{ keep: 5, \u{43e}f: untagged }] } }\n", &letter("of", o, "o"));
    has_help(
        "repositories: { cart: { tag_mutability: mutab\u{3b9}e } }\n",
        &letter("mutabie", "`\u{3b9}` is the Greek letter U+03B9", "i"),
    );
    let space = "write an ordinary space instead of the character U+00A0, which is a no-break space";
    has_help("repositories:\n\u{a0}\u{a0}cart: {}\n", space);
    has_help("repositories:\n  cart:\u{a0}{}\n", space);
    has_help("repositories\u{ff1a}\n  cart: {}\n", "write `:` instead of `\u{ff1a}` (U+FF1A)");
    has_help("repositories: { cart: { name: \u{201c}web\u{201d} } }\n", "write `\"` instead of `\u{201c}` (U+201C)");
    has_help("repositories:\n  cart: {}\n  \u{2013} search: {}\n", "write `-` instead of `\u{2013}` (U+2013)");
    has_help("repositories: { ca\u{200b}rt: {} }\n", "delete the invisible character U+200B");
}

/// Text in any language is fine where the spec takes any text.
#[test]
fn letters_of_other_alphabets_in_free_text() {
    let compiled = Compiled::of(format!(
        "{HEAD}repositories: {{ cart: {{ retention: [{{ keep: 5, of: untagged, description: \u{441}\u{43e}\u{440} }}] }} }}\n"
    ));
    assert_eq!(compiled.errors(), [""; 0]);
}

#[test]
fn a_bracket_or_quote_is_shown_where_it_opened() {
    let opened = |spec: &str| explained(spec).1;
    let shown = |mark: &str, text: &str| vec![(mark.to_owned(), text.to_owned())];
    // The finding itself is at the `[`.
    assert_eq!(opened("repositories:\n  cart: { services: [a, b }\n  search: {}\n"), [] as [(String, String); 0]);
    assert_eq!(opened("repositories:\n  cart: { services: [a, b\n  search: {}\n"), shown("[", "`[` opened here"));
    assert_eq!(opened("repositories:\n  cart: { encryption: kms\n  search: {}\n"), shown("{", "`{` opened here"));
    assert_eq!(opened("repositories:\n  cart: { name: \"web }\n  search: {}\n"), shown("\"", "quote opened here"));
    assert_eq!(opened("repositories:\n  cart: { name: 'web }\n"), shown("'", "quote opened here"));
}

#[test]
fn a_comment_that_hides_a_value_or_a_brace() {
    let value = "if the text after `#` is the value, put it in quotes; without quotes, `#` begins a comment";
    let comment = ("#".to_owned(), "begins a comment".to_owned());
    for spec in ["repositories:\n  cart: # {}\n", "names:\n  role: #{platform}\nrepositories: { cart: {} }\n"] {
        has_help(spec, value);
        assert!(explained(spec).1.contains(&comment), "{spec}");
    }
    for spec in [
        "repositories:\n  cart: { name: web #2 }\n  search: {}\n",
        "repositories: { cart: { retention: [{ keep: 5 #of: untagged }] } }\n",
    ] {
        let (helps, labels) = explained(spec);
        assert!(helps[0].starts_with("`#` after a space begins a comment"), "{spec}{helps:#?}");
        assert!(labels.contains(&comment), "{spec}{labels:#?}");
    }
}
