//! Lists of texts in JSON.

use serde_json::Value;

use super::bindings::Bindings;
use super::text::Text;

/// Writes a list with one item as the item itself. AWS returns policies in this form, and it is shorter.
pub(super) fn one_or_many(texts: &[Text], bindings: &Bindings) -> Value {
    match texts {
        [one] => one.bind(bindings).into(),
        many => many.iter().map(|text| Value::from(text.bind(bindings))).collect(),
    }
}
