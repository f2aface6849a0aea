//! Images and bytes over time, ready to be drawn.

use super::history::{Day, History};
use super::run::Simulation;
use super::timeline::{Step, timeline};
use super::totals::Sum;
use crate::lifecycle::StorageClass;
use crate::time::{DAY, Time};

/// Curves over a period of time.
#[derive(Clone, Debug)]
pub struct Curves {
    /// The repository's name; empty if the input has none.
    pub name: String,
    /// What they show.
    pub of: CurvesOf,
    /// The start of the period.
    pub start: Time,
    /// The end of the period, after the start.
    pub end: Time,
    /// The curves: what exists without the policy, what exists with it, and what part of that is in the archive, if any.
    pub curves: Vec<(Curve, Vec<(Time, Sum)>)>,
}

/// What the curves show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurvesOf {
    /// The images that a schedule pushes, day by day.
    History,
    /// The images of a listing, if nothing more is pushed or pulled.
    Listing,
}

/// What a curve counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// All images, without the policy.
    Without,
    /// Images that remain under the policy, archived or not.
    With,
    /// The remaining images that are in the archive.
    Archive,
}

impl Curves {
    /// Draws a history from its first day to its last.
    pub fn of_history(name: &str, history: &History) -> Curves {
        let last = history.last();
        let curve = |value: fn(&Day) -> Sum| {
            let nothing = [(history.start, Sum::default())];
            nothing.into_iter().chain(history.days.iter().map(|day| (day.time, value(day)))).collect::<Vec<_>>()
        };
        Curves {
            name: name.to_owned(),
            of: CurvesOf::History,
            start: history.start,
            end: last.time,
            curves: drawn([
                (Curve::Without, curve(|day| day.pushed)),
                (Curve::With, curve(|day| day.standard + day.archive)),
                (Curve::Archive, curve(|day| day.archive)),
            ]),
        }
    }

    /// Draws what remains of the images of a listing, from the run until the policy has nothing more to do.
    pub fn of_simulation(simulation: &Simulation<'_>) -> Curves {
        let (mut standard, mut archive) = (Sum::default(), Sum::default());
        for image in simulation.images {
            match image.storage_class() {
                StorageClass::Standard => standard.take(image),
                StorageClass::Archive => archive.take(image),
            }
        }
        let (start, all) = (simulation.at, standard + archive);
        let mut remaining = vec![(start, all)];
        let mut archived = vec![(start, archive)];
        for event in timeline(simulation) {
            // The numbers are constant up to the day of the event, so the curves have steps.
            remaining.push((event.day, standard + archive));
            archived.push((event.day, archive));
            match event.step {
                Step::Expire => standard = standard - event.sum,
                Step::Archive => (standard, archive) = (standard - event.sum, archive + event.sum),
                Step::ExpireFromArchive => archive = archive - event.sum,
            }
            remaining.push((event.day, standard + archive));
            archived.push((event.day, archive));
        }
        let last = remaining.last().map_or(start, |(time, _)| *time);
        let end = Time(last.0 + ((last.0 - start.0) / 20).max(DAY));
        remaining.push((end, standard + archive));
        archived.push((end, archive));
        Curves {
            name: simulation.name.clone(),
            of: CurvesOf::Listing,
            start,
            end,
            curves: drawn([
                (Curve::Without, vec![(start, all), (end, all)]),
                (Curve::With, remaining),
                (Curve::Archive, archived),
            ]),
        }
    }

    /// The last value of a curve; zero if the curve is not drawn.
    pub fn last(&self, curve: Curve) -> Sum {
        let points = self.curves.iter().find(|(other, _)| *other == curve).and_then(|(_, points)| points.last());
        points.map_or_else(Sum::default, |(_, sum)| *sum)
    }
}

/// Drops the curve of the archive if it is empty.
fn drawn(curves: [(Curve, Vec<(Time, Sum)>); 3]) -> Vec<(Curve, Vec<(Time, Sum)>)> {
    let holds = |points: &[(Time, Sum)]| points.iter().any(|(_, sum)| sum.images > 0);
    curves.into_iter().filter(|(curve, points)| *curve != Curve::Archive || holds(points)).collect()
}
