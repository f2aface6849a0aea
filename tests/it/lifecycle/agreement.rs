//! The library and the model agree.

use ecrgen::lifecycle::evaluate;

use super::model::{self, OURS};
use super::samples::{self, Dice, NOW};

#[test]
fn a_hundred_thousand_random_policies_are_evaluated_as_the_prose_says() {
    let mut acted = 0;
    for seed in 0..100_000 {
        let dice = &mut Dice(seed);
        let (policy, images) = (samples::policy(dice), samples::images(dice));
        let expected = model::run(&policy, &images, NOW, OURS);
        let verdicts = evaluate(&policy, &images, NOW);
        let actual: Vec<model::Fate> =
            verdicts.iter().map(|verdict| (verdict.outcome, verdict.acted_by, verdict.claimed_by)).collect();
        assert_eq!(actual, expected, "seed {seed}: {policy:#?} {images:#?}");
        acted += actual.iter().filter(|fate| fate.1.is_some()).count();
    }
    assert!(acted > 50_000, "the samples have to be worth comparing: only {acted} images were acted on");
}
