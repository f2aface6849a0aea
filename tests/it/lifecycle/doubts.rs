//! A verdict without doubt holds under every reading of AWS's documentation.

use ecrgen::lifecycle::evaluate;

use super::model::{self, LIBRARY, Reading};
use super::samples::{self, Dice, NOW};

fn reading(dice: &mut Dice) -> Reading {
    Reading {
        dependents_count: dice.one_in(2),
        restoring_restarts_age: dice.one_in(2),
        archived_index_holds: dice.one_in(2),
        referrers_alone: dice.one_in(2),
        untagged_are_listed: dice.one_in(2),
        ties: dice.below(1_000) as u64,
    }
}

#[test]
fn verdicts_without_doubt_hold_in_every_reading() {
    let (mut certain, mut all) = (0, 0);
    for seed in 0..4_000 {
        let dice = &mut Dice(seed);
        let (policy, images) = (samples::policy(dice), samples::images(dice));
        let verdicts = evaluate(&policy, &images, NOW);
        certain += verdicts.iter().filter(|verdict| verdict.doubt.is_none()).count();
        all += verdicts.len();
        for _ in 0..16 {
            let reading = reading(dice);
            let fates = model::run(&policy, &images, NOW, reading);
            for (i, verdict) in verdicts.iter().enumerate().filter(|(_, verdict)| verdict.doubt.is_none()) {
                let name = &images[i].digest;
                assert_eq!(verdict.outcome, fates[i].0, "seed {seed} {name} {reading:?} {policy:#?} {images:#?}");
            }
        }
    }
    assert!(certain * 5 > all * 4, "too many verdicts are in doubt: only {certain} of {all} are certain");
}

/// A doubt that no reading confirms would be noise. The test tries only readings that differ in one point, so it does
/// not confirm the few doubts that need two.
#[test]
fn most_doubts_are_confirmed_by_a_reading() {
    let (mut confirmed, mut all) = (0, 0);
    for seed in 0..4_000 {
        let dice = &mut Dice(seed);
        let (policy, images) = (samples::policy(dice), samples::images(dice));
        let mut readings = vec![
            Reading { dependents_count: false, ..LIBRARY },
            Reading { restoring_restarts_age: false, ..LIBRARY },
            Reading { archived_index_holds: true, ..LIBRARY },
            Reading { referrers_alone: true, ..LIBRARY },
            Reading { untagged_are_listed: true, ..LIBRARY },
        ];
        readings.extend((1..12).map(|ties| Reading { ties, ..LIBRARY }));
        let runs: Vec<Vec<model::Fate>> =
            readings.into_iter().map(|reading| model::run(&policy, &images, NOW, reading)).collect();
        for (i, verdict) in evaluate(&policy, &images, NOW).iter().enumerate() {
            if verdict.doubt.is_some() {
                all += 1;
                confirmed += usize::from(runs.iter().any(|fates| fates[i].0 != verdict.outcome));
            }
        }
    }
    assert!(confirmed * 10 > all * 9, "only {confirmed} of {all} doubts are confirmed");
}
