//! What the declarations in `record.rs` expand to: keys of a record, words, texts of a form.

use crate::decode::{Decode, Decoder};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::yaml::{Entry, Key, Node, Value};

/// The name of a key: that of its field, without the `r#` of Rust's own words.
pub const fn name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// The keys of one map that is being decoded.
pub struct Keys<'n> {
    node: &'n Node,
    known: &'n [&'static str],
}

impl<'n> Keys<'n> {
    /// A map, its unknown keys reported.
    pub fn of(node: &'n Node, known: &'n [&'static str], decoder: &mut Decoder) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            let fault =
                Diagnostic::new(&codes::WRONG_TYPE, node.span, format!("expected a map, found {}", node.kind()));
            decoder.fault(
                fault.help(match &node.value {
                    Value::Null => {
                        "write `{}` when there is nothing to say; what belongs to the key stands two spaces deeper"
                            .to_owned()
                    }
                    _ => format!("keys here: {}", known.join(", ")),
                }),
            );
            return None;
        }
        let keys = Keys { node, known };
        let unknown: Vec<&Key> = keys.unknown().map(|entry| &entry.key).collect();
        if !unknown.is_empty() {
            keys.refuse(&unknown, decoder);
        }
        Some(keys)
    }

    /// The entries whose key this map does not have.
    fn unknown(&self) -> impl Iterator<Item = &'n Entry> {
        self.node.entries().iter().filter(|entry| !self.known.contains(&entry.key.text.as_str()))
    }

    fn refuse(&self, unknown: &[&Key], decoder: &mut Decoder) {
        let known = self.known.iter().copied();
        let written: Vec<&str> = known.clone().filter(|key| self.node.get(key).is_some()).collect();
        for key in unknown {
            let fault = Diagnostic::new(&codes::UNKNOWN_KEY, key.span, format!("unknown key `{}`", key.text));
            // A key cannot be written twice.
            let is_free = nearest(&key.text, known.clone()).is_none_or(|meant| !written.contains(&meant));
            decoder.fault(match elsewhere(&key.text) {
                Some(help) => fault.help(help),
                None => fault.did_you_mean(is_free.then_some(key.span), &key.text, known.clone(), "keys here"),
            });
        }
    }

    /// A key and its value, unless that is `none`.
    fn written(&self, key: &str) -> Option<&'n Entry> {
        self.node.entry(key).filter(|entry| entry.value.value != Value::None)
    }

    /// Whether a key is there, be it with a fault.
    pub fn writes(&self, key: &str) -> bool {
        self.written(key).is_some()
    }

    /// A key that may be left out.
    pub fn optional<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        decoder.key(key, &self.written(key)?.value)
    }

    /// A key that must be there.
    pub fn required<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        if let Some(entry) = self.written(key) {
            return decoder.key(key, &entry.value);
        }
        decoder.fault(
            Diagnostic::new(&codes::MISSING_KEY, self.node.span, format!("`{key}` is missing"))
                .help(T::if_missing().map_or_else(|| format!("write `{key}: …` here"), str::to_owned)),
        );
        None
    }

    /// A key that must be there, in a record that goes on without it.
    pub fn needed<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        self.required(key, decoder)
    }

    /// Of these keys one must be there, and only one.
    pub fn exactly_one(&self, keys: &[&str], decoder: &mut Decoder) {
        if self.at_most_one(keys, decoder) == 0 {
            self.none_of(keys, decoder);
        }
    }

    /// Of these keys one may be there, not two. Returns how many are.
    pub fn at_most_one(&self, keys: &[&str], decoder: &mut Decoder) -> usize {
        let there: Vec<_> = keys.iter().filter_map(|key| self.written(key)).collect();
        if let [first, second, ..] = there.as_slice() {
            decoder.fault(
                Diagnostic::new(
                    &codes::KEYS_EXCLUDE_EACH_OTHER,
                    second.key.span,
                    format!("`{}` and `{}` cannot stand together", first.key.text, second.key.text),
                )
                .and(first.key.span, "the other one")
                .help(format!("one of: {}", keys.join(", "))),
            );
        }
        there.len()
    }

    fn none_of(&self, keys: &[&str], decoder: &mut Decoder) {
        // An unknown key is reported already, and if it looks like one of these it is the likely reason.
        let misspelled = |entry: &Entry| nearest(&entry.key.text, keys.iter().copied()).is_some();
        if self.unknown().any(misspelled) {
            return;
        }
        decoder.fault(
            Diagnostic::new(
                &codes::MISSING_KEY,
                self.node.span,
                format!("one of these keys is needed: {}", keys.join(", ")),
            )
            .help(format!("write `{}: …` here, for example", keys[0])),
        );
    }
}

/// Where something is said that people look for under another key, and what cannot be said at all.
fn elsewhere(key: &str) -> Option<&'static str> {
    let help = match key {
        "aws_access_key_id" | "aws_secret_access_key" | "access_key" | "secret_key" => {
            "no static keys here: `github`, `gitlab`, `irsa`, `assumed_by` and the like give credentials that end by themselves"
        }
        "lifecycle" | "lifecycle_policy" | "lifecycle_rules" => "which images stay is said by `retention`",
        "tags" => "classes of image tags stand under `image_tags`, AWS tags under `resource_tags`",
        _ => return None,
    };
    Some(help)
}

/// One of some words.
pub fn word(node: &Node, words: &[&'static str], decoder: &mut Decoder) -> Option<&'static str> {
    let wanted = || words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
    let Some(text) = node.as_text() else {
        decoder.wrong_type(node, &wanted());
        return None;
    };
    if let Some(word) = words.iter().find(|word| **word == text) {
        return Some(word);
    }
    let fault = Diagnostic::new(&codes::UNKNOWN_WORD, node.span, format!("expected {}, found `{text}`", wanted()));
    let words = words.iter().copied();
    decoder.fault(match nearest(text, words.clone()) {
        Some(_) => fault.did_you_mean(node.span, text, words, "words here"),
        None => fault,
    });
    None
}
