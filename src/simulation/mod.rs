//! What a lifecycle policy would do to the images of a repository, for people and for programs.
//!
//! [`simulate`] judges a listing as it is, [`History`] runs a policy day by day over images that a schedule pushes; both
//! can be drawn as [`Curves`]. The verdicts come from [`lifecycle::foresee`](crate::lifecycle::foresee), and every one
//! says why, and whether it is certain.

mod chart;
mod comparison;
mod curves;
mod expectation;
mod history;
mod history_text;
mod json;
mod money;
mod outcome;
mod result;
mod run;
mod schedule;
mod text;
mod timeline;
mod totals;

pub use chart::chart;
pub use comparison::{Change, Comparison};
pub use curves::{Curve, Curves};
pub use expectation::{Cast, Goal, Scene};
pub use history::{Day, History};
pub use history_text::history_text;
pub use json::json;
pub use money::Prices;
pub use outcome::Fate;
pub use result::Tried;
pub use run::{Simulation, simulate};
pub use schedule::{Line, Pushes, Rate, images, parse_days, parse_size};
pub use text::text;
pub use timeline::{Event, Step, timeline};
pub use totals::{Sum, Totals};
