//! "did you mean" as an edit: after the edit, the spec compiles without the mistake.

use ecrgen::diagnostic::{Diagnostic, Suggestion};
use ecrgen::source::{Edit, Span};

use crate::harness::Compiled;

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";
const CLASS: &str = "image_tags: { release: \"v{version}\", build: \"{sha:8}\" }\n";
const NODES: &str =
    "repositories: { cart: {} }\naccess: { nodes: { can: [pull], repositories: all, node_roles: [node] } }\n";
const POD: &str = "repositories: { cart: {} }\naccess: { pod: { can: [pull], repositories: all, irsa: { cluster: main, \
                   service_accounts: [a/b] } } }\n";

/// The compiled spec, and its findings with this code.
fn found(text: &str, code: &str) -> (Compiled, Vec<Diagnostic>) {
    let compiled = Compiled::of(text);
    let found = compiled.findings().iter().filter(|finding| finding.code.name == code).cloned().collect();
    (compiled, found)
}

/// The code of each mistake, and the spec with the mistake and the intended word in brackets: `‹wrong|right›`.
fn mistakes() -> Vec<(&'static str, String)> {
    let cart = |settings: &str| format!("{HEAD}{CLASS}repositories:\n  cart: {settings}\n");
    let after = |before: &str, rest: &str| format!("{HEAD}{before}{rest}\n");
    vec![
        ("unknown-key", cart("{ ‹encrypton|encryption›: kms }")),
        ("unknown-key", cart("{ \"‹encrypton|encryption›\": kms }")),
        ("unknown-key", cart("{ '‹encrypton|encryption›': kms }")),
        ("unknown-key", cart("\n    ‹encrypton|encryption›:\n      kms: create")),
        ("unknown-key", format!("{HEAD}‹repositorys|repositories›: {{ cart: {{}} }}\n")),
        ("unknown-word", cart("{ tag_mutability: ‹imutable|immutable› }")),
        ("unknown-word", cart("{ tag_mutability: \"‹imutable|immutable›\" }")),
        ("unknown-word", cart("{ tag_mutability: '‹imutable|immutable›' }")),
        ("unknown-word", after(NODES, "oidc_providers: { github: ‹existng|existing› }")),
        ("unknown-word", after(&NODES.replace("[pull]", "[pull, ‹raed|read›]"), "")),
        ("unknown-word", after(&NODES.replace("[pull]", "[pull, \"‹raed|read›\"]"), "")),
        ("unknown-word", after(&NODES.replace("[pull]", "[‹download|pull›]"), "")),
        ("unknown-word", after(&NODES.replace("[pull]", "[pull, ‹Write|push›]"), "")),
        ("unknown-word", after(&NODES.replace("[pull]", "[pull, ‹upload|push›]"), "")),
        ("unknown-word", after(&NODES.replace("[pull]", "[pull, ‹remove|delete›]"), "")),
        ("unknown-word", after(&NODES.replace("[pull]", "[pull, ‹describe|read›]"), "")),
        ("unknown-word", cart("{ retention: [{ keep: 3, of: tagged, then: ‹delete|expire› }] }")),
        ("unknown-word", after(NODES, "removed: { old: ‹keep|retain› }")),
        ("unknown-key", cart("{ ‹image_tag_mutability|tag_mutability›: mutable }")),
        ("unknown-key", after(&NODES.replace("can:", "‹actions|can›:"), "")),
        ("malformed", cart("{ services: [‹Web|web›] }")),
        ("malformed", cart("{ retention: [{ expire_after: \"‹2wk|2w›\", of: untagged }] }")),
        ("malformed", cart("{}").replace("\"{sha:8}\"", "\"‹b-{commit}|b-{sha}›\"")),
        ("malformed", cart("{}").replace("\"v{version}\"", "\"‹v{semver}|v{version}›\"")),
        ("malformed", cart("{}").replace("\"v{version}\"", "\"‹v${TAG}|v{version}›\"")),
        ("malformed", after(NODES, "names: { role: \"‹{env}-{access}|{environment}-{access}›\" }")),
        ("unknown-tag-class", cart("{ retention: [{ keep: 3, of: ‹releases|release› }] }")),
        ("unknown-tag-class", cart("{ retention: [{ keep: 3, of: \"‹releases|release›\" }] }")),
        ("unknown-tag-class", cart("{ retention: [{ keep: 3, of_each: [build, '‹releases|release›'] }] }")),
        ("unknown-tag-class", pushes("build+‹releas|release›")),
        ("unknown-tag-class", pushes("\"build+‹releas|release›\"")),
        ("unknown-tag-class", pushes("'‹buld|build›+release'")),
        ("unknown-repository", after(&NODES.replace("all", "[‹carts|cart›]"), "")),
        ("unknown-repository", after(&NODES.replace("all", "[\"‹carts|cart›\"]"), "")),
        // Without quotes, the key would be a number.
        ("unknown-repository", after(&NODES.replace("all", "[\"‹2048|2047›\"]").replace("cart", "\"2047\""), "")),
        ("unknown-access", after(NODES, "assert: { pulls: { can: [pull], only: [‹node|nodes›] } }")),
        ("unknown-access", after(NODES, "assert: { pulls: { can: [pull], only: [\"‹node|nodes›\"] } }")),
        ("unknown-rule", waived("‹shared-retention-cuont|shared-retention-count›")),
        ("unknown-rule", waived("\"‹shared-retention-cuont|shared-retention-count›\"")),
        ("unknown-action", after(&NODES.replace("[pull]", "[\"‹ecr:DescribeImage|ecr:DescribeImages›\"]"), "")),
        ("unknown-action", after(&NODES.replace("[pull]", "[‹ecr:DescribeImage|ecr:DescribeImages›]"), "")),
        (
            "unknown-action",
            cart(&format!("{{ policy_statements: [{}] }}", statement("‹ecr:DescribeImage|ecr:DescribeImages›"))),
        ),
        ("unknown-oidc-provider", after(POD, "oidc_providers: { ‹mian|main›: create }")),
        ("unknown-oidc-provider", after(POD, "oidc_providers: { '‹mian|main›': create }")),
        ("unknown-output", after(NODES, "outputs: { arn: access.‹node|nodes›.policy_arn }")),
        ("unknown-output", after(NODES, "outputs: { arn: \"access.‹node|nodes›.policy_arn\" }")),
        ("unknown-output", after(POD, "outputs: { arn: oidc_providers.‹mian|main›.arn }")),
        ("unknown-output", after(POD, "outputs: { arn: 'oidc_providers.‹mian|main›.arn' }")),
    ]
}

fn pushes(key: &str) -> String {
    let expected = format!("{{ repository: cart, pushes: {{ {key}: 1/day }}, for: 9d, kept: 3 }}");
    format!(
        "{HEAD}{CLASS}repositories: {{ cart: {{ retention: [{{ keep: 3, of: tagged }}] }} }}\nexpect: {{ three: {expected} }}\n"
    )
}

fn waived(code: &str) -> String {
    let cart = "{ services: [a, b], retention: [{ keep: 5, of: tagged }] }";
    format!("{HEAD}repositories: {{ cart: {cart} }}\nwaive: {{ {code}: {{ at: [repositories.cart], reason: few }} }}\n")
}

fn statement(action: &str) -> String {
    format!("{{ Effect: Allow, Principal: {{ AWS: \"arn:aws:iam::111122223333:role/ci\" }}, Action: [\"{action}\"] }}")
}

/// The spec with the mistake, and the spec with the intended word.
fn both(marked: &str) -> [String; 2] {
    let (before, rest) = marked.split_once('‹').expect("an opening bracket");
    let (words, after) = rest.split_once('›').expect("a closing bracket");
    let (wrong, right) = words.split_once('|').expect("the intended word");
    [wrong, right].map(|word| format!("{before}{word}{after}"))
}

#[test]
fn replaces_a_mistake_with_the_intended_word() {
    for (code, marked) in mistakes() {
        let [wrong, right] = both(&marked);
        let (compiled, found) = self::found(&wrong, code);
        assert_eq!(found.len(), 1, "{code}: {wrong}{:?}", compiled.findings());
        let Some(Suggestion { edits, safe, .. }) = found[0].suggestion.as_deref() else {
            panic!("no suggestion: {wrong}{:?}", found[0])
        };
        assert!(!safe, "the intended word is a guess");
        let edited = Edit::apply(edits, compiled.sources(), 0).expect("edits of this file that do not overlap");
        assert_eq!(edited, right);
        let compiled = Compiled::of(&edited);
        let left = compiled.findings();
        assert!(left.iter().all(|finding| finding.code.name != code), "{edited}{left:?}");
        assert!(left.iter().all(|finding| !finding.code.name.starts_with("yaml")), "{edited}{left:?}");
    }
}

/// An escape or a line break makes it unclear which bytes belong to the word.
#[test]
fn has_no_edit_if_the_bytes_of_the_word_are_unclear() {
    let mutability = |text: &str| format!("{HEAD}repositories: {{ cart: {{ tag_mutability: {text} }} }}\n");
    for text in ["\"imut\\x61ble\"", "\"imuta\\\n      ble\""] {
        let (_, found) = self::found(&mutability(text), "unknown-word");
        assert_eq!(found[0].help.as_deref(), Some("did you mean `immutable`?"), "{text}");
        assert_eq!(found[0].suggestion, None, "{text}");
    }
}

#[test]
fn has_no_edit_if_no_word_is_near() {
    let (_, found) = self::found(&format!("{HEAD}zzzzzz: 1\n"), "unknown-key");
    assert!(found[0].help.as_deref().is_some_and(|help| help.starts_with("valid keys: ")), "{found:?}");
    assert_eq!(found[0].suggestion, None);
}

/// The edit would write the key a second time, which makes the spec invalid.
#[test]
fn does_not_suggest_a_key_that_is_already_used() {
    let waiver = "{ at: [repositories.cart], reason: few }";
    for (code, text) in [
        ("unknown-key", format!("{HEAD}repositories: {{ cart: {{ encryption: kms, encrypton: kms }} }}\n")),
        ("unknown-oidc-provider", format!("{HEAD}{POD}oidc_providers: {{ main: create, mian: create }}\n")),
        ("unknown-rule", waived(&format!("count-of-any: {waiver}, count-of-ayn"))),
    ] {
        let (_, found) = self::found(&text, code);
        assert!(found[0].help.as_deref().is_some_and(|help| help.starts_with("did you mean")), "{found:?}");
        assert_eq!(found[0].suggestion, None, "{code}");
    }
}

/// A text of several lines can be longer than its value by exactly two bytes, as a quoted text is.
#[test]
fn finds_the_place_of_a_text_only_if_its_bytes_are_clear() {
    let span = |length: u32| Span { file: 0, start: 10, end: 10 + length };
    assert_eq!(span(4).without_quotes("cart"), Some(span(4)));
    assert_eq!(span(6).without_quotes("cart"), Some(Span { file: 0, start: 11, end: 15 }));
    for length in [3, 5, 7, 8] {
        assert_eq!(span(length).without_quotes("cart"), None, "{length}");
    }
    assert_eq!(span(9).without_quotes("a shop."), None, "`a\\n  shop.` is as long as `\"a shop.\"`");
}

/// YAML would read these names as numbers, booleans or null.
#[test]
fn quotes_names_that_yaml_would_not_read_as_text() {
    let replace = |intended: &str| {
        let place = Span { file: 0, start: 0, end: 4 };
        Suggestion::replacement(place, "shop", intended).expect("the place is known").edits.remove(0).text
    };
    for name in ["2047", "1.5", "0x10", "true", "none", "null", "False"] {
        assert_eq!(replace(name), format!("\"{name}\""));
    }
    for name in ["cart", "ecr:PutImage", "a/b.c-d_e", "nonesuch"] {
        assert_eq!(replace(name), name);
    }
}
