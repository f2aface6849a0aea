//! Text from outside, made harmless for the language that it is put into.

use ecrgen::escape::json::HarmlessFormatter;
use ecrgen::escape::{github, is_deceptive, markdown, xml};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::Serializer;

#[test]
fn no_character_begins_markup_in_markdown() {
    for (text, escaped) in [
        ("*bold* _it_ ~x~", r"\*bold\* \_it\_ \~x\~"),
        ("a|b", r"a\|b"),
        ("[link](x) ![image](y)", r"\[link\](x) \!\[image\](y)"),
        ("<b>&lt;", r"\<b\>\&lt;"),
        ("`code` \\", r"\`code\` \\"),
        ("# $x$ {{ y }}", r"\# \$x\$ \{\{ y \}\}"),
        // Inside of words GitHub Flavored Markdown sees no emphasis.
        ("node_role_name", "node_role_name"),
        ("a__b_", r"a\_\_b\_"),
        ("one\r\ntwo\tthree\u{1b}[31m", r"one  two three\[31m"),
    ] {
        assert_eq!(markdown::text(text), escaped, "{text:?}");
    }
}

/// Mentions are found in the rendered text, where a backslash is no more, so something must part `@` and name.
#[test]
fn no_text_mentions_a_person_on_github() {
    for (text, escaped) in [
        ("@octocat", "@&#8203;octocat"),
        ("ask (@org/team)", "ask (@&#8203;org/team)"),
        ("é@octocat", "é@&#8203;octocat"),
        // Addresses and what has no name behind it are no mentions.
        ("ops@example.com", r"ops\@example.com"),
        ("a @ b @", r"a \@ b \@"),
    ] {
        assert_eq!(markdown::text(text), escaped, "{text:?}");
    }
}

/// A character reference shows as its character, and the file itself reorders nothing.
#[test]
fn what_reorders_text_is_a_character_reference_in_markdown() {
    assert_eq!(markdown::text("a\u{202e}b\u{feff}"), "a&#8238;b&#65279;");
    assert_eq!(markdown::code("a\u{202e}b"), "`a\u{fffd}b`");
}

#[test]
fn code_in_markdown_has_the_fence_that_it_needs() {
    for (text, code) in [("a", "`a`"), ("", ""), ("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("a\nb", "`a b`")] {
        assert_eq!(markdown::code(text), code, "{text:?}");
    }
}

#[test]
fn no_character_begins_a_tag_or_ends_an_attribute_in_xml() {
    assert_eq!(xml::text("<a b=\"c\" d='e'>&"), "&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;");
    assert_eq!(xml::text("a\u{202e}\u{0}\u{ffff}\u{1b}b"), "ab");
}

proptest! {
    /// A command of GitHub is one line, and a property ends only where it is meant to.
    #[test]
    fn a_workflow_command_is_one_line(text in any::<String>()) {
        let (message, property) = (github::message(&text), github::property(&text));
        prop_assert!(!message.contains(is_deceptive) && !property.contains(is_deceptive));
        prop_assert!(!property.contains([',', ':']));
    }

    /// Readers get the text back, and line ends of the document's own are the only control characters in it.
    #[test]
    fn json_says_the_text_and_deceives_nobody(
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

    /// Whatever the text is, what comes out reorders nothing, and holds as many lines as it should: one.
    #[test]
    fn no_text_deceives_in_any_language(text in any::<String>()) {
        for out in [markdown::text(&text), markdown::code(&text), xml::text(&text)] {
            prop_assert!(!out.contains(is_deceptive), "{out:?}");
        }
    }
}
