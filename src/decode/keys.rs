//! What the declarations in `record.rs` expand to: the keys of a record, and choices of words.

use std::cell::Cell;

use super::elsewhere::{elsewhere, instead_of_metric};
use super::written;
use crate::decode::{Decode, Decoder};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::prose;
use crate::source::Span;
use crate::yaml::{Entry, Key, Node, Value};

/// The name of a key: the name of its field without `r#`, which Rust's keywords need.
pub const fn name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// The start of a list of all keys.
pub const VALID_KEYS: &str = "valid keys";

/// The keys of one map that is being decoded.
pub struct Keys<'n> {
    node: &'n Node,
    known: &'n [&'static str],
    /// The descriptions of the keys, which end in an example.
    docs: &'n [(&'static str, &'static str)],
    /// Keys of which one is required.
    choice: Cell<&'static [&'static str]>,
}

impl<'n> Keys<'n> {
    /// Takes a map and reports its unknown keys.
    pub fn of(node: &'n Node, known: &'n [&'static str], decoder: &mut Decoder) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            not_a_map(node, known, &[], decoder);
            return None;
        }
        let keys = Keys { node, known, docs: &[], choice: Cell::new(&[]) };
        let unknown: Vec<&Key> = keys.unknown().map(|entry| &entry.key).collect();
        if !unknown.is_empty() {
            keys.refuse(&unknown, decoder);
        }
        Some(keys)
    }

    /// Adds the descriptions of the keys, for messages about missing keys.
    #[must_use]
    pub fn described(self, docs: &'n [(&'static str, &'static str)]) -> Self {
        Keys { docs, ..self }
    }

    /// The example in the description of a key, for instance `keep: 10`.
    fn example(&self, key: &str) -> Option<&'static str> {
        let (_, doc) = self.docs.iter().find(|(described, _)| *described == key)?;
        let (_, example) = doc.rsplit_once("Example: `")?;
        example.rsplit_once('`').map(|(example, _)| example)
    }

    /// The example of a key, short enough for a list.
    fn short_example(&self, key: &str) -> String {
        match self.example(key) {
            Some(example) if example.len() <= LONGEST_EXAMPLE => format!("`{example}`"),
            Some(example) if example.contains(": {") => format!("`{key}: {{ … }}`"),
            Some(example) if example.contains(": [") => format!("`{key}: [ … ]`"),
            _ => format!("`{key}: …`"),
        }
    }

    /// The entries with unknown keys.
    fn unknown(&self) -> impl Iterator<Item = &'n Entry> {
        self.node.entries().iter().filter(|entry| !self.known.contains(&entry.key.text.as_str()))
    }

    fn refuse(&self, unknown: &[&Key], decoder: &mut Decoder) {
        let known = self.known.iter().copied();
        let written: Vec<&str> = known.clone().filter(|key| self.node.get(key).is_some()).collect();
        for key in unknown {
            let fault = Diagnostic::new(&codes::UNKNOWN_KEY, key.span, format!("unknown key `{}`", key.text));
            // A suggested key must not be in the map already: a key cannot be there twice.
            let is_free = nearest(&key.text, known.clone()).is_none_or(|meant| !written.contains(&meant));
            decoder.fault(match self.after_comma(key).or_else(|| elsewhere(&key.text, &decoder.path)) {
                Some(help) => fault.help(help),
                None => fault.did_you_mean(is_free.then_some(key.span), &key.text, known.clone(), VALID_KEYS),
            });
        }
    }

    /// The help for the second part of `keep: 1,000` and of `services: a, b` in `{ }`.
    fn after_comma(&self, key: &Key) -> Option<String> {
        let entries = self.node.entries();
        let at = entries.iter().position(|entry| entry.key.span == key.span)?;
        let is_rest = |entry: &Entry| {
            entry.value.value == Value::Null && nearest(&entry.key.text, self.known.iter().copied()).is_none()
        };
        let first = entries[..at].iter().rposition(|entry| !is_rest(entry))?;
        let rest: Vec<&str> =
            entries[first + 1..].iter().take_while(|entry| is_rest(entry)).map(|e| e.key.text.as_str()).collect();
        if rest.is_empty() || !is_rest(&entries[at]) {
            return None;
        }
        let name = &entries[first].key.text;
        let is_group = |text: &&str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
        let because = "in `{ }`, a comma begins the next entry";
        match &entries[first].value.value {
            Value::Number(number) if rest.iter().all(is_group) => {
                Some(format!("write `{name}: {number}{}`: {because}", rest.concat()))
            }
            Value::Text(text) => Some(format!(
                "write `{name}: [{text}, {}]` for a list, or put the whole text in quotes: {because}",
                rest.join(", ")
            )),
            _ => None,
        }
    }

    /// A key and its value, unless that is `none`.
    fn written(&self, key: &str) -> Option<&'n Entry> {
        self.node.entry(key).filter(|entry| entry.value.value != Value::None)
    }

    /// Whether a key is set, with or without faults.
    pub fn writes(&self, key: &str) -> bool {
        self.written(key).is_some()
    }

    /// The place of a key that is set.
    pub fn place(&self, key: &str) -> Option<Span> {
        self.written(key).map(|entry| entry.key.span)
    }

    /// Decodes a key that can be left out.
    pub fn optional<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        let value = &self.node.entry(key)?.value;
        if value.value == Value::None {
            return T::if_none(value.span);
        }
        match self.choice.get().contains(&key) {
            true => decoder.required_key(key, value),
            false => decoder.key(key, value),
        }
    }

    /// Decodes a key that must be set.
    pub fn required<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        if let Some(entry) = self.written(key) {
            return decoder.required_key(key, &entry.value);
        }
        // An unknown key that looks like this one is the likely cause, and has been reported.
        let known = self.known.iter().copied().filter(|known| !self.writes(known));
        if self.unknown().any(|entry| nearest(&entry.key.text, known.clone()) == Some(key)) {
            return None;
        }
        let fault = Diagnostic::new(&codes::MISSING_KEY, self.node.span, format!("`{key}` is missing"));
        decoder.fault_of(
            key,
            fault.help(match (T::if_missing(), self.example(key)) {
                (Some(help), _) => help.to_owned(),
                (None, Some(example)) => format!("add `{key}`, for example `{example}`"),
                (None, None) => format!("add `{key}: …`"),
            }),
        );
        None
    }

    /// Decodes a key that must be set, in a record that is decoded even without it.
    pub fn needed<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        self.required(key, decoder)
    }

    /// Reports a fault unless exactly one of these keys is set.
    pub fn exactly_one(&self, keys: &'static [&'static str], decoder: &mut Decoder) {
        self.choice.set(keys);
        if self.at_most_one(keys, decoder) == 0 {
            self.none_of(keys, decoder);
        }
    }

    /// Reports a fault if none of these keys is set.
    pub fn at_least_one(&self, keys: &[&str], decoder: &mut Decoder) {
        if keys.iter().all(|key| self.written(key).is_none()) {
            self.none_of(keys, decoder);
        }
    }

    /// Reports a fault if more than one of these keys is set. Returns how many are.
    pub fn at_most_one(&self, keys: &[&str], decoder: &mut Decoder) -> usize {
        let set: Vec<_> = keys.iter().filter_map(|key| self.written(key)).collect();
        if let [first, second, ..] = set.as_slice() {
            decoder.fault(
                Diagnostic::new(
                    &codes::KEYS_EXCLUDE_EACH_OTHER,
                    second.key.span,
                    format!("`{}` and `{}` cannot be used together", first.key.text, second.key.text),
                )
                .and(first.key.span, "conflicts with this key")
                .help(
                    together(&first.key.text)
                        .map_or_else(|| format!("use only one of these keys: {}", keys.join(", ")), str::to_owned),
                ),
            );
        }
        set.len()
    }

    fn none_of(&self, keys: &[&str], decoder: &mut Decoder) {
        // An unknown key that looks like one of these is the likely cause, and has been reported.
        let misspelled = |entry: &Entry| nearest(&entry.key.text, keys.iter().copied()).is_some();
        if self.unknown().any(misspelled) {
            return;
        }
        decoder.fault(
            Diagnostic::new(
                &codes::MISSING_KEY,
                self.node.span,
                format!("one of these keys is missing: {}", keys.join(", ")),
            )
            .help(format!("add one of these: {}", prose::either(keys.iter().map(|key| self.short_example(key))))),
        );
    }
}

/// Whether a key of a record accepts a value.
pub type Accepts = fn(&Node, &Decoder) -> bool;

/// Whether a value is of a type.
pub fn accepts<T: Decode>(node: &Node, decoder: &Decoder) -> bool {
    let mut decoder = decoder.at_same_path();
    T::decode(node, &mut decoder).is_some() && decoder.faults.is_empty()
}

/// Reports that a value is not a map of these keys. `types` are the keys with what they accept: if only one of them accepts
/// the value, that is where it probably belongs.
pub fn not_a_map(node: &Node, known: &[&str], types: &[(&str, Accepts)], decoder: &mut Decoder) {
    let fault = Diagnostic::new(&codes::WRONG_TYPE, node.span, format!("expected a map, found {}", node.kind()));
    let name = decoder.last_key();
    let help = match &node.value {
        Value::Null => "write `{}` for an empty map, or indent the keys of this map by two spaces".to_owned(),
        Value::Text(text) if is_default(text) => format!("write `{name}: {{}}` for a map with the default settings"),
        Value::Bool(true) => format!("write `{name}: {{}}` for a map with the default settings"),
        _ => below_only_key(node, types, decoder).unwrap_or_else(|| format!("{VALID_KEYS}: {}", known.join(", "))),
    };
    decoder.fault(fault.help(help));
}

/// The value below the only key that accepts it, and not any word. If none does, a list with the value.
fn below_only_key(node: &Node, types: &[(&str, Accepts)], decoder: &Decoder) -> Option<String> {
    let list = Node { span: node.span, value: Value::List(vec![node.clone()]) };
    let any_word = Node { span: node.span, value: Value::Text("any".to_owned()) };
    let accepting = |value| types.iter().filter(move |(_, accepts)| accepts(value, decoder));
    let (keys, value): (Vec<&str>, &Node) = match accepting(node).next() {
        None => (accepting(&list).map(|(key, _)| *key).collect(), &list),
        Some(_) => {
            let keys = accepting(node).filter(|(_, accepts)| !accepts(&any_word, decoder));
            (keys.map(|(key, _)| *key).collect(), node)
        }
    };
    let [key] = keys[..] else { return None };
    Some(format!("write `{}: {{ {key}: {} }}`", decoder.last_key(), written::value(value)?))
}

/// The longest example that a list of alternatives shows completely.
const LONGEST_EXAMPLE: usize = 45;

/// Whether the text seems to ask for the defaults.
fn is_default(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "default" | "defaults" | "standard" | "empty" | "yes" | "on" | "enabled")
}

/// Why two keys cannot be combined, if people expect that they can.
fn together(first: &str) -> Option<&'static str> {
    (first == "keep").then_some(
        "a lifecycle rule of ECR has either a number or an age: write `keep` to keep the newest images however old they are, or a \
         key with `_after` to act by age; the first rule that matches an image decides",
    )
}

/// Decodes one of these words.
pub fn word(node: &Node, words: &[&'static str], decoder: &mut Decoder) -> Option<&'static str> {
    let wanted = || prose::either(words.iter().map(|word| format!("`{word}`")));
    let Some(text) = node.as_text() else {
        decoder.wrong_type(node, &wanted());
        return None;
    };
    if let Some(word) = words.iter().find(|word| **word == text) {
        return Some(word);
    }
    let fault = Diagnostic::new(&codes::UNKNOWN_WORD, node.span, format!("expected {}, found `{text}`", wanted()));
    let words = words.iter().copied();
    let of_events = words.clone().any(|word| word == "critical-finding");
    decoder.fault(match (nearest(text, words.clone()), instead_of_metric(text).filter(|_| of_events)) {
        (_, Some(help)) => fault.help(help),
        (Some(_), None) => fault.did_you_mean(node.span, text, words, "valid values"),
        (None, None) => fault,
    });
    None
}
