//! Reports of `simulate`: what a lifecycle policy does to the images of a listing, or of a schedule day by day.

mod amounts;
mod comparison;
mod history_text;
mod json;
mod preview;
mod result;
mod rows;
mod svg;
mod text;

pub(super) mod words;

pub use comparison::{comparison, history_comparison};
pub use history_text::history_text;
pub use json::json;
pub use preview::preview;
pub use result::{HistoryReport, Report};
pub use svg::svg;
pub use text::text;
pub use words::assumed_size;
