//! Free text is data: it appears in the output unchanged or is rejected with a reason, and never becomes code.
//!
//! Covers all places where free-form text of the spec reaches a file: tags, GitHub environments, variable defaults, paths
//! of roles, and the reasons and locations of waivers. HCL normalizes text to NFC (HCL native syntax specification), so
//! texts are compared in that form.

use std::collections::BTreeMap;
use std::str::Chars;

use ecrgen::escape::is_deceptive;
use hcl::expr::Expression;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestCaseResult};
use unicode_normalization::UnicodeNormalization;

use crate::harness::Compiled;
use crate::harness::module::{Module, expression, literal, literal_key};

/// Text that other generators have mistaken for code, for the end of a token or for nothing.
const NASTY: &[&str] = &[
    "${path.module}",
    "%{ if true }x%{ endif }",
    "$${x}",
    "%%{x}",
    "$",
    "%{",
    "\"",
    "\" }\nresource \"null_resource\" \"x\" {}\n#",
    "back\\slash\\n\\u0041\\",
    "two\nlines\r\nand\ttabs",
    "<<EOT\nEOT\n",
    "# // /* */",
    "--> <script>alert(1)</script> <!--",
    "a | b || c",
    "`code` and ```fences```",
    "*bold* _it_ [link](javascript:x) ![i](y) <b>",
    "snake_case_word and _edges_",
    "1. list\n- item\n# heading\n---\n| --- |",
    "&lt;&#124;&amp;",
    "~~strike~~ $x^2$ :smile: \\| \\`",
    "{{ context }} {% raw %} {# note #}",
    "Grüße, 生产, 🚀👩‍🚀, e\u{301}, \u{202e}evil\u{202c}, \u{feff}bom, \u{2028}line, \u{a0}nbsp",
    "null",
    "true",
    "~",
    "none",
    "0x10",
    " leading and trailing ",
    "\u{7f}\u{85}\u{1b}[31m",
];

/// A text as YAML: in JSON quotation marks, with escapes for everything that YAML would fold or reject.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            ' '..='~' => quoted.push(c),
            c => quoted += &format!("\\U{:08x}", u32::from(c)),
        }
    }
    quoted + "\""
}

const BASE: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: { cart: {} }\n";

/// The output, or `None` if the text is rejected. A rejection must have a reason.
fn output(spec: &str) -> Option<BTreeMap<String, String>> {
    let compiled = Compiled::of(spec);
    let errors = compiled.errors();
    assert!(errors.iter().all(|message| !message.trim().is_empty()), "an error without a reason: {spec}");
    errors.is_empty().then(|| compiled.files())
}

fn root(files: &BTreeMap<String, String>) -> Module {
    Module::read(files, "shared/ecr")
}

/// The value at a path of keys in `jsonencode({ … })`.
fn inside<'e>(expression: &'e Expression, path: &[&str]) -> &'e Expression {
    let mut found = match expression {
        Expression::FuncCall(call) => &call.args[0],
        other => other,
    };
    for step in path {
        found = match found {
            Expression::Array(items) => &items[step.parse::<usize>().expect("an index")],
            Expression::Object(entries) => {
                let (_, value) =
                    entries.iter().find(|(key, _)| literal_key(key).as_deref() == Ok(step)).expect("a key");
                value
            }
            other => panic!("no {step} in {other:?}"),
        };
    }
    found
}

/// Checks that HCL reads both texts as the same.
fn same(found: Result<String, String>, text: &str) -> TestCaseResult {
    prop_assert_eq!(found.map_err(TestCaseError::fail)?, text.nfc().collect::<String>());
    Ok(())
}

/// Checks that a GitHub environment reaches the subjects of a trust policy. Returns whether it was accepted.
fn environment(text: &str) -> Result<bool, TestCaseError> {
    let github = format!("{{ repository: o/r, owner_id: 1, repository_id: 2, environments: [{}] }}", quoted(text));
    let spec = format!("{BASE}access: {{ ci: {{ can: [push], repositories: all, github: {github} }} }}\n");
    let Some(files) = output(&spec) else { return Ok(false) };
    let root = root(&files);
    let trust = expression(root.block("resource aws_iam_role ci"), "assume_role_policy");
    let claim = "token.actions.githubusercontent.com:sub";
    // To IAM, `${$}` is a dollar (IAM user guide, "IAM policy elements: Variables and tags").
    let subjects = |i| {
        let text = literal(inside(trust, &["Statement", "0", "Condition", "StringEquals", claim, i]))?;
        let code = text.replace("${$}", "").contains("${");
        if code { Err(format!("a variable of IAM: {text}")) } else { Ok(text.replace("${$}", "$")) }
    };
    // GitHub documentation, "OpenID Connect reference": a colon is encoded.
    let text = text.replace(':', "%3A");
    same(subjects("0"), &format!("repo:o/r:environment:{text}"))?;
    same(subjects("1"), &format!("repo:o@1/r@2:environment:{text}"))?;
    Ok(true)
}

/// Checks that the key and value of an AWS tag reach `locals`.
fn tag(key: &str, value: &str) -> Result<bool, TestCaseError> {
    let spec = format!("{BASE}resource_tags: {{ {}: {} }}\n", quoted(key), quoted(value));
    let Some(files) = output(&spec) else { return Ok(false) };
    let root = root(&files);
    let Expression::Object(tags) = expression(root.block("locals"), "standard_tags") else {
        return Err(TestCaseError::fail("the tags are no object"));
    };
    prop_assert_eq!(tags.len(), 1);
    let (found_key, found_value) = tags.iter().next().expect("one tag");
    same(literal_key(found_key), key)?;
    same(literal(found_value), value)?;
    Ok(true)
}

/// Checks that the path of a role reaches the default of a variable.
fn role_path(path: &str) -> Result<bool, TestCaseError> {
    let arn = format!("arn:aws:iam::123456789012:role/{path}/node");
    let roles = format!("[{{ variable: node, default: {} }}]", quoted(&arn));
    let spec = format!("{BASE}access: {{ nodes: {{ can: [pull], repositories: all, node_roles: {roles} }} }}\n");
    let Some(files) = output(&spec) else { return Ok(false) };
    same(literal(expression(root(&files).block("variable node"), "default")), &arn)?;
    Ok(true)
}

/// Checks that a waiver's reason and location reach the README's table, in one row of three cells.
fn waiver(at: &str, reason: &str) -> Result<bool, TestCaseError> {
    let spec = |at: &str, reason: &str| {
        let waiver = format!("{{ at: [repositories.cart, {}], reason: {} }}", quoted(at), quoted(reason));
        format!(
            "{}waive: {{ shared-retention-count: {waiver} }}\n",
            BASE.replace("{}", "{ services: [a, b], retention: [{ keep: 5, of: tagged }] }")
        )
    };
    let Some(files) = output(&spec(at, reason)) else { return Ok(false) };
    let plain = output(&spec("x", "y")).expect("x and y are accepted");
    let (text, plain) = (&files["shared/ecr/README.md"], &plain["shared/ecr/README.md"]);
    let beginning = "| shared-retention-count |";
    let (lines, plain): (Vec<&str>, Vec<&str>) = (text.split('\n').collect(), plain.split('\n').collect());
    prop_assert_eq!(lines.len(), plain.len(), "the text is on one line: {}", text);
    for (line, plain) in lines.iter().zip(plain) {
        match line.starts_with(beginning) {
            false => prop_assert_eq!(*line, plain, "the rest of the file changed"),
            true => {
                let cells = cells(line).map_err(TestCaseError::fail)?;
                let wanted = [
                    "shared-retention-count".into(),
                    plain_text(&format!("repositories.cart, {at}")),
                    plain_text(reason),
                ];
                prop_assert_eq!(cells, wanted);
            }
        }
    }
    Ok(true)
}

/// A text as a table can hold it: on one line, without control characters, with other deceptive ones replaced, trimmed.
fn plain_text(text: &str) -> String {
    let blank = |c: char| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
    let visible = |c: char| if is_deceptive(c) { '\u{fffd}' } else { c };
    let kept = text.chars().map(blank).filter(|c| !c.is_control());
    kept.map(visible).collect::<String>().trim_matches(' ').to_owned()
}

/// The cells of a row of a table as a reader of GitHub Flavored Markdown sees them (GFM specification, "Tables",
/// "Backslash escapes" and "Entity and numeric character references"); a character that begins markup is an error. The
/// zero-width character that keeps an `@` from becoming a mention, and a URL from becoming a link, is skipped.
fn cells(row: &str) -> Result<Vec<String>, String> {
    let mut cells = vec![String::new()];
    let mut characters = row.chars();
    let mut before = ' ';
    while let Some(c) = characters.next() {
        let cell = cells.last_mut().expect("there is always a cell");
        let next = characters.clone().next();
        match c {
            '\\' if next.is_some_and(|next| next.is_ascii_punctuation()) => cell.extend(characters.next()),
            '|' => cells.push(String::new()),
            '@' => match (characters.next(), reference(&mut characters)) {
                (Some('&'), Some('\u{200b}')) => cell.push(c),
                _ => return Err(format!("a mention in {row}")),
            },
            '&' if next == Some('#') => cell.extend(reference(&mut characters).filter(|c| *c != '\u{200b}')),
            ':' if characters.as_str().starts_with("//") => return Err(format!("a link in {row}")),
            '_' if before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric) => cell.push(c),
            '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '$' => return Err(format!("{c:?} is markup in {row}")),
            '!' if next == Some('[') => return Err(format!("an image in {row}")),
            c => cell.push(c),
        }
        before = c;
    }
    let inner = &cells[1..cells.len() - 1];
    Ok(inner.iter().map(|cell| cell.trim_matches(' ').to_owned()).collect())
}

/// The character of a reference whose `&` has already been read.
fn reference(characters: &mut Chars) -> Option<char> {
    let (number, rest) = characters.as_str().strip_prefix('#')?.split_once(';')?;
    *characters = rest.chars();
    char::from_u32(number.parse().ok()?)
}

fn ok(result: Result<bool, TestCaseError>, text: &str) -> bool {
    result.unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

#[test]
fn difficult_text_appears_unchanged_or_is_rejected() {
    for text in NASTY {
        ok(environment(text), text);
        ok(tag("key", text), text);
        ok(tag(text, "value"), text);
        ok(role_path(text), text);
        ok(waiver(text, "reason"), text);
        assert!(ok(waiver("x", text), text), "{text:?}: a reason may be any text");
    }
}

/// Text that AWS accepts must be accepted, however it looks to HCL.
#[test]
fn accepts_tags_that_aws_accepts() {
    let words =
        ["for", "if", "in", "null", "true", "1", "-1", "1e5", "a.b", "a b", "é", "生产", "", "/", "=", "@", "::", "+-"];
    for word in words {
        assert!(ok(tag("key", word), word), "{word:?} as a value");
        assert!(word.is_empty() || ok(tag(word, "value"), word), "{word:?} as a key");
    }
    assert!(ok(tag("Team \u{3000}Ω", "x\u{a0}y"), "spaces of other scripts"));
}

#[test]
fn accepts_environment_names_that_github_accepts() {
    for name in [
        "production",
        "eu west (blue)",
        "a|b",
        "${{ x }}",
        "50%{x}",
        "say \"hi\"",
        "back\\slash",
        "Größe",
        "a:b",
        "${aws:username}",
    ] {
        assert!(ok(environment(name), name), "{name:?}");
    }
}

/// IAM accepts no such character in a trust policy, and `*` and `?` would be wildcards.
#[test]
fn rejects_environment_names_that_iam_cannot_compare() {
    for name in ["生产", "a\nb", "a\u{7f}b", "a\u{a0}b", "prod*", "pro?", " a", ""] {
        assert!(!ok(environment(name), name), "{name:?}");
    }
}

#[test]
fn rejects_two_tags_that_hcl_or_iam_would_read_as_one() {
    // The Angstrom sign and the letter Å are the same in NFC.
    for keys in [["\\u212b", "\\u00c5"], ["Owner", "owner"]] {
        let spec = format!("{BASE}resource_tags: {{ \"{}\": a, \"{}\": b }}\n", keys[0], keys[1]);
        assert_eq!(Compiled::of(&spec).codes()[0], "bad-resource-tag", "{keys:?}");
    }
}

#[test]
fn reasons_of_replacements_are_in_no_file() {
    let spec = BASE.replace("{}", "{ replace: \"${x} zaphod\" }");
    let files = output(&spec).expect("a reason is any text");
    assert!(files.values().all(|text| !text.contains("zaphod")));
}

#[test]
fn rejects_reserved_variable_names() {
    let of_terraform = ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];
    let of_the_workspace = ["tfc_aws_provider_auth", "tfc_aws_plan_role_arn", "tfc_aws_apply_role_arn"];
    for name in of_terraform.into_iter().chain(of_the_workspace) {
        let spec = BASE.replace("{}", &format!("{{ scan_on_push: {{ variable: {name} }} }}"));
        assert_eq!(Compiled::of(spec).codes()[0], "reserved-variable-name", "{name}");
    }
}

#[test]
fn rejects_a_role_arn_without_a_name() {
    for arn in
        ["arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:role/a/", "arn:aws:iam::123456789012:role/a b"]
    {
        let spec = format!("{BASE}access: {{ n: {{ can: [pull], repositories: all, roles: [\"{arn}\"] }} }}\n");
        assert_eq!(Compiled::of(&spec).codes()[0], "malformed", "{arn}");
    }
}

/// Characters with a special meaning somewhere, and any others.
fn text() -> impl Strategy<Value = String> {
    let meaningful =
        prop::sample::select("$%{}\"\\'`|<>!-*_[]()#&~^@:;=+/ \n\r\tnaif0.,".chars().collect::<Vec<char>>());
    let piece = prop_oneof![
        6 => meaningful.prop_map(String::from),
        2 => prop::sample::select(NASTY).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

/// Characters that AWS accepts in tags, and a few that it does not.
fn tag_text() -> impl Strategy<Value = String> {
    let taken =
        prop::sample::select("abZ09 _.:/=+-@éß生Ω\u{a0}\u{3000}\u{212b}\u{1e9b}".chars().collect::<Vec<char>>());
    let refused = prop::sample::select("${}\"\\\u{301}\n".chars().collect::<Vec<char>>());
    prop::collection::vec(prop_oneof![30 => taken, 1 => refused], 1..10).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn handles_any_environment(text in text()) {
        environment(&text)?;
    }

    #[test]
    fn handles_any_tag(key in tag_text(), value in tag_text()) {
        tag(&key, &value)?;
    }

    #[test]
    fn accepts_any_role_path(path in "[!-~]{1,20}") {
        prop_assert!(role_path(&path)?, "IAM accepts it");
    }

    #[test]
    fn handles_any_waiver(at in "\\PC{1,10}", reason in text()) {
        waiver(&at, &reason)?;
    }
}
