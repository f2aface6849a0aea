//! Parts of YAML that the spec language does not support.

use granit_parser::StructureStyle;

use super::builder::Builder;
use super::limits::MAX_TEXT;
use super::{Entry, Key, Node, Value};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;

impl Builder<'_> {
    pub(super) fn refuse_anchor(&mut self, place: Span) {
        self.faults.push(
            Diagnostic::new(&codes::YAML_ANCHOR, place, "YAML anchors are not part of the spec language")
                .help("delete the anchor, and repeat the value where you need it"),
        );
    }

    pub(super) fn refuse_long(&mut self, text: &str, place: Span) {
        if text.len() > MAX_TEXT {
            let message = format!("this text is {} bytes long; the limit is {MAX_TEXT} bytes", text.len());
            self.faults.push(Diagnostic::new(&codes::TOO_LARGE, place, message).help("shorten the text"));
        }
    }

    /// In YAML, `{service}` without quotes is a map whose only key has neither a colon nor a value.
    pub(super) fn refuse_placeholder(&mut self, style: StructureStyle, entries: &[Entry], span: Span) {
        let colon = |key: &Key| self.text[key.span.end as usize..span.end as usize].trim_start().starts_with(':');
        if let (StructureStyle::Flow, [Entry { key, value: Node { value: Value::Null, .. } }]) = (style, entries)
            && !colon(key)
        {
            let message = format!("`{{{}}}` without quotes is a YAML map, not text", key.text);
            let fault = Diagnostic::new(&codes::UNQUOTED_PLACEHOLDER, span, message);
            self.faults.push(fault.help(format!("put quotes around the whole text: \"{{{}}}\"", key.text)));
        }
    }

    pub(super) fn refuse_duplicates(&mut self, entries: &[Entry]) {
        let mut keys: Vec<&Key> = entries.iter().map(|entry| &entry.key).collect();
        keys.sort_by(|a, b| a.text.cmp(&b.text));
        let twins = keys.windows(2).filter(|pair| pair[0].text == pair[1].text);
        self.faults.extend(twins.map(|pair| {
            let message = format!("key `{}` is written twice in this map", pair[1].text);
            Diagnostic::new(&codes::DUPLICATE_KEY, pair[1].span, message)
                .label("written again here")
                .and(pair[0].span, "first written here")
                .help("delete or rename one of the two keys")
        }));
    }
}
