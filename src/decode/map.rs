//! Maps keyed by names.

use serde_json::{Value as Json, json};

use super::{Decode, Decoder, Definitions, keys};
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
    /// Decodes some entries of a map. Returns them and their faults. Skips keys of an entry among the names and the
    /// empty entries that they belong to, because [`misplaced`] reports these.
    fn of(written: &[Entry], skips: bool, mut decoder: Decoder) -> (Self, Vec<Diagnostic>) {
        let mut map = Map { entries: Vec::with_capacity(written.len()), broken: Vec::new() };
        for entry in written {
            if skips && (entry.value.value == Value::Null || is_misplaced::<V>(entry)) {
                map.broken.push(entry.key.text.clone());
                continue;
            }
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
            let fault =
                Diagnostic::new(&codes::WRONG_TYPE, node.span, format!("expected a map, found {}", node.kind()));
            match first_name(node) {
                Some(first) => {
                    let empty = Node { span: node.span, value: Value::Map(Vec::new()) };
                    let value = if keys::accepts::<V>(&empty, decoder) { "{}" } else { "…" };
                    let help = format!("write a map with each name as a key, for example `{first}: {value}`");
                    decoder.fault(fault.help(help));
                }
                None => decoder.wrong_type(node, "a map"),
            }
            return None;
        };
        let misplaced = misplaced::<V>(written, decoder.last_key());
        let skips = misplaced.is_some();
        let parts = parallel::chunks(written, |written| Map::of(written, skips, decoder.at_same_path()));
        let whole = parts.into_iter().reduce(|(mut map, mut faults), (part, more)| {
            map.entries.extend(part.entries);
            map.broken.extend(part.broken);
            faults.extend(more);
            (map, faults)
        });
        let (map, faults) = whole.expect("there is always at least one part");
        decoder.faults.extend(faults);
        misplaced.into_iter().for_each(|fault| decoder.fault(fault));
        Some(map)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        let names = K::schema(definitions);
        let values = definitions.optional::<V>();
        json!({ "type": "object", "propertyNames": names, "additionalProperties": values })
    }
}

/// The name of the first item of a list: the item itself, or what it has as its name.
fn first_name(node: &Node) -> Option<&str> {
    let Value::List(items) = &node.value else { return None };
    let first = items.first()?;
    first.as_text().or_else(|| ["name", "key", "id"].iter().find_map(|key| first.get(key)?.as_text()))
}

/// The error of keys of an entry that are indented like the names of the entries.
fn misplaced<V: Decode>(written: &[Entry], map: &str) -> Option<Diagnostic> {
    let mut found = written.iter().enumerate().filter(|(_, entry)| is_misplaced::<V>(entry));
    let (at, first) = found.next()?;
    let (key, value) = (&first.key.text, &first.value);
    let message = format!("`{key}` is one level too high, so it is read as the name of an entry of `{map}`");
    let fault = Diagnostic::new(&codes::MISPLACED_KEY, first.key.span, message);
    let fault = found.fold(fault, |fault, (_, other)| fault.and(other.key.span, "so is this key"));
    let owner = written[..at].iter().rev().find(|entry| !is_misplaced::<V>(entry)).map(|entry| &entry.key);
    Some(match owner {
        Some(owner) if matches!(value.value, Value::List(_) | Value::Map(_)) => fault
            .and(owner.span, "probably belongs to this entry")
            .help(format!("indent `{key}` and everything below it two spaces deeper than `{}`", owner.text)),
        Some(owner) => fault
            .and(owner.span, "probably belongs to this entry")
            .help(format!("indent `{key}` two spaces deeper than `{}`", owner.text)),
        None => fault.help(format!("write a name in front of it: `{map}: {{ NAME: {{ {key}: … }} }}`")),
    })
}

/// Whether an entry has the name of a key of such entries, and a value that an entry cannot have.
fn is_misplaced<V: Decode>(entry: &Entry) -> bool {
    let keys = V::keys();
    let is_key = |key: &Key| keys.contains(&key.text.as_str());
    is_key(&entry.key)
        && match &entry.value.value {
            Value::Null | Value::None => false,
            Value::Map(entries) => !entries.is_empty() && !entries.iter().any(|inner| is_key(&inner.key)),
            _ => true,
        }
}

/// A key as a node, so that names are decoded like any other text.
fn key_node(key: &Key) -> Node {
    Node { span: key.span, value: Value::Text(key.text.clone()) }
}
