//! Images and bytes over time, ready to be drawn.

use super::history::{Day, History};
use super::run::Simulation;
use super::timeline::{Step, timeline};
use super::totals::Sum;
use crate::lifecycle::StorageClass;
use crate::time::{DAY, Time, date};

/// Curves over one stretch of time.
#[derive(Clone, Debug)]
pub struct Curves {
    /// What they are of.
    pub title: String,
    /// What they come to, in a sentence.
    pub description: String,
    /// Where the time begins.
    pub start: Time,
    /// Where it ends; later.
    pub end: Time,
    /// The curves: what is there without a policy, what is with it, and what of that is in the archive, if anything is.
    pub curves: Vec<(Curve, Vec<(Time, Sum)>)>,
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
            title: format!("{} from {} to {}", named(name), date(history.start), date(last.time)),
            description: format!(
                "In the end {} images with the policy, {} without it.",
                last.left(),
                last.pushed.images
            ),
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
        let left = (standard + archive).images;
        Curves {
            title: format!("{} from {} on, if nothing is pushed or pulled", named(&simulation.name), date(start)),
            description: format!("Of {} images {left} are left on {}.", all.images, date(end)),
            start,
            end,
            curves: drawn([
                (Curve::Without, vec![(start, all), (end, all)]),
                (Curve::With, there),
                (Curve::Archive, archived),
            ]),
        }
    }
}

fn named(name: &str) -> &str {
    if name.is_empty() { "the repository" } else { name }
}

/// The curves without that of the archive, if that is empty.
fn drawn(curves: [(Curve, Vec<(Time, Sum)>); 3]) -> Vec<(Curve, Vec<(Time, Sum)>)> {
    let holds = |points: &[(Time, Sum)]| points.iter().any(|(_, sum)| sum.images > 0);
    curves.into_iter().filter(|(curve, points)| *curve != Curve::Archive || holds(points)).collect()
}
