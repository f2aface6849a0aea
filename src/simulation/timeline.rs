//! What goes when, if nothing is pushed or pulled any more.

use std::collections::BTreeMap;

use super::run::Simulation;
use super::totals::Sum;
use crate::inventory::date;

/// Images that go on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The day in UTC, as `2026-11-21`; AWS follows within 24 hours.
    pub day: String,
    /// How many, and what they hold.
    pub sum: Sum,
    /// How many of them are in use now.
    pub in_use: usize,
}

/// The days after the run on which images go, in their order.
pub fn timeline(simulation: &Simulation<'_>) -> Vec<Event> {
    let mut days: BTreeMap<String, (Sum, usize)> = BTreeMap::new();
    for (image, fate) in simulation.images.iter().zip(&simulation.fates) {
        let Some(when) = fate.when.filter(|_| !fate.goes()) else { continue };
        let (sum, in_use) = days.entry(date(when)).or_default();
        sum.add(image);
        *in_use += usize::from(!fate.used_by.is_empty());
    }
    days.into_iter().map(|(day, (sum, in_use))| Event { day, sum, in_use }).collect()
}
