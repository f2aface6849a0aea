//! Compares forecasts with repeated runs of the model.

use std::collections::BTreeSet;

use ecrgen::lifecycle::{
    Action, Criterion, Doubt, Forecast, Image, Outcome, Policy, Rule, Storage, StorageClass, Tags, evaluate, foresee,
};

use super::model::{self, LIBRARY, Reading};
use super::samples::{self, Dice, NOW};
use super::verdicts::{image, number, policy, tagged};
use ecrgen::time::Time;

const DAY: i64 = 86_400;

/// Runs the model at every second at which something can change, and applies the outcomes.
fn live_through(policy: &Policy, images: &[Image], reading: Reading) -> Vec<Forecast> {
    let mut lives = vec![Forecast { acted_on: None, gone: None, doubt: None }; images.len()];
    let mut alive = images.to_vec();
    let mut agenda: BTreeSet<i64> = images.iter().flat_map(moments).flat_map(|moment| due(policy, moment)).collect();
    agenda.extend(images.iter().flat_map(moments).map(|moment| moment + DAY));
    agenda.insert(NOW.0);
    agenda.retain(|&moment| moment >= NOW.0);
    while let Some(now) = agenda.pop_first() {
        let fates = model::run(policy, &alive, Time(now), reading);
        let mut next = Vec::new();
        for (mut image, fate) in alive.into_iter().zip(fates) {
            let original = images.iter().position(|other| other.digest == image.digest).unwrap();
            let life = &mut lives[original];
            if fate.0 != Outcome::Kept {
                life.acted_on = life.acted_on.or(Some(Time(now)));
                agenda.extend([now + 1, now + DAY]);
                agenda.extend(due(policy, now));
            }
            if fate.0 == Outcome::Archived {
                image.storage = Storage::Archive { archived_at: Time(now) };
            }
            if fate.0 == Outcome::Expired {
                life.gone = Some(Time(now));
            } else {
                next.push(image);
            }
        }
        alive = next;
    }
    lives
}

fn moments(image: &Image) -> Vec<i64> {
    let stored = match image.storage {
        Storage::Standard { activated_at } => activated_at,
        Storage::Archive { archived_at } => Some(archived_at),
    };
    [Some(image.pushed), image.pulled, stored].into_iter().flatten().map(|time| time.0).collect()
}

/// The first seconds at which something from this moment is too old for a rule.
fn due(policy: &Policy, moment: i64) -> Vec<i64> {
    let days = policy.rules.iter().filter_map(|rule| match rule.selection.criterion {
        Criterion::CountMoreThan(_) => None,
        Criterion::SincePushed { days } | Criterion::SincePulled { days } | Criterion::SinceTransitioned { days } => {
            Some(days)
        }
    });
    days.map(|days| moment + i64::from(days.get()) * DAY + 1).collect()
}

/// Images whose forecast is an approximation: those that an index lists and a count claims, and those that depend on
/// them.
fn approximate(policy: &Policy, images: &[Image]) -> Vec<bool> {
    let claims = model::run(policy, images, NOW, LIBRARY);
    let counted = |i: usize| {
        claims[i].2.is_some_and(|rule| matches!(policy.rules[rule].selection.criterion, Criterion::CountMoreThan(_)))
    };
    let mut approximate: Vec<bool> =
        (0..images.len()).map(|i| counted(i) && !model::indexes(i, images).is_empty()).collect();
    for _ in images {
        for i in 0..images.len() {
            let mut hosts = model::indexes(i, images);
            hosts.extend(model::subject(i, images));
            approximate[i] |= hosts.into_iter().any(|host| approximate[host]);
        }
    }
    approximate
}

/// Changes rules that would archive images in the archive again and again, which AWS rejects.
fn archive_only_once(rule: &mut Rule) {
    if rule.selection.criterion.storage_class() == StorageClass::Archive {
        rule.action = Action::Expire;
    }
}

#[test]
fn forecasts_agree_with_the_model() {
    let (mut waited, mut archived) = (0, 0);
    for seed in 0..10_000 {
        let dice = &mut Dice(seed);
        let (mut policy, mut images) = (samples::policy(dice), samples::images(dice));
        policy.rules.iter_mut().for_each(archive_only_once);
        let listed: Vec<String> = images.iter().flat_map(|image| image.children.clone()).collect();
        images.iter_mut().filter(|image| listed.contains(&image.digest)).for_each(|image| image.subject = None);
        let expected = live_through(&policy, &images, LIBRARY);
        let if_held = live_through(&policy, &images, Reading { archived_index_holds: true, ..LIBRARY });
        let skipped = approximate(&policy, &images);
        let (verdicts, forecasts) = foresee(&policy, &images, NOW);
        assert_eq!(verdicts, evaluate(&policy, &images, NOW), "seed {seed}");
        for (i, actual) in forecasts.into_iter().enumerate().filter(|&(i, _)| !skipped[i]) {
            let name = &images[i].digest;
            let doubt = (expected[i] != if_held[i]).then_some(Doubt::ArchivedIndex);
            assert_eq!(actual, Forecast { doubt, ..expected[i] }, "seed {seed} {name} {policy:#?} {images:#?}");
            waited += usize::from(actual.acted_on.is_some_and(|time| time > NOW));
            archived += usize::from(actual.gone.is_some() && actual.gone != actual.acted_on);
        }
    }
    assert!(waited > 3_000, "the samples are too weak: only {waited} images wait");
    assert!(archived > 300, "only {archived} images go through the archive");
}

/// When each image is first acted on.
fn acted_on(policy: &Policy, images: &[Image]) -> Vec<Option<Time>> {
    foresee(policy, images, NOW).1.iter().map(|forecast| forecast.acted_on).collect()
}

#[test]
fn ages_act_to_the_second_and_counts_act_now_or_never() {
    let expire = Action::Expire;
    let policy = policy([
        (tagged("v*"), Criterion::CountMoreThan(number(1)), expire),
        (Tags::Any, Criterion::SincePushed { days: number(7) }, expire),
    ]);
    let images = [
        image("kept", Some("v2"), DAY),
        image("over", Some("v1"), 2 * DAY),
        image("young", Some("x"), 2 * DAY),
        image("overdue", None, 9 * DAY),
    ];
    let expected = [None, Some(NOW), Some(Time(NOW.0 + 5 * DAY + 1)), Some(NOW)];
    assert_eq!(acted_on(&policy, &images), expected);
}

#[test]
fn manifests_may_expire_a_day_after_their_index_is_archived() {
    let archive_then_expire = policy([
        (tagged("v*"), Criterion::SincePushed { days: number(30) }, Action::TransitionToArchive),
        (Tags::Untagged, Criterion::SincePushed { days: number(7) }, Action::Expire),
    ]);
    let of_index = |age| Image { children: vec!["child".to_owned()], ..image("index", Some("v1"), age) };
    let archived = Time(NOW.0 + 20 * DAY + 1);
    let (verdicts, forecasts) =
        foresee(&archive_then_expire, &[of_index(10 * DAY), image("child", None, 10 * DAY)], NOW);
    assert_eq!((verdicts[1].outcome, verdicts[1].doubt), (Outcome::Kept, None));
    let next = Some(Time(archived.0 + DAY));
    assert_eq!(forecasts[0], Forecast { acted_on: Some(archived), gone: None, doubt: None });
    assert_eq!(forecasts[1], Forecast { acted_on: next, gone: next, doubt: Some(Doubt::ArchivedIndex) });
    // The index is archived in this run.
    let (_, forecasts) = foresee(&archive_then_expire, &[of_index(40 * DAY), image("child", None, 40 * DAY)], NOW);
    assert_eq!(forecasts[1].acted_on, Some(Time(NOW.0 + DAY)));
}

#[test]
fn keeps_the_manifests_of_an_index_that_is_kept() {
    let policy = policy([(Tags::Untagged, Criterion::SincePushed { days: number(7) }, Action::Expire)]);
    let index = Image { children: vec!["child".to_owned()], ..image("index", Some("v1"), 10 * DAY) };
    assert_eq!(acted_on(&policy, &[index, image("child", None, 10 * DAY)]), [None, None]);
}
