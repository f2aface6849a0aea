//! Maps keyed by names.

use serde_json::{Value as Json, json};

use super::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, codes};
use crate::parallel;
use crate::source::Spanned;
use crate::yaml::{Entry, Key, Node, Value};

/// A map keyed by names, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<K, V> {
    /// The entries without faults.
    pub entries: Vec<(Spanned<K>, V)>,
    /// The names of the entries with faults.
    pub broken: Vec<String>,
}

impl<K: AsRef<str>, V> Map<K, V> {
    /// The value under a name.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.entries.iter().find(|(key, _)| key.value.as_ref() == name).map(|(_, value)| value)
    }

    /// The names of the entries without faults.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.value.as_ref())
    }

    /// Whether the spec has this name, with or without faults.
    pub fn mentions(&self, name: &str) -> bool {
        self.get(name).is_some() || self.broken.iter().any(|broken| broken == name)
    }
}

impl<K: Decode, V: Decode> Map<K, V> {
    /// Decodes some entries of a map. Returns them and their faults.
    fn of(written: &[Entry], mut decoder: Decoder) -> (Self, Vec<Diagnostic>) {
        let mut map = Map { entries: Vec::with_capacity(written.len()), broken: Vec::new() };
        for entry in written {
            let key = decoder.key(&entry.key.text, &key_node(&entry.key));
            if entry.value.value == Value::None {
                continue;
            }
            let value = decoder.key(&entry.key.text, &entry.value);
            match (key, value) {
                (Some(key), Some(value)) => map.entries.push((key, value)),
                _ => map.broken.push(entry.key.text.clone()),
            }
        }
        (map, decoder.faults)
    }
}

impl<K: Decode, V: Decode> Decode for Map<K, V> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::Map(written) = &node.value else {
            match node.first_text() {
                Some(first) => decoder.fault(
                    Diagnostic::new(&codes::WRONG_TYPE, node.span, format!("expected a map, found {}", node.kind()))
                        .help(format!("write a map with each name as a key, for example `{first}: {{}}`")),
                ),
                None => decoder.wrong_type(node, "a map"),
            }
            return None;
        };
        let parts = parallel::chunks(written, |written| Map::of(written, decoder.at_same_path()));
        let whole = parts.into_iter().reduce(|(mut map, mut faults), (part, more)| {
            map.entries.extend(part.entries);
            map.broken.extend(part.broken);
            faults.extend(more);
            (map, faults)
        });
        let (map, faults) = whole.expect("there is always at least one part");
        decoder.faults.extend(faults);
        Some(map)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        let names = K::schema(definitions);
        let values = definitions.optional::<V>();
        json!({ "type": "object", "propertyNames": names, "additionalProperties": values })
    }
}

/// A key as a node, so that names are decoded like any other text.
fn key_node(key: &Key) -> Node {
    Node { span: key.span, value: Value::Text(key.text.clone()) }
}
