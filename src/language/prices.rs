//! What a spec says about prices.

use serde_json::{Value as Json, json};

use crate::decode::record;
use crate::decode::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::value::Month;
use crate::yaml::{Node, Value};

record! {
    /// US dollars for the simulator, instead of the built-in ones.
    pub struct Prices {
        /// The month they are of; printed beside every sum.
        required as_of: Spanned<Month>,
        /// A GB stored for a month in the standard class.
        optional storage_gb_month: Spanned<Dollars>,
        /// A GB stored for a month in the archive; without it nothing there is priced.
        optional archive_gb_month: Spanned<Dollars>,
        /// A GB carried to another region.
        optional cross_region_gb: Spanned<Dollars>,
        /// An image scanned by Amazon Inspector when it is pushed.
        optional enhanced_scan_image: Spanned<Dollars>,
    }
}

/// A price, to the millionth of a dollar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dollars {
    millionths: u32,
}

impl Dollars {
    /// The largest price.
    const MAX: u32 = 1000;

    /// The price.
    pub fn get(self) -> f64 {
        f64::from(self.millionths) / 1e6
    }
}

impl Decode for Dollars {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::Number(text) = &node.value else {
            decoder.wrong_type(node, "a number");
            return None;
        };
        let price = text.parse::<f64>().ok().filter(|price| (0.0..=f64::from(Dollars::MAX)).contains(price));
        if price.is_none() {
            let wanted = format!("expected US dollars from 0 to {}, as a decimal number", Dollars::MAX);
            decoder.fault(Diagnostic::new(&codes::OUT_OF_RANGE, node.span, wanted));
        }
        price.map(|price| Dollars { millionths: (price * 1e6).round() as u32 })
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "number", "minimum": 0, "maximum": Dollars::MAX })
    }
}
