//! Images and bytes over time, ready to be drawn.

use super::history::{Day, History};
use super::run::Simulation;
use super::timeline::{Step, Steps, events};
use super::totals::Sum;
use crate::lifecycle::StorageClass;
use crate::time::{DAY, Time};

/// Curves over a period of time.
#[derive(Clone, Debug)]
pub struct Curves {
    /// The repository's name; empty if the input has none.
    pub name: String,
    /// The environment of the repository, if it is known.
    pub environment: Option<String>,
    /// The policy to compare with, if there is one: a file.
    pub other: Option<String>,
    /// What they show.
    pub of: CurvesOf,
    /// The time of the run, or when the schedule starts.
    pub from: Time,
    /// The start of the period. For a listing, it is before the run, so that what happens in the run is visible.
    pub start: Time,
    /// The end of the period, after the start.
    pub end: Time,
    /// The curves: what exists without the policy, what exists with it, the least that may exist with it, if some images are
    /// uncertain, and what part is in the archive, if any.
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
    /// Images that remain under the policy, archived or not. Only those that go for certain are missing.
    With,
    /// Images that remain for certain.
    Least,
    /// Images that remain under the policy to compare with. Only those that go for certain are missing.
    Other,
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
            environment: None,
            other: None,
            of: CurvesOf::History,
            from: history.start,
            start: history.start,
            end: last.time,
            curves: drawn(vec![
                (Curve::Without, curve(|day| day.pushed)),
                (Curve::With, curve(|day| day.standard + day.archive)),
                (Curve::Archive, curve(|day| day.archive)),
            ]),
        }
    }

    /// Draws what remains of the images of a listing, from the run until the policy has nothing more to do.
    pub fn of_simulation(simulation: &Simulation<'_>) -> Curves {
        let all = simulation.images.iter().fold(Sum::default(), |mut all, image| {
            all.take(image);
            all
        });
        let most = Remaining::of(simulation, Steps::Certain);
        let least = Remaining::of(simulation, Steps::Possible);
        let from = simulation.at;
        let last = [&most, &least].into_iter().filter_map(|curve| curve.all.last()).map(|(time, _)| *time).max();
        let last = last.unwrap_or(from);
        let margin = ((last.0 - from.0) / 20).max(DAY);
        let (start, end) = (Time(from.0 - margin), Time(last.0 + margin));
        let uncertain = most.all != least.all;
        let whole = |mut points: Vec<(Time, Sum)>| {
            let end = points.last().map(|(_, sum)| (end, *sum));
            points.extend(end);
            points.insert(0, (start, points[0].1));
            points
        };
        let mut curves = vec![
            (Curve::Without, vec![(start, all), (end, all)]),
            (Curve::With, whole(most.all)),
            (Curve::Archive, whole(most.archive)),
        ];
        if uncertain {
            curves.insert(2, (Curve::Least, whole(least.all)));
        }
        let (name, curves) = (simulation.name.clone(), drawn(curves));
        Curves { name, environment: None, other: None, of: CurvesOf::Listing, from, start, end, curves }
    }

    /// Adds the curve of another policy on the same images.
    pub fn against(mut self, there: &Curves, name: &str) -> Curves {
        let (start, end) = (self.start.min(there.start), self.end.max(there.end));
        (self.start, self.end, self.other) = (start, end, Some(name.to_owned()));
        let other = there.curves.iter().filter(|(curve, _)| *curve == Curve::With);
        let other = other.map(|(_, points)| (Curve::Other, points.clone()));
        let at = self.curves.iter().position(|(curve, _)| *curve == Curve::Archive).unwrap_or(self.curves.len());
        self.curves.splice(at..at, other);
        for (_, points) in &mut self.curves {
            if let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) {
                points.splice(0..0, (first.0 > start).then_some((start, first.1)));
                points.extend((last.0 < end).then_some((end, last.1)));
            }
        }
        self
    }

    /// The last value of a curve; zero if the curve is not drawn.
    pub fn last(&self, curve: Curve) -> Sum {
        let points = self.curves.iter().find(|(other, _)| *other == curve).and_then(|(_, points)| points.last());
        points.map_or_else(Sum::default, |(_, sum)| *sum)
    }
}

/// What remains of the images of a listing over time.
struct Remaining {
    all: Vec<(Time, Sum)>,
    archive: Vec<(Time, Sum)>,
}

impl Remaining {
    fn of(simulation: &Simulation<'_>, which: Steps) -> Remaining {
        let (mut standard, mut archive) = (Sum::default(), Sum::default());
        for image in simulation.images {
            match image.storage_class() {
                StorageClass::Standard => standard.take(image),
                StorageClass::Archive => archive.take(image),
            }
        }
        let start = simulation.at;
        let mut remaining = Remaining { all: vec![(start, standard + archive)], archive: vec![(start, archive)] };
        for event in events(simulation, which) {
            // The numbers are constant up to the day of the event, so the curves have steps.
            remaining.all.push((event.day, standard + archive));
            remaining.archive.push((event.day, archive));
            match event.step {
                Step::Expire => standard = standard - event.sum,
                Step::Archive => (standard, archive) = (standard - event.sum, archive + event.sum),
                Step::ExpireFromArchive => archive = archive - event.sum,
            }
            remaining.all.push((event.day, standard + archive));
            remaining.archive.push((event.day, archive));
        }
        remaining
    }
}

/// Drops the curve of the archive if it is empty.
fn drawn(curves: Vec<(Curve, Vec<(Time, Sum)>)>) -> Vec<(Curve, Vec<(Time, Sum)>)> {
    let holds = |points: &[(Time, Sum)]| points.iter().any(|(_, sum)| sum.images > 0);
    curves.into_iter().filter(|(curve, points)| *curve != Curve::Archive || holds(points)).collect()
}
