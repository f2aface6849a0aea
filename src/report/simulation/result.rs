//! What the reports of a simulation show.

use crate::simulation::{Comparison, History, PreviewComparison, Prices, Simulation};

/// A simulation of one repository, with its comparisons.
pub struct Report<'a> {
    /// The simulation.
    pub simulation: Simulation<'a>,
    /// The images to list, as indexes into those of the simulation, in its order.
    pub listed: Vec<usize>,
    /// The prices that apply to the repository.
    pub prices: Prices,
    /// The history, if the images come from a schedule.
    pub history: Option<HistoryReport<'a>>,
    /// The comparison with another policy.
    pub against: Option<Comparison>,
    /// The comparison with AWS's own preview.
    pub preview: Option<PreviewComparison>,
}

/// The history of a schedule.
pub struct HistoryReport<'a> {
    /// The history.
    pub history: &'a History,
    /// The history under the policy to compare with.
    pub against: Option<&'a History>,
}
