//! From YAML nodes to types: what every type of the language can do, and the types that all of them are built from.
//!
//! One declaration of a key (see `record!`) drives decoding, the JSON Schema and the descriptions that editors show.
//! Decoding collects all faults. A part with a fault is discarded as a whole, and [`Map::broken`] keeps its name, so that
//! references to it are not reported as well.

mod accepts;
mod definitions;
mod elsewhere;
pub mod keys;
mod list;
mod map;
mod number;
mod or_variable;
mod record;
mod record_schema;
mod scalar;
mod written;

pub use definitions::Definitions;
pub use map::Map;
pub use number::count;
pub use or_variable::Holds;
pub(crate) use record::{newtype, record, words};
pub use record_schema::RecordSchema;

use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// A type of the spec language.
pub trait Decode: Sized + Send {
    /// Decodes a node. Reports faults to the decoder, and returns `None` after one.
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self>;

    /// The JSON Schema that accepts what `decode` accepts.
    fn schema(definitions: &mut Definitions) -> Json;

    /// The keys of a record; empty for other types.
    fn keys() -> &'static [&'static str] {
        &[]
    }

    /// The value of an optional key that is `none`, at this place. Usually that is the same as a missing key.
    fn if_none(_: Span) -> Option<Self> {
        None
    }

    /// The regular expression of the ARNs among such values, and those ARNs in words, if variables can state that they hold
    /// one.
    fn arn() -> Option<(&'static str, &'static str)> {
        None
    }

    /// What to write where such a value is missing, if the name of the key is not enough.
    fn if_missing() -> Option<&'static str> {
        None
    }
}

/// Collects faults, and keeps track of the path of the element that is being decoded.
#[derive(Default)]
pub struct Decoder {
    /// The faults so far.
    pub faults: Vec<Diagnostic>,
    path: String,
    /// Whether the key that is being decoded cannot be left out.
    is_required: bool,
}

impl Decoder {
    /// Decodes the value of a key that can be left out.
    pub fn key<T: Decode>(&mut self, key: &str, node: &Node) -> Option<T> {
        self.value_of(key, node, false)
    }

    /// Decodes the value of a key that cannot be left out.
    fn required_key<T: Decode>(&mut self, key: &str, node: &Node) -> Option<T> {
        self.value_of(key, node, true)
    }

    fn value_of<T: Decode>(&mut self, key: &str, node: &Node, is_required: bool) -> Option<T> {
        let outer = std::mem::replace(&mut self.is_required, is_required);
        let before = self.path.len();
        if before > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        let value = T::decode(node, self);
        self.path.truncate(before);
        self.is_required = outer;
        value
    }

    /// A decoder for the same element, without faults.
    fn at_same_path(&self) -> Decoder {
        Decoder { faults: Vec::new(), path: self.path.clone(), is_required: self.is_required }
    }

    /// The last key of the path of the element that is being decoded.
    fn last_key(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or_default()
    }

    /// Reports a fault of the element that is being decoded.
    pub fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault.at(self.path.clone()));
    }

    /// Reports a fault of a key of the element that is being decoded.
    fn fault_of(&mut self, key: &str, fault: Diagnostic) {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        self.faults.push(fault.at(path));
    }

    /// Reports that a node does not have the expected type.
    pub fn wrong_type(&mut self, node: &Node, wanted: &str) {
        let fault = Diagnostic::new(&codes::WRONG_TYPE, node.span, format!("expected {wanted}, found {}", node.kind()));
        let fault = match &node.value {
            Value::Null => fault.help("add a value, write `{}` for an empty map, or remove the key"),
            Value::None => fault.help("write a value; `none` means \"not set\", and a value is required here"),
            _ => fault,
        };
        self.fault(fault);
    }

    /// Reports that a node is not the expected text.
    pub fn not_text(&mut self, node: &Node, wanted: &str) {
        let fault = Diagnostic::new(&codes::WRONG_TYPE, node.span, format!("expected {wanted}, found {}", node.kind()));
        match &node.value {
            Value::Number(n) => self.fault(fault.help(format!("put it in quotes: \"{n}\""))),
            Value::Bool(b) => self.fault(fault.help(format!("put it in quotes: \"{b}\""))),
            Value::List(_) => self.fault(fault.help("remove the brackets; only one value is allowed here")),
            _ => self.wrong_type(node, wanted),
        }
    }
}
