//! Compares the library with the model.

use ecrgen::lifecycle::evaluate;

use super::model::{self, LIBRARY};
use super::samples::{self, Dice, NOW};

#[test]
fn agrees_with_the_model_on_100_000_random_policies() {
    let mut acted = 0;
    for seed in 0..100_000 {
        let dice = &mut Dice(seed);
        let (policy, images) = (samples::policy(dice), samples::images(dice));
        let expected = model::run(&policy, &images, NOW, LIBRARY);
        let verdicts = evaluate(&policy, &images, NOW);
        let actual: Vec<model::Fate> =
            verdicts.iter().map(|verdict| (verdict.outcome, verdict.acted_by, verdict.claimed_by)).collect();
        assert_eq!(actual, expected, "seed {seed}: {policy:#?} {images:#?}");
        acted += actual.iter().filter(|fate| fate.1.is_some()).count();
    }
    assert!(acted > 50_000, "the samples are too weak: only {acted} images were acted on");
}
