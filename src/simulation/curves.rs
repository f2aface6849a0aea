//! Images and bytes over time, ready to be drawn.

use super::history::{Day, History};
use super::run::Simulation;
use super::timeline::{Step, timeline};
use super::totals::Sum;
use crate::lifecycle::StorageClass;
use crate::time::{DAY, Time};

/// Curves over one stretch of time.
#[derive(Clone, Debug)]
pub struct Curves {
    /// The repository's name; empty where the input tells none.
    pub name: String,
    /// What they show.
    pub of: CurvesOf,
    /// Where the time begins.
    pub start: Time,
    /// Where it ends; later.
    pub end: Time,
    /// The curves: what is there without a policy, what is with it, and what of that is in the archive, if anything is.
    pub curves: Vec<(Curve, Vec<(Time, Sum)>)>,
}

/// What curves show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurvesOf {
    /// What a schedule pushed, day by day.
    History,
    /// What becomes of the images of a listing if nothing is pushed or pulled any more.
    Listing,
}

/// What a curve counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// All images, as if no rule acted.
    Without,
    /// What the policy leaves, archived or not.
    With,
    /// What of that is in the archive.
    Archive,
}

impl Curves {
    /// A history from its first day to its last.
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

    /// What a policy leaves of the images of a listing, from the run on until nothing more goes.
    pub fn of_simulation(simulation: &Simulation<'_>) -> Curves {
        let (mut standard, mut archive) = (Sum::default(), Sum::default());
        for image in simulation.images {
            match image.storage_class() {
                StorageClass::Standard => standard.take(image),
                StorageClass::Archive => archive.take(image),
            }
        }
        let (start, all) = (simulation.at, standard + archive);
        let mut there = vec![(start, all)];
        let mut archived = vec![(start, archive)];
        for event in timeline(simulation) {
            // What is there stays until the day, so the curves are stairs.
            there.push((event.day, standard + archive));
            archived.push((event.day, archive));
            match event.step {
                Step::Expire => standard = standard - event.sum,
                Step::Archive => (standard, archive) = (standard - event.sum, archive + event.sum),
                Step::ExpireFromArchive => archive = archive - event.sum,
            }
            there.push((event.day, standard + archive));
            archived.push((event.day, archive));
        }
        let last = there.last().map_or(start, |(time, _)| *time);
        let end = Time(last.0 + ((last.0 - start.0) / 20).max(DAY));
        there.push((end, standard + archive));
        archived.push((end, archive));
        Curves {
            name: simulation.name.clone(),
            of: CurvesOf::Listing,
            start,
            end,
            curves: drawn([
                (Curve::Without, vec![(start, all), (end, all)]),
                (Curve::With, there),
                (Curve::Archive, archived),
            ]),
        }
    }

    /// What a curve comes to in the end; nothing for one that is not drawn.
    pub fn last(&self, curve: Curve) -> Sum {
        let points = self.curves.iter().find(|(other, _)| *other == curve).and_then(|(_, points)| points.last());
        points.map_or_else(Sum::default, |(_, sum)| *sum)
    }
}

/// The curves without that of the archive, if that is empty.
fn drawn(curves: [(Curve, Vec<(Time, Sum)>); 3]) -> Vec<(Curve, Vec<(Time, Sum)>)> {
    let holds = |points: &[(Time, Sum)]| points.iter().any(|(_, sum)| sum.images > 0);
    curves.into_iter().filter(|(curve, points)| *curve != Curve::Archive || holds(points)).collect()
}
