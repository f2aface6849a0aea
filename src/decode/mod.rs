//! Nodes to types: what every type of the language can do, and the types all of them are made of.
//!
//! One declaration of a key (see `record!`) drives decoding, the JSON Schema and the
//! descriptions an editor shows. Decoding collects every fault. A part with a fault is left out whole,
//! and [`Map::broken`] remembers its name, so that what refers to it is not reported a second time.

mod definitions;
pub mod keys;
mod list;
mod map;
mod number;
mod or_variable;
mod record;
mod record_schema;
mod scalar;

pub use definitions::Definitions;
pub use map::Map;
pub(crate) use record::{newtype, record, words};
pub use record_schema::RecordSchema;

use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, codes};
use crate::yaml::{Node, Value};

/// A type of the spec language.
pub trait Decode: Sized + Send {
    /// Reads a node; a fault goes to the decoder, and `None` comes back.
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self>;

    /// The JSON Schema that accepts what `decode` accepts.
    fn schema(definitions: &mut Definitions) -> Json;

    /// What to write where such a value is missing, if that needs more than the key's name.
    fn if_missing() -> Option<&'static str> {
        None
    }
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
        let fault = Diagnostic::new(&codes::WRONG_TYPE, node.span, format!("expected {wanted}, found {}", node.kind()));
        let fault = match &node.value {
            Value::Null => fault.help("a key without a value says nothing: write the value, `{}` for a map with nothing to say, or leave the key out"),
            Value::None => fault.help("`none` means \"as if not written\"; this one is needed"),
            _ => fault,
        };
        self.fault(fault);
    }

    /// Notes that a node is not the text that is wanted there, which ends in a unit where `unit` says so.
    pub fn not_text(&mut self, node: &Node, wanted: &str, unit: Option<char>) {
        let fault = Diagnostic::new(&codes::WRONG_TYPE, node.span, format!("expected {wanted}, found {}", node.kind()));
        match (&node.value, unit) {
            (Value::Number(n), Some(unit)) => self.fault(fault.help(format!("write the unit too: {n}{unit}"))),
            (Value::Number(n), None) => self.fault(fault.help(format!("put it in quotes: \"{n}\""))),
            (Value::Bool(b), _) => self.fault(fault.help(format!("put it in quotes: \"{b}\""))),
            (Value::List(_), _) => self.fault(fault.help("one text is wanted here: leave the brackets out")),
            _ => self.wrong_type(node, wanted),
        }
    }
}
