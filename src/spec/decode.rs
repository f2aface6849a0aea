//! Nodes to types: what every type of the language can do, and the types all of them are made of.
//!
//! One declaration of a key (see [`record!`](super::record)) drives decoding, the JSON Schema and the
//! descriptions an editor shows. Decoding collects every fault. A part with a fault is left out whole,
//! and [`Map::broken`] remembers its name, so that what refers to it is not reported a second time.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::number;
use super::schema::Definitions;
use crate::diagnostic::Diagnostic;
use crate::halves::in_halves;
use crate::node::{Entry, Key, Node, Value};
use crate::source::Span;

/// A type of the spec language.
pub trait Decode: Sized + Send {
    /// Reads a node; a fault goes to the decoder, and `None` comes back.
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self>;

    /// The JSON Schema that accepts what `decode` accepts.
    fn schema(definitions: &mut Definitions) -> Json;
}

/// Collects faults, and knows where in the spec the decoding stands.
#[derive(Default)]
pub struct Decoder {
    /// The faults so far.
    pub faults: Vec<Diagnostic>,
    path: String,
}

impl Decoder {
    /// Decodes what stands under a key.
    pub fn key<T: Decode>(&mut self, key: &str, node: &Node) -> Option<T> {
        let before = self.path.len();
        if before > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        let value = T::decode(node, self);
        self.path.truncate(before);
        value
    }

    /// A decoder without faults that stands at the same place.
    fn beside(&self) -> Decoder {
        Decoder { faults: Vec::new(), path: self.path.clone() }
    }

    /// Notes a fault of the element that is being decoded.
    pub fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault.at(self.path.clone()));
    }

    /// Notes that a node is not what is wanted there.
    pub fn wrong_type(&mut self, node: &Node, wanted: &str) {
        let fault = Diagnostic::error("wrong-type", node.span, format!("expected {wanted}, found {}", node.kind()));
        let fault = match &node.value {
            Value::Null => fault.help("a key without a value says nothing: write the value, `{}` for a map with nothing to say, or leave the key out"),
            Value::None => fault.help("`none` means \"as if not written\"; this one is needed"),
            _ => fault,
        };
        self.fault(fault);
    }

    /// Notes that a node is not the text that is wanted there.
    pub fn not_text(&mut self, node: &Node, wanted: &str) {
        let fault = Diagnostic::error("wrong-type", node.span, format!("expected {wanted}, found {}", node.kind()));
        let unit = [("number of days", 'd'), ("`12h`", 'h')].into_iter().find(|(unit, _)| wanted.contains(unit));
        match (&node.value, unit) {
            (Value::Number(n), Some((_, unit))) => self.fault(fault.help(format!("write the unit too: {n}{unit}"))),
            (Value::Number(n), None) => self.fault(fault.help(format!("put it in quotes: \"{n}\""))),
            (Value::Bool(b), _) => self.fault(fault.help(format!("put it in quotes: \"{b}\""))),
            (Value::List(_), _) if self.path.ends_with(".of") => self.fault(fault.help(
                "`of_each: […]` makes a rule for each class; `of_all: […]` means images with a tag of every one",
            )),
            (Value::List(_), _) => self.fault(fault.help("one text is wanted here: leave the brackets out")),
            _ => self.wrong_type(node, wanted),
        }
    }
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        Some(Spanned { value: T::decode(node, decoder)?, span: node.span })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        T::schema(definitions)
    }
}

impl Decode for bool {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Bool(b) => return Some(*b),
            Value::Text(text) if is_boolean_elsewhere(text) => decoder.fault(
                Diagnostic::error("wrong-type", node.span, format!("expected `true` or `false`, found `{text}`")).help(
                    match text.to_ascii_lowercase().as_str() {
                        "true" | "yes" | "on" | "y" => "write `true`, without quotes",
                        _ => "write `false`, without quotes",
                    },
                ),
            ),
            _ => decoder.wrong_type(node, "`true` or `false`"),
        }
        None
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "boolean" })
    }
}

/// The words YAML 1.1 took for booleans.
fn is_boolean_elsewhere(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n")
}

/// Any text on any number of lines.
impl Decode for String {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            _ => {
                decoder.not_text(node, "text");
                None
            }
        }
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string" })
    }
}

/// A list: never empty (leave the key out instead), no item twice. Items with a fault are left out, so
/// that what is said about the others is checked all the same.
impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::List(items) = &node.value else {
            let fault = Diagnostic::error("wrong-type", node.span, format!("expected a list, found {}", node.kind()));
            decoder.fault(match node.as_text() {
                Some(text) => fault.help(format!("a list of one item is written [{text}]")),
                None => fault,
            });
            return None;
        };
        if items.is_empty() {
            decoder.fault(
                Diagnostic::error("empty-list", node.span, "this list is empty").help("leave the key out instead"),
            );
            return None;
        }
        let mut seen: HashMap<u64, &Node> = HashMap::new();
        for item in items {
            let twin = seen.insert(fingerprint(item), item);
            if let Some(first) = twin.filter(|first| canonical(first) == canonical(item)) {
                decoder.fault(
                    Diagnostic::error("duplicate-item", item.span, "this item stands in the list twice")
                        .and(first.span, "the first time")
                        .help("keep one of the two"),
                );
            }
        }
        // As many as there are: `collect` cannot know that few have a fault, and a spec has thousands of short lists.
        let mut decoded = Vec::with_capacity(items.len());
        decoded.extend(items.iter().filter_map(|item| T::decode(item, decoder)));
        Some(decoded)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "type": "array", "items": definitions.needed::<T>(), "minItems": 1, "uniqueItems": true })
    }
}

/// A list that a platform shares with its spec.
impl<T: Decode + Sync> Decode for Arc<[T]> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        Vec::decode(node, decoder).map(Arc::from)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        Vec::<T>::schema(definitions)
    }
}

/// The same number for nodes whose [`canonical`] text is the same; making that text of every item would cost more than
/// reading the item.
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

/// The same text for nodes that are equal as values, wherever they stand and in whatever order their keys do.
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

/// A map keyed by names, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<K, V> {
    /// The entries without a fault.
    pub entries: Vec<(Spanned<K>, V)>,
    /// The names of the entries that had one.
    pub broken: Vec<String>,
}

impl<K: AsRef<str>, V> Map<K, V> {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.entries.iter().find(|(key, _)| key.value.as_ref() == name).map(|(_, value)| value)
    }

    /// The names of the entries without a fault.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.value.as_ref())
    }

    /// Whether the spec writes this name, be it with a fault.
    pub fn mentions(&self, name: &str) -> bool {
        self.get(name).is_some() || self.broken.iter().any(|broken| broken == name)
    }
}

impl<K: Decode, V: Decode> Map<K, V> {
    /// Some entries of a map, and their faults.
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
                    Diagnostic::error("wrong-type", node.span, format!("expected a map, found {}", node.kind()))
                        .help(format!("write each name as a key: `{first}: …`")),
                ),
                None => decoder.wrong_type(node, "a map"),
            }
            return None;
        };
        let halves = in_halves(written, |written| Map::of(written, decoder.beside()));
        let whole = halves.into_iter().reduce(|(mut map, mut faults), (second, more)| {
            map.entries.extend(second.entries);
            map.broken.extend(second.broken);
            faults.extend(more);
            (map, faults)
        });
        let (map, faults) = whole.expect("there is one half, or there are two");
        decoder.faults.extend(faults);
        Some(map)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        let names = K::schema(definitions);
        let values = definitions.optional::<V>();
        json!({ "type": "object", "propertyNames": names, "additionalProperties": values })
    }
}

/// A key as a node of its own, so that names are decoded like any other text.
fn key_node(key: &Key) -> Node {
    Node { span: key.span, value: Value::Text(key.text.clone()) }
}

/// The nearest of some words, near enough to have been meant.
pub fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let length = word.chars().count();
    let most = (length / 3).max(1);
    let word = word.to_lowercase();
    // Lengths that differ by more need no look at the letters, and nobody waits for a hint out of thousands.
    let near = words.into_iter().filter(|other| other.chars().count().abs_diff(length) <= most).take(200);
    let distance = |other: &str| strsim::osa_distance(&word, &other.to_lowercase());
    let (nearest, distance) = near.map(|other| (other, distance(other))).min_by_key(|(_, d)| *d)?;
    (distance <= most).then_some(nearest)
}

/// How many words are listed to choose from.
const LISTED: usize = 20;

/// "did you mean `x`?", or what there is to choose from.
pub fn suggestion<'w>(word: &str, words: impl IntoIterator<Item = &'w str> + Clone, all: &str) -> String {
    if let Some(near) = nearest(word, words.clone()) {
        return format!("did you mean `{near}`?");
    }
    let mut words = words.into_iter();
    let listed: Vec<&str> = words.by_ref().take(LISTED).collect();
    match (listed.as_slice(), words.count()) {
        ([], _) => format!("there are no {all}"),
        (listed, 0) => format!("{all}: {}", listed.join(", ")),
        (listed, more) => format!("{all}: {}, and {more} more", listed.join(", ")),
    }
}
