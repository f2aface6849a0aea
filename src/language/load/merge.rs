//! Which of two values wins.

use std::collections::HashMap;

use crate::yaml::{Entry, Node, Value};

/// Merges maps key by key. Of any other two values, the second one wins.
pub fn merge(base: Node, over: Node) -> Node {
    match (base.value, over.value) {
        (Value::Map(mut entries), Value::Map(others)) => {
            let places: HashMap<String, usize> =
                entries.iter().enumerate().map(|(i, entry)| (entry.key.text.clone(), i)).collect();
            for other in others {
                match places.get(&other.key.text) {
                    Some(&i) => {
                        let value = std::mem::replace(
                            &mut entries[i].value,
                            Node { span: other.value.span, value: Value::Null },
                        );
                        entries[i] = Entry { value: merge(value, other.value), key: other.key };
                    }
                    None => entries.push(other),
                }
            }
            Node { span: over.span, value: Value::Map(entries) }
        }
        (_, value) => Node { span: over.span, value },
    }
}
