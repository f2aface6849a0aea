//! Decoding: the value of a node, and the faults of nodes without one.

use ecrgen::decode::{Decode, Decoder, Map};
use ecrgen::language::load::load;
use ecrgen::source::Sources;
use ecrgen::value::{AccountId, Count, Days, OrCreate, OrVariable, PlatformName};
use ecrgen::yaml;

/// The value of a text for a type, and the code and path of each fault.
fn decoded<T: Decode>(text: &str) -> (Option<T>, Vec<(&'static str, String)>) {
    let node = yaml::parse(0, text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    let mut decoder = Decoder::default();
    let value = decoder.key("it", &node);
    (value, decoder.faults.into_iter().map(|fault| (fault.code.name, fault.path.into_string())).collect())
}

/// The value of a text without faults.
fn good<T: Decode>(text: &str) -> T {
    let (value, faults) = decoded(text);
    assert_eq!(faults, [], "{text}");
    value.unwrap_or_else(|| panic!("{text} has no value"))
}

/// The code of the only fault of a text that has no value.
fn bad<T: Decode>(text: &str) -> &'static str {
    let (value, faults) = decoded::<T>(text);
    assert!(value.is_none(), "{text} has a value");
    let [(code, _)] = faults[..] else { panic!("{text}: {faults:?}") };
    code
}

/// The core schema of YAML 1.2 has three notations for whole numbers, and JSON Schema accepts a fourth.
#[test]
fn accepts_every_notation_of_a_whole_number() {
    for (text, number) in [("5", 5), ("0x10", 16), ("0o17", 15), ("5.0", 5), ("1e3", 1_000)] {
        assert_eq!(good::<Count>(text).get(), number, "{text}");
    }
    for text in ["0", "-1", "5.5", "1e9"] {
        assert_eq!(bad::<Count>(text), "out-of-range", "{text}");
    }
    for text in ["\"5\"", "five", "true", "[5]"] {
        assert_eq!(bad::<Count>(text), "wrong-type", "{text}");
    }
}

#[test]
fn rejects_numbers_and_other_forms_where_text_is_expected() {
    assert_eq!(good::<AccountId>("\"123456789012\"").as_str(), "123456789012");
    assert_eq!(bad::<AccountId>("123456789012"), "wrong-type");
    assert_eq!(bad::<AccountId>("\"123\""), "malformed");
    assert_eq!(good::<Days>("7d").days(), 7);
    assert_eq!(bad::<Days>("7"), "wrong-type");
}

#[test]
fn rejects_yaml_1_1_booleans() {
    assert_eq!([good::<bool>("true"), good::<bool>("false")], [true, false]);
    for text in ["yes", "off", "\"true\"", "1"] {
        assert_eq!(bad::<bool>(text), "wrong-type", "{text}");
    }
}

#[test]
fn a_list_keeps_its_valid_items() {
    let (list, faults) = decoded::<Vec<Count>>("[1, x, 3]");
    assert_eq!(list.expect("a list").into_iter().map(Count::get).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(faults, [("wrong-type", "it".to_owned())]);
    assert_eq!(bad::<Vec<Count>>("[]"), "empty-list");
    assert_eq!(bad::<Vec<Count>>("1"), "wrong-type");
}

#[test]
fn rejects_duplicate_items_in_any_notation() {
    for text in ["[16, 0x10]", "[16, 3, 16.0]"] {
        assert_eq!(decoded::<Vec<Count>>(text).1, [("duplicate-item", "it".to_owned())], "{text}");
    }
    let text = "[{ variable: a, default: x }, { default: x, variable: a }]";
    assert_eq!(decoded::<Vec<OrVariable<PlatformName>>>(text).1, [("duplicate-item", "it".to_owned())]);
    assert_eq!(decoded::<Vec<OrVariable<PlatformName>>>("[a, { variable: a }]").1, []);
}

#[test]
fn a_map_keeps_its_order_and_the_names_of_discarded_entries() {
    let (map, faults) = decoded::<Map<PlatformName, Count>>("{ b: 1, A: 2, c: x, e: none, a: 3 }");
    let map = map.expect("a map");
    assert_eq!(map.names().collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(map.broken, ["A", "c"]);
    assert_eq!(faults, [("malformed", "it.A".to_owned()), ("wrong-type", "it.c".to_owned())]);
    assert_eq!(
        ["a", "c", "e"].map(|name| map.mentions(name)),
        [true, true, false],
        "`none` means that the entry is not set"
    );
    assert_eq!(map.get("a").map(|count| count.get()), Some(3));
}

#[test]
fn a_value_can_be_a_variable_or_a_reference() {
    assert!(matches!(good("shop"), OrVariable::<PlatformName>::Literal(_)));
    let OrVariable::Variable(variable) = good::<OrVariable<PlatformName>>("{ variable: name, default: shop }") else {
        panic!("a variable")
    };
    assert_eq!(variable.name.as_str(), "name");
    assert_eq!(variable.default.expect("a default").as_str(), "shop");
    let OrVariable::Reference(reference) = good::<OrVariable<PlatformName>>("{ ref: module.eks.name }") else {
        panic!("a reference")
    };
    assert_eq!(reference.as_str(), "module.eks.name");
    for (text, code) in [
        ("\"${var.name}\"", "malformed"),
        ("{ variable: \"a b\" }", "malformed"),
        ("{ variable: name, default: Shop }", "malformed"),
        ("{ default: shop }", "missing-key"),
        ("{ ref: name }", "malformed"),
    ] {
        assert_eq!(bad::<OrVariable<PlatformName>>(text), code, "{text}");
    }
}

#[test]
fn only_the_word_create_means_create() {
    assert!(matches!(good("create"), OrCreate::<PlatformName>::Create));
    assert!(matches!(good("created"), OrCreate::<PlatformName>::Existing(_)));
}

#[test]
fn the_help_for_an_empty_list_depends_on_whether_its_key_is_required() {
    let help = |keys: &str| {
        let text = format!("platform: p\nenvironment: e\nregion: eu-central-1\n{keys}\n");
        let (mut sources, mut faults) = (Sources::default(), Vec::new());
        load("spec.yaml", &|_| Ok(text.as_bytes().to_vec()), &mut sources, &mut faults);
        let fault = faults.iter().find(|fault| fault.code.name == "empty-list").expect("an empty list");
        fault.help.clone().expect("a help")
    };
    for (keys, name) in [
        ("access: { a: { can: [], repositories: all, roles: [r] } }", "can"),
        ("access: { a: { can: [pull], repositories: [], roles: [r] } }", "repositories"),
        ("access: { a: { can: [pull], repositories: all, roles: [] } }", "roles"),
        ("access: { a: { can: [pull], repositories: all, accounts: [] } }", "accounts"),
        ("access: { a: { can: [pull], repositories: all, codebuild: { projects: [] } } }", "projects"),
        ("assert: { x: { can: [] } }", "can"),
    ] {
        assert_eq!(help(keys), format!("add at least one item: `{name}: [...]`"), "{keys}");
    }
    for keys in ["repositories: { a: { services: [] } }", "assert: { x: { can: [push], only: [] } }"] {
        assert_eq!(help(keys), "add an item, or remove the key", "{keys}");
    }
}
