//! Escaping of untrusted text for each output language.

use ecrgen::escape::json::HarmlessFormatter;
use ecrgen::escape::{github, is_deceptive, markdown, shell, xml, yaml};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Serializer, Value, json};

use crate::harness::tool;

#[test]
fn markdown_text_cannot_start_markup() {
    for (text, escaped) in [
        ("*bold* _it_ ~x~", r"\*bold\* \_it\_ \~x\~"),
        ("a|b", r"a\|b"),
        ("[link](x) ![image](y)", r"\[link\](x) \!\[image\](y)"),
        ("<b>&lt;", r"\<b\>\&lt;"),
        ("`code` \\", r"\`code\` \\"),
        ("# $x$ {{ y }}", r"\# \$x\$ \{\{ y \}\}"),
        // GitHub Flavored Markdown has no emphasis inside words.
        ("node_role_name", "node_role_name"),
        ("a__b_", r"a\_\_b\_"),
        ("one\r\ntwo\tthree\u{1b}[31m", r"one  two three\[31m"),
    ] {
        assert_eq!(markdown::text(text), escaped, "{text:?}");
    }
}

/// GitHub looks for mentions in the rendered text, without the backslashes, so a character must separate `@` and the name.
#[test]
fn markdown_text_cannot_mention_a_person() {
    for (text, escaped) in [
        ("@octocat", "@&#8203;octocat"),
        ("ask (@org/team)", "ask (@&#8203;org/team)"),
        ("é@octocat", "é@&#8203;octocat"),
        // GitHub links an address.
        ("ops@example.com", "ops@&#8203;example.com"),
        ("a @ b", "a @&#8203; b"),
    ] {
        assert_eq!(markdown::text(text), escaped, "{text:?}");
    }
}

/// The extended autolinks of GitHub Flavored Markdown, section 6.9.
#[test]
fn markdown_text_cannot_become_a_link() {
    for (text, escaped) in [
        ("see https://evil.example", "see https:&#8203;//evil.example"),
        ("FTP://x", "FTP:&#8203;//x"),
        ("www.evil.example", "www&#8203;.evil.example"),
        ("(WWW.x.y)", "(WWW&#8203;.x.y)"),
        ("a: //b w.x", "a: //b w.x"),
    ] {
        assert_eq!(markdown::text(text), escaped, "{text:?}");
    }
}

/// A character reference would act as its character does.
#[test]
fn markdown_text_replaces_characters_that_hide_or_reorder_text() {
    assert_eq!(markdown::text("a\u{202e}b\u{feff}c\u{2028}d\u{200b}"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}");
    assert_eq!(markdown::code("a\u{202e}b"), "`a\u{fffd}b`");
}

#[test]
fn markdown_code_has_a_long_enough_fence() {
    for (text, code) in [("a", "`a`"), ("", ""), ("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("a\nb", "`a b`")] {
        assert_eq!(markdown::code(text), code, "{text:?}");
    }
}

#[test]
fn xml_text_cannot_start_a_tag_or_end_an_attribute() {
    assert_eq!(xml::text("<a b=\"c\" d='e'>&"), "&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;");
    assert_eq!(xml::text("a\u{202e}\u{0}\u{ffff}\u{1b}b"), "ab");
}

proptest! {
    /// A workflow command is one line, and a property cannot end early.
    #[test]
    fn a_workflow_command_is_one_line(text in any::<String>()) {
        let (message, property) = (github::message(&text), github::property(&text));
        prop_assert!(!message.contains(is_deceptive) && !property.contains(is_deceptive));
        prop_assert!(!property.contains([',', ':']));
    }

    /// Parsers get the text back, and the only control characters in the document are its own line ends.
    #[test]
    fn json_keeps_the_text_and_contains_no_deceptive_characters(
        texts in prop::collection::vec(any::<String>(), 0..3),
        odd in "[\u{7f}\u{80}\u{9b}\u{200b}\u{202e}\u{2028}\u{feff}a\"é🦀\n]{0,9}",
    ) {
        let value = serde_json::json!({ "odd": [odd], "texts": texts, "none": {} });
        let mut json = Vec::new();
        value.serialize(&mut Serializer::with_formatter(&mut json, HarmlessFormatter::default())).expect("JSON");
        let json = String::from_utf8(json).expect("UTF-8");
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&json).expect("JSON"), value);
        prop_assert!(!json.contains(|c| c != '\n' && is_deceptive(c)), "{json:?}");
    }

    /// Whatever the text is, the result is one line and contains no deceptive characters.
    #[test]
    fn no_language_lets_deceptive_characters_through(text in any::<String>()) {
        for out in [markdown::text(&text), markdown::code(&text), xml::text(&text)] {
            prop_assert!(!out.contains(is_deceptive), "{out:?}");
        }
    }
}

/// A sample of each range of Default_Ignorable_Code_Point (Unicode Character Database, `DerivedCoreProperties.txt`).
#[test]
fn invisible_characters_are_deceptive_unless_scripts_need_them() {
    let invisible = "\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}\u{180f}\u{200b}\u{202a}\u{2060}\u{2065}\u{206f}\u{3164}\
                     \u{fe00}\u{feff}\u{ffa0}\u{fff0}\u{fff8}\u{1bca0}\u{1d173}\u{e0000}\u{e0020}\u{e0100}\u{e0fff}";
    let annotations = "\u{fff9}\u{fffa}\u{fffb}";
    assert_eq!(invisible.chars().chain(annotations.chars()).find(|c| !is_deceptive(*c)), None);
    let needed = "\u{200c}\u{200d}\u{fe0e}\u{fe0f}aé🦀\u{300}\u{2800}";
    assert_eq!(needed.chars().find(|c| is_deceptive(*c)), None);
}

#[test]
fn no_line_of_a_log_is_a_workflow_command() {
    for (text, safe) in [
        ("a::b\n", "a::b\n"),
        ("::error::x\n", "\\::error::x\n"),
        ("ok\n   ::warning::x\nok", "ok\n   \\::warning::x\nok"),
        ("ok\r::warning::x", "ok\r\\::warning::x"),
        ("\u{a0}\u{3000}::error::x", "\u{a0}\u{3000}\\::error::x"),
        ("\u{200d}::error::x", "\u{200d}\\::error::x"),
        (":\u{fe0f}:error::x", "\\:\u{fe0f}:error::x"),
        ("\u{1b}[1m::error::x", "\u{1b}[1m\\::error::x"),
        ("4 | # ##[error]x", "4 | # #\\#[error]x"),
        ("###[group]", "##\\#[group]"),
        ("#\u{200d}#[group]", "#\\\u{200d}#[group]"),
        ("## [a link]", "## [a link]"),
    ] {
        assert_eq!(github::log(text), safe, "{text:?}");
    }
}

#[test]
fn a_word_of_a_shell_is_quoted_if_necessary() {
    for (text, word) in [
        ("specs/shop-1.2.yaml", "specs/shop-1.2.yaml"),
        ("my spec.yaml", "'my spec.yaml'"),
        ("$(id).yaml", "'$(id).yaml'"),
        ("it's;.yaml", r"'it'\''s;.yaml'"),
        ("~/x", "'~/x'"),
        ("", "''"),
    ] {
        assert_eq!(shell::word(text), word);
    }
}

#[test]
fn a_word_of_a_shell_is_one_visible_line_that_bash_reads_as_the_text() {
    for text in ["a\nb7", "\r\t\u{7f}8", "it's \\n\n", "x\u{202e}\u{e9}\u{1b}[8m$(id)`id`"] {
        let word = shell::word(text);
        assert!(!word.contains(is_deceptive), "{word:?}");
        let read = std::process::Command::new("bash").args(["-c", &format!("printf %s {word}")]).output();
        if let Ok(read) = read {
            assert_eq!(String::from_utf8_lossy(&read.stdout), text, "{word}");
        }
    }
}

/// Texts that a reader may take for something else: the examples of YAML 1.1, "Language-Independent Types", and of YAML 1.2.2,
/// chapters 5 to 7 and 10.3, and words that look like them.
const YAML_WORDS: [&str; 88] = [
    "null",
    "Null",
    "NULL",
    "~",
    "",
    "y",
    "Y",
    "n",
    "N",
    "yes",
    "Yes",
    "YES",
    "no",
    "No",
    "NO",
    "on",
    "On",
    "ON",
    "off",
    "Off",
    "OFF",
    "true",
    "True",
    "TRUE",
    "false",
    "False",
    "FALSE",
    "nULL",
    "tRUE",
    "0",
    "-1",
    "+1",
    "1_000",
    "0b101",
    "0o14",
    "014",
    "0x1F",
    "190:20:30",
    "1.5",
    "1e3",
    "6.8523015e+5",
    "-.5",
    ".5",
    "5.",
    ".",
    "..",
    ".inf",
    "-.inf",
    "+.INF",
    ".Inf",
    ".nan",
    ".NaN",
    ".NAN",
    ".e-1",
    ".E-10",
    "2026-11-27",
    "2001-12-14t21:59:43.10-05:00",
    "2001-12-14 21:59:43.10 -5",
    "=",
    "<<",
    "-",
    "?",
    ":",
    "---",
    "...",
    " a",
    "a ",
    "a: b",
    "a:",
    "a #b",
    "#a",
    "*a",
    "&a",
    "!a",
    "!!str a",
    "%a",
    "@a",
    "`a`",
    "[a]",
    "{a}",
    "a, b",
    "|",
    ">",
    "'a'",
    "\"a\"",
    "a\\b",
    "a\nb\t",
    "\u{85}\u{2028}\u{feff}",
];

/// Reads the standard input as YAML 1.1 with PyYAML, and as YAML 1.2 with ruamel.yaml.
const YAML_READERS: &str = "
import json, sys, yaml
from ruamel.yaml import YAML
text = open(sys.argv[1], encoding='utf-8').read()
print(json.dumps([yaml.safe_load(text), YAML(typ='safe', pure=True).load(text)], default=repr))
";

#[test]
fn readers_of_yaml_take_every_scalar_for_a_text() {
    let plain = [
        "build",
        "null-1",
        "nulls",
        "yes-no",
        "e-1",
        ".build",
        ".null",
        ".e",
        ".infra",
        "linux/amd64",
        "a=b",
        "v1.5.0",
    ];
    for word in plain {
        assert_eq!(yaml::scalar(word), word, "quotes would only be noise");
    }
    let words: Vec<&str> = plain.iter().chain(&YAML_WORDS).copied().collect();
    let lines = words.iter().map(|word| {
        let scalar = yaml::scalar(word);
        format!("- {scalar}\n- [{scalar}, {scalar}]\n- {scalar}: {scalar}\n")
    });
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("words.yaml"), lines.collect::<String>()).expect("a file");
    let Some(outcome) = tool("python", &["-c", YAML_READERS, "words.yaml"], folder.path()) else { return };
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    let read: [Vec<Value>; 2] = serde_json::from_str(&outcome.out).expect("JSON");
    let wanted: Vec<Value> =
        words.iter().flat_map(|&word| [json!(word), json!([word, word]), json!({ word: word })]).collect();
    for (version, read) in ["1.1", "1.2"].into_iter().zip(read) {
        assert_eq!(read, wanted, "YAML {version}");
    }
}
