//! What a lifecycle policy would do to the images of a repository, for people and for programs.
//!
//! [`simulate`] judges a listing as it is; its verdicts come from [`lifecycle::evaluate`](crate::lifecycle::evaluate) and
//! every one says why, and whether it is certain.

mod comparison;
mod fate;
mod json;
mod money;
mod run;
mod text;
mod timeline;
mod totals;

pub use comparison::{Change, Comparison};
pub use fate::Fate;
pub use json::json;
pub use money::Prices;
pub use run::{Simulation, simulate};
pub use text::text;
pub use timeline::{Event, timeline};
pub use totals::{Sum, Totals};
