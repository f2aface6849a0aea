//! Nodes to values: what a type makes of what is written, and what it says of the rest.

use ecrgen::decode::{Decode, Decoder, Map};
use ecrgen::value::{AccountId, Count, Days, OrCreate, OrVariable, PlatformName};
use ecrgen::yaml;

/// What a type makes of a text, and the code and path of each fault.
fn decoded<T: Decode>(text: &str) -> (Option<T>, Vec<(&'static str, String)>) {
    let node = yaml::parse(0, text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    let mut decoder = Decoder::default();
    let value = decoder.key("it", &node);
    (value, decoder.faults.into_iter().map(|fault| (fault.code.name, fault.path)).collect())
}

/// The value of a text without a fault.
fn good<T: Decode>(text: &str) -> T {
    let (value, faults) = decoded(text);
    assert_eq!(faults, [], "{text}");
    value.unwrap_or_else(|| panic!("{text} is nothing"))
}

/// The code of the only fault of a text that has no value.
fn bad<T: Decode>(text: &str) -> &'static str {
    let (value, faults) = decoded::<T>(text);
    assert!(value.is_none(), "{text} has a value");
    let [(code, _)] = faults[..] else { panic!("{text}: {faults:?}") };
    code
}

/// The core schema of YAML 1.2 has three ways to write a whole number, and JSON Schema takes a fourth for one.
#[test]
fn a_whole_number_is_read_in_any_spelling() {
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
fn a_text_is_not_a_number_and_not_a_text_of_another_form() {
    assert_eq!(good::<AccountId>("\"123456789012\"").as_str(), "123456789012");
    assert_eq!(bad::<AccountId>("123456789012"), "wrong-type");
    assert_eq!(bad::<AccountId>("\"123\""), "malformed");
    assert_eq!(good::<Days>("7d").days(), 7);
    assert_eq!(bad::<Days>("7"), "wrong-type");
}

#[test]
fn words_for_yes_and_no_are_not_booleans() {
    assert_eq!([good::<bool>("true"), good::<bool>("false")], [true, false]);
    for text in ["yes", "off", "\"true\"", "1"] {
        assert_eq!(bad::<bool>(text), "wrong-type", "{text}");
    }
}

#[test]
fn a_list_keeps_its_good_items() {
    let (list, faults) = decoded::<Vec<Count>>("[1, x, 3]");
    assert_eq!(list.expect("a list").into_iter().map(Count::get).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(faults, [("wrong-type", "it".to_owned())]);
    assert_eq!(bad::<Vec<Count>>("[]"), "empty-list");
    assert_eq!(bad::<Vec<Count>>("1"), "wrong-type");
}

#[test]
fn an_item_is_found_twice_however_it_is_written() {
    for text in ["[16, 0x10]", "[16, 3, 16.0]"] {
        assert_eq!(decoded::<Vec<Count>>(text).1, [("duplicate-item", "it".to_owned())], "{text}");
    }
    let text = "[{ variable: a, default: x }, { default: x, variable: a }]";
    assert_eq!(decoded::<Vec<OrVariable<PlatformName>>>(text).1, [("duplicate-item", "it".to_owned())]);
    assert_eq!(decoded::<Vec<OrVariable<PlatformName>>>("[a, { variable: a }]").1, []);
}

#[test]
fn a_map_keeps_its_order_and_remembers_the_names_of_what_it_leaves_out() {
    let (map, faults) = decoded::<Map<PlatformName, Count>>("{ b: 1, A: 2, c: x, e: none, a: 3 }");
    let map = map.expect("a map");
    assert_eq!(map.names().collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(map.broken, ["A", "c"]);
    assert_eq!(faults, [("malformed", "it.A".to_owned()), ("wrong-type", "it.c".to_owned())]);
    assert_eq!(["a", "c", "e"].map(|name| map.mentions(name)), [true, true, false], "`none` is as if not written");
    assert_eq!(map.get("a").map(|count| count.get()), Some(3));
}

#[test]
fn a_value_may_be_a_variable_or_a_reference() {
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
fn what_ecrgen_creates_is_not_what_is_called_create() {
    assert!(matches!(good("create"), OrCreate::<PlatformName>::Create));
    assert!(matches!(good("created"), OrCreate::<PlatformName>::Existing(_)));
}
