//! Compares the history of a schedule, which advances from day to day, with a new evaluation on each evening.

use std::collections::HashMap;
use std::num::NonZeroU32;

use ecrgen::lifecycle::{
    Action, Criterion, Image, Outcome, Pattern, Policy, Rule, Selection, Storage, StorageClass, TagList, Tags, evaluate,
};
use ecrgen::simulation::{Activity, ChangeKind, History, ImageChange, Pushes, Rate, Schedule};
use ecrgen::time::{DAY, Time};

use crate::lifecycle::samples::Dice;

/// The images after each evening, and when each was deleted and by which rule.
type Course = (Vec<Image>, Vec<Option<(Time, u32)>>, Vec<(usize, usize)>);

/// Evaluates the policy over all images on each evening.
fn evening_by_evening(policy: &Policy, schedule: &Schedule, days: u32) -> Course {
    let mut images = schedule.images.clone();
    let mut expired = vec![None; images.len()];
    let mut counts = Vec::new();
    let mut tagged: HashMap<String, usize> = HashMap::new();
    let mut happened: Vec<(Time, usize, Option<ChangeKind>)> =
        schedule.images.iter().enumerate().map(|(i, image)| (image.pushed, i, None)).collect();
    happened.extend(schedule.changes.iter().map(|change| (change.time, change.image, Some(change.kind))));
    // In the same second, a push comes first.
    happened.sort_by_key(|(time, _, kind)| (*time, kind.is_some()));
    let mut happened = happened.into_iter().peekable();
    let mut living: Vec<usize> = Vec::new();
    for day in 1..=i64::from(days) {
        let evening = Time(day * DAY);
        while let Some((time, i, kind)) = happened.next_if(|(time, ..)| *time <= evening) {
            let archive = images[i].storage_class() == StorageClass::Archive;
            match kind {
                None => {
                    for tag in images[i].tags.clone() {
                        if let Some(before) = tagged.insert(tag.clone(), i).filter(|before| *before != i) {
                            images[before].tags.retain(|other| *other != tag);
                        }
                    }
                    living.push(i);
                }
                Some(_) if !living.contains(&i) => {}
                Some(ChangeKind::Pull) if !archive => images[i].pulled = Some(time),
                Some(ChangeKind::Archive) if !archive => images[i].storage = Storage::Archive { archived_at: time },
                Some(ChangeKind::Restore) if archive => {
                    images[i].storage = Storage::Standard { activated_at: Some(time) };
                }
                Some(_) => {}
            }
        }
        let there: Vec<Image> = living.iter().map(|&i| images[i].clone()).collect();
        for (&i, verdict) in living.clone().iter().zip(evaluate(policy, &there, evening)) {
            match verdict.outcome {
                Outcome::Kept => {}
                Outcome::Archived => images[i].storage = Storage::Archive { archived_at: evening },
                Outcome::Expired => {
                    expired[i] = Some((evening, policy.rules[verdict.acted_by.unwrap()].priority.get()));
                    living.retain(|&other| other != i);
                }
            }
        }
        let archived = living.iter().filter(|&&i| images[i].storage_class() == StorageClass::Archive).count();
        counts.push((living.len() - archived, archived));
    }
    (images, expired, counts)
}

fn policy(dice: &mut Dice) -> Policy {
    let number = |number: usize| NonZeroU32::new(number as u32).unwrap();
    let rules = (1..=1 + dice.below(4)).map(|priority| {
        let days = number(1 + dice.below(12));
        let patterns = ["*", "a-*", "b-*", "moving", "*-1*", "c*"];
        let tags = match dice.below(6) {
            0 => Tags::Any,
            1 => Tags::Untagged,
            _ => Tags::Tagged(TagList::Patterns(
                (0..1 + dice.below(2)).map(|_| Pattern::new(dice.pick(&patterns)).unwrap()).collect(),
            )),
        };
        let criterion = match dice.below(8) {
            0..=3 => Criterion::CountMoreThan(number(1 + dice.below(9))),
            4 => Criterion::SincePushed { days },
            5 | 6 => Criterion::SincePulled { days },
            _ => Criterion::SinceTransitioned { days },
        };
        let archive = criterion.storage_class() == StorageClass::Standard && dice.one_in(3);
        let action = if archive { Action::TransitionToArchive } else { Action::Expire };
        Rule { priority: number(priority), description: None, selection: Selection { tags, criterion }, action }
    });
    Policy { rules: rules.collect() }
}

fn schedule(dice: &mut Dice, days: u32) -> Schedule {
    let lines = (0..1 + dice.below(3)).map(|_| {
        let templates = ["a-{any}", "b-{any}", "moving", "c{sha:8}"];
        let tags = (0..dice.below(3)).map(|_| dice.pick(&templates).to_owned()).collect();
        let rate = Rate { count: 1 + dice.below(4) as u32, seconds: [43_200, 86_400, 259_200][dice.below(3)] };
        Pushes { tags, rate, days: 1 + dice.below(days as usize) as u32, size: dice.below(9) as u64 }
    });
    let lines: Vec<Pushes> = lines.collect();
    let mut schedule = Schedule::of(&Activity { pushes: lines, ..Activity::default() }, &[], "dev", Time(0))
        .expect("a small schedule");
    let images = schedule.images.len();
    let changes = (0..dice.below(60)).filter(|_| images > 0).map(|_| {
        let image = dice.below(images);
        let kinds = [ChangeKind::Pull, ChangeKind::Pull, ChangeKind::Archive, ChangeKind::Restore];
        let time = Time(schedule.images[image].pushed.0 + dice.below(20 * DAY as usize) as i64);
        ImageChange { time, image, kind: kinds[dice.below(kinds.len())] }
    });
    let mut changes: Vec<ImageChange> = changes.collect();
    changes.sort_by_key(|change| change.time);
    schedule.changes = changes;
    schedule
}

#[test]
fn a_history_agrees_with_an_evaluation_on_each_evening() {
    let (mut expired, mut archived, mut restored) = (0, 0, 0);
    for seed in 0..1_500 {
        let dice = &mut Dice(seed);
        let days = 1 + dice.below(40) as u32;
        let (policy, schedule) = (policy(dice), schedule(dice, days));
        let (images, expected, counts) = evening_by_evening(&policy, &schedule, days);
        let history = History::run(&policy, schedule.clone(), Time(0), days);
        assert_eq!(history.expired, expected, "seed {seed}: {policy:#?} {schedule:#?}");
        assert_eq!(history.images, images, "seed {seed}: {policy:#?} {schedule:#?}");
        let sums: Vec<_> = history.days.iter().map(|day| (day.standard.images, day.archive.images)).collect();
        assert_eq!(sums, counts, "seed {seed}");
        expired += expected.iter().flatten().count();
        archived += counts.last().map_or(0, |count| count.1);
        let is_restored = |image: &&Image| matches!(image.storage, Storage::Standard { activated_at: Some(_) });
        restored += images.iter().filter(is_restored).count();
    }
    assert!(expired > 10_000 && archived > 1_000 && restored > 500, "weak samples: {expired} {archived} {restored}");
}

/// A hundred thousand images over ten years. Evaluating all images each evening took minutes.
#[test]
fn ten_years_of_builds_take_no_longer_than_their_pushes() {
    let number = |number| NonZeroU32::new(number).unwrap();
    let rule = |priority, tags, criterion| Rule {
        priority: number(priority),
        description: None,
        selection: Selection { tags, criterion },
        action: Action::Expire,
    };
    let tagged = |pattern| Tags::Tagged(TagList::Patterns(vec![Pattern::new(pattern).unwrap()]));
    let policy = Policy {
        rules: vec![
            rule(1, tagged("v*"), Criterion::CountMoreThan(number(50_000))),
            rule(2, tagged("b*"), Criterion::CountMoreThan(number(20_000))),
            rule(3, Tags::Any, Criterion::SincePushed { days: number(3_000) }),
        ],
    };
    let line = |tag: &str, count| Pushes {
        tags: vec![tag.to_owned(), "latest".to_owned()],
        rate: Rate { count, seconds: 86_400 },
        days: 3650,
        size: 1,
    };
    let schedule = Schedule::of(
        &Activity { pushes: vec![line("v{version}", 7), line("b{sha}", 20)], ..Activity::default() },
        &[],
        "dev",
        Time(0),
    )
    .expect("a schedule");
    let history = History::run(&policy, schedule, Time(0), 3650);
    // 25,550 releases are fewer than 50,000. Of the builds, 20,000 are left.
    assert_eq!((history.last().pushed.images, history.last().left()), (98_550, 45_550));
}
