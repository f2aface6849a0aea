//! Properties that hold for every policy and every inventory.

use ecrgen::lifecycle::{Action, Criterion, Image, Outcome, Policy, Storage, Tie, Verdict, evaluate};

use super::model::tags_match;
use super::samples::{self, Dice, NOW};
use ecrgen::time::Time;

fn every_sample(mut holds: impl FnMut(&mut Dice, &Policy, &[Image])) {
    for seed in 0..5_000 {
        let dice = &mut Dice(seed);
        let (policy, images) = (samples::policy(dice), samples::images(dice));
        holds(dice, &policy, &images);
    }
}

fn rule_matches(policy: &Policy, rule: usize, image: &Image) -> bool {
    let selection = &policy.rules[rule].selection;
    selection.criterion.storage_class() == image.storage_class() && tags_match(&selection.tags, &image.tags)
}

#[test]
fn outcomes_follow_the_action_of_the_acting_rule() {
    every_sample(|_, policy, images| {
        for verdict in evaluate(policy, images, NOW) {
            let action = verdict.acted_by.map(|rule| policy.rules[rule].action);
            let expected = match action {
                // A referrer that follows a subject in the archive.
                None if verdict.outcome == Outcome::Archived && matches!(verdict.tie, Some(Tie::Follows(_))) => {
                    continue;
                }
                None => Outcome::Kept,
                Some(Action::Expire) => Outcome::Expired,
                Some(Action::TransitionToArchive) => Outcome::Archived,
            };
            assert_eq!(verdict.outcome, expected);
        }
    });
}

#[test]
fn only_the_first_matching_rule_acts() {
    every_sample(|_, policy, images| {
        for (image, verdict) in images.iter().zip(evaluate(policy, images, NOW)) {
            let Some(rule) = verdict.claimed_by else {
                assert!((0..policy.rules.len()).all(|rule| !rule_matches(policy, rule, image)));
                continue;
            };
            assert!(matches!(verdict.tie, Some(Tie::Follows(_))) || verdict.acted_by.is_none_or(|acted| acted == rule));
            assert!(rule_matches(policy, rule, image));
            let before = |other: &usize| policy.rules[*other].priority < policy.rules[rule].priority;
            assert!((0..policy.rules.len()).filter(before).all(|other| !rule_matches(policy, other, image)));
        }
    });
}

#[test]
fn ignores_the_order_of_the_inventory() {
    every_sample(|dice, policy, images| {
        let mut order: Vec<usize> = (0..images.len()).collect();
        dice.shuffle(&mut order);
        let shuffled: Vec<Image> = order.iter().map(|&i| images[i].clone()).collect();
        let verdicts = evaluate(policy, images, NOW);
        for (position, verdict) in evaluate(policy, &shuffled, NOW).into_iter().enumerate() {
            let tie = verdict.tie.map(|tie| match tie {
                Tie::HeldBy(i) => Tie::HeldBy(order[i]),
                Tie::Follows(i) => Tie::Follows(order[i]),
            });
            assert_eq!(Verdict { tie, ..verdict }, verdicts[order[position]]);
        }
    });
}

#[test]
fn a_count_keeps_the_newest_images() {
    every_sample(|_, policy, images| {
        let verdicts = evaluate(policy, images, NOW);
        for (rule, keep) in policy.rules.iter().enumerate().filter_map(|(i, rule)| match rule.selection.criterion {
            Criterion::CountMoreThan(keep) => Some((i, keep.get() as usize)),
            _ => None,
        }) {
            let seen: Vec<usize> = (0..images.len()).filter(|&i| rule_matches(policy, rule, &images[i])).collect();
            let follows = |i: usize| matches!(verdicts[i].tie, Some(Tie::Follows(_)));
            let not_removed_here = |&&i: &&usize| verdicts[i].acted_by != Some(rule) || follows(i);
            assert!(seen.iter().filter(not_removed_here).count() >= keep.min(seen.len()));
        }
    });
}

/// Whether a referrer that follows a subject in the archive goes together with it instead.
fn later(old: &Verdict, new: &Verdict) -> bool {
    (old.outcome, old.acted_by) == (Outcome::Archived, None) && new.outcome != Outcome::Kept
}

#[test]
fn a_new_image_does_not_save_an_old_one() {
    every_sample(|_, policy, images| {
        let before = evaluate(policy, images, NOW);
        for tags in [vec![], vec!["ab".to_owned()], vec!["b-a".to_owned(), "a".to_owned()]] {
            let mut more = images.to_vec();
            more.push(Image {
                digest: "sha256:new".to_owned(),
                tags,
                pushed: Time(NOW.0 - 1),
                pulled: None,
                storage: Storage::Standard { activated_at: None },
                size: 0,
                media_type: None,
                subject: None,
                children: Vec::new(),
            });
            for (old, new) in before.iter().zip(evaluate(policy, &more, NOW)) {
                assert!(
                    old.outcome == Outcome::Kept
                        || (new.outcome, new.acted_by) == (old.outcome, old.acted_by)
                        || later(old, &new),
                    "{old:?} {new:?}"
                );
            }
        }
    });
}

#[test]
fn time_alone_does_not_save_an_image() {
    every_sample(|_, policy, images| {
        let before = evaluate(policy, images, NOW);
        for (old, new) in before.iter().zip(evaluate(policy, images, Time(NOW.0 + 40_000))) {
            assert!(old.outcome == Outcome::Kept || new.outcome == old.outcome || later(old, &new), "{old:?} {new:?}");
        }
    });
}
