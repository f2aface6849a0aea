//! Random changes to accepted documents: the JSON Schema and the decoder agree on the result.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value as Json, json};

use super::accepted::{ACCEPTED, BASE};
use super::judge::{faults, json, schema};

/// The accepted documents, and one document that combines all of them.
static GOOD: LazyLock<Vec<Json>> = LazyLock::new(|| {
    let mut documents: Vec<Json> = ACCEPTED.iter().map(|fragment| json(&format!("{BASE}{fragment}\n"))).collect();
    let mut all = json!({});
    documents.iter().for_each(|document| merge(&mut all, document));
    documents.push(all);
    documents
});

/// One change to a document at one of its places.
#[derive(Clone, Debug)]
enum Change {
    Drop,
    Misspell(char),
    Replace(Json),
    InList,
    InMap(String),
    Repeat(Index),
    Add(String, Json),
    Graft(Index),
}

fn changes() -> impl Strategy<Value = Vec<(Index, Change)>> {
    let words = [
        "none",
        "all",
        "create",
        "tagged",
        "kms",
        "a",
        "x y",
        "7d",
        "",
        "1.2.3",
        "Ä",
        "\u{a0}",
        "\r",
        "{service}",
        "5",
    ];
    let word = select(words.map(str::to_owned).to_vec());
    let texts = prop_oneof![word, "[a-z{}: *\\n/.\u{2028}\u{e9}-]{0,6}"];
    let scalars = prop_oneof![
        texts.clone().prop_map(Json::from),
        select(vec![json!(null), json!(true), json!(false), json!({}), json!([]), json!(["none"]), json!([[]])]),
        select(vec![
            json!(0),
            json!(1),
            json!(-1),
            json!(5.0),
            json!(5.5),
            json!(100_000),
            json!(100_001),
            json!(1e15)
        ]),
        select(vec![json!(9_007_199_254_740_991_u64), json!(9_007_199_254_740_992_u64), json!(1e300), json!(9.5e14)]),
        select(vec![
            json!({ "variable": "v" }),
            json!({ "ref": "a.b" }),
            json!({ "variable": "v", "default": "none" })
        ]),
    ];
    let keys = prop_oneof![texts, select(vec!["tag", "of", "keep", "roles", "github", "kms"]).prop_map(str::to_owned)];
    let change = prop_oneof![
        2 => Just(Change::Drop),
        2 => any::<char>().prop_filter("printable", |c| !c.is_control()).prop_map(Change::Misspell),
        4 => scalars.clone().prop_map(Change::Replace),
        1 => Just(Change::InList),
        1 => keys.clone().prop_map(Change::InMap),
        1 => any::<Index>().prop_map(Change::Repeat),
        2 => (keys, scalars).prop_map(|(key, value)| Change::Add(key, value)),
        2 => any::<Index>().prop_map(Change::Graft),
    ];
    prop::collection::vec((any::<Index>(), change), 0..4)
}

/// An accepted document with some changes.
fn changed(which: Index, changes: Vec<(Index, Change)>) -> Json {
    let mut document = which.get(&GOOD).clone();
    for (place, change) in changes {
        let donor = which.get(&GOOD).clone();
        let places = places(&document);
        let place = place.get(&places);
        apply(&mut document, place, change, &donor);
    }
    document
}

fn apply(document: &mut Json, place: &str, change: Change, donor: &Json) {
    let (parent, last) = place.rsplit_once('/').unwrap_or(("", ""));
    let key = last.replace("~1", "/").replace("~0", "~");
    match (change, document.pointer_mut(parent)) {
        (Change::Drop, Some(Json::Object(map))) => drop(map.shift_remove(&key)),
        (Change::Drop, Some(Json::Array(items))) => drop(key.parse().ok().map(|at: usize| items.remove(at))),
        (Change::Misspell(c), Some(Json::Object(map))) if !place.is_empty() => {
            let value = map.shift_remove(&key).expect("places exist");
            map.insert(format!("{key}{c}"), value);
        }
        (Change::Drop | Change::Misspell(_), _) => {}
        (change, _) => {
            let node = document.pointer_mut(place).expect("places exist");
            *node = match (change, node.take()) {
                (Change::Replace(value), _) => value,
                (Change::InList, value) => json!([value]),
                (Change::InMap(key), value) => json!({ key: value }),
                (Change::Repeat(which), Json::Array(mut items)) if !items.is_empty() => {
                    items.push(which.get(&items).clone());
                    items.into()
                }
                (Change::Add(key, value), Json::Object(mut map)) => {
                    map.insert(key, value);
                    map.into()
                }
                (Change::Graft(from), _) => {
                    let places = places(donor);
                    donor.pointer(from.get::<String>(&places)).expect("places exist").clone()
                }
                (_, value) => value,
            };
        }
    }
}

/// The JSON pointers of all values in a document; the pointer of the document itself comes first.
fn places(document: &Json) -> Vec<String> {
    fn below(at: String, value: &Json, places: &mut Vec<String>) {
        places.push(at.clone());
        match value {
            Json::Object(map) => map.iter().for_each(|(key, value)| {
                below(format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), value, places);
            }),
            Json::Array(items) => {
                items.iter().enumerate().for_each(|(i, item)| below(format!("{at}/{i}"), item, places))
            }
            _ => {}
        }
    }
    let mut places = Vec::new();
    below(String::new(), document, &mut places);
    places
}

fn merge(all: &mut Json, document: &Json) {
    let (Json::Object(all), Json::Object(document)) = (all, document) else { return };
    for (key, value) in document {
        match all.get_mut(key) {
            Some(there) if there.is_object() && value.is_object() => merge(there, value),
            _ => drop(all.insert(key.clone(), value.clone())),
        }
    }
}

/// The document as YAML: JSON, except that `none` is a plain word without quotes.
fn yaml(document: &Json) -> String {
    match document {
        Json::String(text) if text == "none" => text.clone(),
        Json::Array(items) => format!("[{}]", items.iter().map(yaml).collect::<Vec<_>>().join(", ")),
        Json::Object(map) => {
            let entry = |(key, value): (&String, &Json)| format!("{}: {}", json!(key), yaml(value));
            format!("{{ {} }}", map.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}

/// Whether the document can be written as YAML, which has no empty keys here, and the schema describes it as a complete
/// spec.
fn is_whole(document: &Json) -> bool {
    let empty_key = |place: &String| place.ends_with('/') || place.contains("//");
    let partial = |key| document.get(key).is_some();
    !document.is_null() && !places(document).iter().any(empty_key) && !partial("extends") && !partial("environments")
}

/// The same spec with `environments`: once with its settings at the top level, and once with as many of them as possible in
/// the environment.
fn spread(document: &Json) -> Option<[Json; 2]> {
    let mut top = document.as_object()?.clone();
    if top.shift_remove("environment")? != "shared" {
        return None;
    }
    let (platform, own): (Vec<_>, Vec<_>) =
        top.clone().into_iter().partition(|(key, _)| ["platform", "image_tags", "waive"].contains(&key.as_str()));
    let mut platform: serde_json::Map<String, Json> = platform.into_iter().collect();
    top.insert("environments".into(), json!({ "shared": {} }));
    platform.insert("environments".into(), json!({ "shared": Json::Object(own.into_iter().collect()) }));
    Some([top.into(), platform.into()])
}

/// Leaving out each value in turn finds rules about keys that depend on each other.
#[test]
fn schema_and_decoder_agree_if_any_one_value_is_missing() {
    for document in GOOD.iter() {
        for place in places(document) {
            let mut changed = document.clone();
            apply(&mut changed, &place, Change::Drop, document);
            assert_agreement(&changed).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}

/// Replacing each value in turn by each kind of value finds rules about single values. The combined document has no new one.
#[test]
fn schema_and_decoder_agree_if_any_one_value_is_replaced() {
    let texts = ["", "x y", "\r", "{service}", "5", "none"].map(Json::from);
    let others = [json!(true), json!({}), json!([["none"]]), json!(-1), json!({ "variable": "v" })];
    for document in &GOOD[..ACCEPTED.len()] {
        for place in places(document) {
            for value in texts.iter().chain(&others) {
                let mut changed = document.clone();
                apply(&mut changed, &place, Change::Replace(value.clone()), document);
                if is_whole(&changed) {
                    assert_agreement(&changed).unwrap_or_else(|error| panic!("{place}: {error}"));
                }
            }
        }
    }
}

fn assert_agreement(document: &Json) -> Result<(), TestCaseError> {
    let text = yaml(document);
    prop_assert_eq!(&json(&text), document, "the YAML parses to the same document");
    let (schema, faults) = (schema(document), faults(&text));
    prop_assert_eq!(schema.is_ok(), faults.is_empty(), "{}\nschema: {:?}\ndecoder: {:?}", text, schema, faults);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn schema_and_decoder_agree(which: Index, changes in changes()) {
        let document = changed(which, changes);
        prop_assume!(is_whole(&document));
        assert_agreement(&document)?;
    }

    /// Only the merged spec shows which keys are missing, so the schema accepts more of these documents than the decoder.
    #[test]
    fn the_decoder_accepts_no_file_with_environments_that_the_schema_rejects(which: Index, changes in changes()) {
        let document = changed(which, changes);
        prop_assume!(is_whole(&document));
        let alone = faults(&yaml(&document));
        for spread in spread(&document).into_iter().flatten() {
            let text = yaml(&spread);
            let (schema, faults) = (schema(&spread), faults(&text));
            prop_assert!(schema.is_ok() || !faults.is_empty(), "{}\nschema: {:?}", text, schema);
            prop_assert_eq!(faults.is_empty(), alone.is_empty(), "{}\n{:?}\n{:?}", text, faults, alone);
        }
    }
}
