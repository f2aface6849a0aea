//! Lists.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::written::in_brackets;
use super::{Decode, Decoder, Definitions, number};
use crate::diagnostic::{Diagnostic, codes};
use crate::yaml::{Entry, Node, Value};

/// A list. It cannot be empty, and no item can be in it twice. Items with faults are discarded, so that the other items
/// are still checked.
impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::List(items) = &node.value else {
            let fault =
                Diagnostic::new(&codes::WRONG_TYPE, node.span, format!("expected a list, found {}", node.kind()));
            let help = intended::<T>(node, decoder);
            decoder.fault(Diagnostic { help, ..fault });
            return None;
        };
        if items.is_empty() {
            let help = match decoder.is_required {
                true => format!("add at least one item: `{}: [...]`", decoder.last_key()),
                false => "add an item, or remove the key".to_owned(),
            };
            decoder.fault(Diagnostic::new(&codes::EMPTY_LIST, node.span, "this list is empty").help(help));
            return None;
        }
        let mut seen: HashMap<u64, &Node> = HashMap::new();
        for item in items {
            let twin = seen.insert(fingerprint(item), item);
            if let Some(first) = twin.filter(|first| canonical(first) == canonical(item)) {
                decoder.fault(
                    Diagnostic::new(&codes::DUPLICATE_ITEM, item.span, "this item is in the list twice")
                        .and(first.span, "first occurrence")
                        .help("remove one of the two"),
                );
            }
        }
        // Reserved for all items: `collect` cannot know that few have faults, and a spec has thousands of short lists.
        let mut decoded = Vec::with_capacity(items.len());
        decoded.extend(items.iter().filter_map(|item| T::decode(item, decoder)));
        Some(decoded)
    }

    fn if_missing() -> Option<&'static str> {
        T::if_missing()
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "type": "array", "items": definitions.needed::<T>(), "minItems": 1, "uniqueItems": true })
    }
}

/// How to write as a list what its author probably intended.
fn intended<T: Decode>(node: &Node, decoder: &Decoder) -> Option<String> {
    let text = match &node.value {
        Value::Text(text) => text.as_str(),
        Value::Number(number) => number.as_str(),
        // A map without values, as for `repositories`.
        Value::Map(entries) => {
            let keys: Vec<String> = entries.iter().map(|entry| entry.key.text.clone()).collect();
            return match T::decode(node, &mut decoder.at_same_path()).is_some() {
                true => Some("put the map in brackets: `[{ … }]`".to_owned()),
                false => (!keys.is_empty() && refused::<T>(&keys, node, decoder).is_none()).then(|| as_list(&keys)),
            };
        }
        _ => return None,
    };
    let separated = |separators: &[char]| -> Vec<String> {
        let items = text.trim().trim_start_matches('[').trim_end_matches(']').split(separators);
        let items = items.map(|item| item.trim().trim_matches(['"', '\'']).to_owned());
        items.filter(|item| !item.is_empty()).collect()
    };
    let by_comma = separated(&[',', ';', '\n']);
    let candidates = [by_comma.clone(), vec![text.to_owned()], separated(&[' ', ',', ';', '\n'])];
    let valid = candidates.into_iter().find(|items| !items.is_empty() && refused::<T>(items, node, decoder).is_none());
    match (valid, refused::<T>(&by_comma, node, decoder)) {
        (Some(items), _) => Some(as_list(&items)),
        (None, Some(_)) if !T::keys().is_empty() => {
            Some(format!("write a list of maps in `[{{ }}]`, with these keys: {}", T::keys().join(", ")))
        }
        (None, Some((item, Ok(help)))) => Some(format!("write a list in `[ ]`, and for `{item}`, {help}")),
        (None, Some((_, Err(message)))) => Some(format!("write a list in `[ ]`; for its items, {message}")),
        (None, None) => Some(as_list(&by_comma)),
    }
}

/// The first of these texts that is not a good item, and the help about it, or else the message.
fn refused<T: Decode>(items: &[String], node: &Node, decoder: &Decoder) -> Option<(String, Result<String, String>)> {
    items.iter().find_map(|text| {
        let mut decoder = decoder.at_same_path();
        let item = Node { span: node.span, value: Value::Text(text.clone()) };
        let is_good = T::decode(&item, &mut decoder).is_some();
        let fault = decoder.faults.into_iter().next();
        let fault = fault.filter(|_| !is_good)?;
        Some((text.clone(), fault.help.ok_or(fault.message)))
    })
}

fn as_list(items: &[String]) -> String {
    match items.len() {
        1 => format!("write a list with one item: {}", in_brackets(items)),
        _ => format!("write a list: {}", in_brackets(items)),
    }
}

/// A list that a spec and its platform share.
impl<T: Decode + Sync> Decode for Arc<[T]> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        Vec::decode(node, decoder).map(Arc::from)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        Vec::<T>::schema(definitions)
    }
}

/// A number that is the same for nodes with the same [`canonical`] text. Building that text for every item would cost more
/// than decoding the item.
fn fingerprint(node: &Node) -> u64 {
    let of = |value: &dyn Fn(&mut DefaultHasher)| {
        let mut hasher = DefaultHasher::new();
        value(&mut hasher);
        hasher.finish()
    };
    match &node.value {
        Value::List(items) => of(&|hasher| items.iter().for_each(|item| fingerprint(item).hash(hasher))),
        Value::Map(entries) => {
            let entry = |entry: &Entry| of(&|hasher| (&entry.key.text, fingerprint(&entry.value)).hash(hasher));
            entries.iter().map(entry).fold(0, u64::wrapping_add)
        }
        Value::Text(text) => of(&|hasher| text.hash(hasher)),
        _ => of(&|hasher| canonical(node).hash(hasher)),
    }
}

/// A text that is the same for nodes with equal values, whatever their places and the order of their keys.
fn canonical(node: &Node) -> String {
    match &node.value {
        Value::List(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Map(entries) => {
            let mut entries: Vec<String> =
                entries.iter().map(|entry| format!("{:?}:{}", entry.key.text, canonical(&entry.value))).collect();
            entries.sort();
            format!("{{{}}}", entries.join(","))
        }
        Value::Number(text) => number::whole(text).map_or_else(|| text.clone(), |n| n.to_string()),
        scalar => format!("{scalar:?}"),
    }
}
