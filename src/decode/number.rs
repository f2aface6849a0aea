//! Numbers.

use serde_json::{Value as Json, json};

use super::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, codes};
use crate::value::{Count, ForgeId};
use crate::yaml::{Node, Value};

impl Decode for Count {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        count(node, decoder, "")
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "integer", "minimum": 1, "maximum": Count::MAX })
    }
}

/// Reads a count. `otherwise` ends the help for a number out of range.
pub fn count(node: &Node, decoder: &mut Decoder, otherwise: &str) -> Option<Count> {
    within(node, u64::from(Count::MAX), decoder, otherwise).and_then(|n| Count::new(u32::try_from(n).ok()?))
}

impl Decode for ForgeId {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        within(node, ForgeId::MAX, decoder, "").and_then(ForgeId::new)
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "integer", "minimum": 1, "maximum": ForgeId::MAX })
    }
}

fn within(node: &Node, max: u64, decoder: &mut Decoder, otherwise: &str) -> Option<u64> {
    let number = match &node.value {
        Value::Number(text) => whole(text),
        Value::Text(text) => {
            let fault = Diagnostic::new(&codes::WRONG_TYPE, node.span, "expected a number, found text");
            let digits = text.replace(['_', ',', ' ', '\''], "");
            decoder.fault(fault.help(match (whole(text), whole(&digits)) {
                (Some(_), _) => format!("remove the quotes: {text}"),
                (None, Some(_)) => format!("write `{digits}`"),
                (None, None) => format!("write a whole number such as `10`{otherwise}"),
            }));
            return None;
        }
        _ => {
            decoder.wrong_type(node, "a number");
            return None;
        }
    };
    let good = number.filter(|n| (1..=max).contains(n));
    if good.is_none() {
        let found = if let Value::Number(text) = &node.value { text.clone() } else { node.kind() };
        let message = format!("`{found}` is not a whole number from 1 to {max}");
        let help = if found == "0" {
            format!("write 1 or more{otherwise}")
        } else {
            format!("write a whole number from 1 to {max}{otherwise}")
        };
        decoder.fault(Diagnostic::new(&codes::OUT_OF_RANGE, node.span, message).help(help));
    }
    good
}

/// Reads a whole number in any spelling that YAML has. `5.0` is a whole number too, as in JSON Schema.
pub(super) fn whole(text: &str) -> Option<u64> {
    if let Some(octal) = text.strip_prefix("0o") {
        return u64::from_str_radix(octal, 8).ok();
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return u64::from_str_radix(hex, 16).ok();
    }
    let exact = |n: &f64| n.fract() == 0.0 && (0.0..=ForgeId::MAX as f64).contains(n);
    let float = || text.parse::<f64>().ok().filter(exact).map(|n| n as u64);
    text.parse().ok().or_else(float)
}
