//! Prices for the simulator.

use serde_json::{Value as Json, json};

use crate::decode::record;
use crate::decode::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::value::Month;
use crate::yaml::{Node, Value};

record! {
    /// Prices for the simulator in US dollars. They replace the built-in prices.
    pub struct Prices {
        /// Month of the prices, in quotes; reports print it next to each estimate. Required. Example: `as_of: "2026-11"`.
        required as_of: Spanned<Month>,
        /// Price per GB-month in the standard storage class, from 0 to 1000. Default: `0.10`.
        /// Example: `storage_gb_month: 0.10`.
        optional storage_gb_month: Spanned<Dollars>,
        /// Price per GB-month in the archive storage class, from 0 to 1000. Default: archived images are not priced.
        /// Example: `archive_gb_month: 0.05`.
        optional archive_gb_month: Spanned<Dollars>,
        /// Price per GB transferred to another region, from 0 to 1000. Default: `0.02`. Example: `cross_region_gb: 0.02`.
        optional cross_region_gb: Spanned<Dollars>,
        /// Price per image that Amazon Inspector scans when it is pushed, from 0 to 1000. Default: `0.09`.
        /// Example: `enhanced_scan_image: 0.09`.
        optional enhanced_scan_image: Spanned<Dollars>,
    }
}

/// A price in US dollars, exact to one millionth of a dollar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dollars {
    millionths: u32,
}

impl Dollars {
    /// The highest price that is accepted.
    const MAX: u32 = 1000;

    /// The price in US dollars.
    pub fn get(self) -> f64 {
        f64::from(self.millionths) / 1e6
    }
}

/// A price in the range that ecrgen accepts.
fn dollars(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|price| (0.0..=f64::from(Dollars::MAX)).contains(price))
}

impl Decode for Dollars {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::Number(text) = &node.value else {
            let message = format!("expected a number, found {}", node.kind());
            let fault = Diagnostic::new(&codes::WRONG_TYPE, node.span, message);
            let plain = node.as_text().map(|text| text.replace(['$', ' '], "").replace("USD", ""));
            decoder.fault(match plain.filter(|plain| dollars(plain).is_some()) {
                Some(plain) => fault.help(format!("write `{plain}`")),
                None => fault.help("write the price as a decimal number, such as 0.10"),
            });
            return None;
        };
        let price = dollars(text);
        if price.is_none() {
            let message = format!("expected a price from 0 to {} US dollars, found {}", Dollars::MAX, node.kind());
            let fault = Diagnostic::new(&codes::OUT_OF_RANGE, node.span, message);
            decoder.fault(fault.help("write the price as a decimal number, such as 0.10"));
        }
        price.map(|price| Dollars { millionths: (price * 1e6).round() as u32 })
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "number", "minimum": 0, "maximum": Dollars::MAX })
    }
}
