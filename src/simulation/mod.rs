//! What a lifecycle policy would do to the images of a repository.
//!
//! [`simulate`] evaluates a policy over a listing. [`History`] runs a policy day by day over images that a schedule
//! pushes. Both can be turned into [`Curves`]. The verdicts come from [`lifecycle::foresee`](crate::lifecycle::foresee);
//! each has a reason and says whether it is certain.

mod comparison;
mod curves;
mod expectation;
mod history;
mod listed;
mod missing_manifests;
mod outcome;
mod preview;
mod prices;
mod result;
mod run;
mod schedule;
mod timeline;
mod totals;

pub use comparison::{Change, Comparison, Fate};
pub use curves::{Curve, Curves, CurvesOf};
pub use expectation::{Expected, Found, Miss, OneImage, Scenario, ScenarioImages};
pub use history::{Day, History};
pub use listed::Listed;
pub use missing_manifests::MissingManifests;
pub use outcome::ImageOutcome;
pub use preview::{Difference, PreviewComparison};
pub use prices::Prices;
pub use result::ExpectationResult;
pub use run::{Simulation, short_digest, simulate};
pub use schedule::{
    Activity, ChangeKind, ImageChange, Line, PullLine, Pulls, Pushes, Rate, Schedule, parse_days, parse_size,
};
pub use timeline::{Event, Step, timeline};
pub use totals::{Sum, Totals};
