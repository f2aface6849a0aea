//! Which images earlier rules leave for a later one, checked against all images with up to two short tags.

use std::num::NonZeroU32;

use ecrgen::lifecycle::{Action, Criterion, Policy, Rule, Selection, TagList, Tags};

use super::model::tags_match;
use super::patterns::{images, lists};
use super::samples::Dice;

/// One to five rules with short lists in any order, some of them for the archive.
fn policy(dice: &mut Dice, lists: &[Tags]) -> Policy {
    let mut priorities: Vec<u32> = (1..=5).collect();
    dice.shuffle(&mut priorities);
    let days = NonZeroU32::new(90).unwrap();
    let rule = |dice: &mut Dice, priority: u32| {
        let tags = lists[dice.below(lists.len())].clone();
        let criterion =
            if dice.one_in(5) { Criterion::SinceTransitioned { days } } else { Criterion::CountMoreThan(days) };
        let selection = Selection { tags, criterion };
        Rule { priority: NonZeroU32::new(priority).unwrap(), description: None, selection, action: Action::Expire }
    };
    let count = 1 + dice.below(5);
    Policy { rules: priorities.into_iter().take(count).map(|priority| rule(dice, priority)).collect() }
}

#[test]
fn finds_exactly_the_rules_that_never_act() {
    let images = images();
    let mut lists: Vec<Tags> = lists().into_iter().map(Tags::Tagged).collect();
    // As many as all other lists together, because two rules can cover only these.
    let some = lists.len();
    lists.extend([Tags::Untagged, Tags::Any, Tags::Tagged(TagList::every())].into_iter().cycle().take(some));
    let (mut dead, mut by_two) = (0, 0);
    for seed in 0..2_000 {
        let policy = policy(&mut Dice(seed), &lists);
        let class = |rule: &Rule| rule.selection.criterion.storage_class();
        for (index, rule) in policy.rules.iter().enumerate() {
            let earlier = |other: &&Rule| other.priority < rule.priority && class(other) == class(rule);
            let earlier: Vec<&Rule> = policy.rules.iter().filter(earlier).collect();
            let of = |rule: &Rule, image: &Vec<String>| tags_match(&rule.selection.tags, image);
            let is_dead = images.iter().all(|image| !of(rule, image) || earlier.iter().any(|other| of(other, image)));
            let found = policy.precedence(index);
            assert_eq!(!found.covered_by.is_empty(), is_dead, "seed {seed} rule {index}: {policy:#?}");
            assert!(found.covered_by.iter().all(|taker| found.takers.contains(taker)), "seed {seed}: {found:?}");
            dead += usize::from(is_dead);
            by_two += usize::from(found.covered_by.len() == 2);

            // Usual cases: both rules match an image with at most one tag, or one rule matches all images of the other.
            let shares = |other: &Rule| {
                let both = images.iter().any(|image| {
                    image.first() == image.last() && image.len() != 1 && of(rule, image) && of(other, image)
                });
                let all = |a: &Rule, b: &Rule| images.iter().all(|image| !of(a, image) || of(b, image));
                both || all(rule, other) || all(other, rule)
            };
            let mut takers: Vec<usize> = (0..policy.rules.len())
                .filter(|&i| earlier.contains(&&policy.rules[i]) && shares(&policy.rules[i]))
                .collect();
            takers.sort_by_key(|&i| policy.rules[i].priority);
            assert_eq!(found.takers, takers, "seed {seed} rule {index}: {policy:#?}");
        }
    }
    assert!(dead > 500 && by_two > 10, "the samples are too weak: {dead}, {by_two}");
}

#[test]
fn explains_which_rules_cover_a_dead_rule() {
    let policy = |text: &str| Policy::from_json(text).unwrap();
    let rule = |priority: u32, tags: &str| {
        format!(
            r#"{{"rulePriority":{priority},"selection":{{{tags},"countType":"imageCountMoreThan","countNumber":1}},"action":{{"type":"expire"}}}}"#
        )
    };
    let (all, untagged, any) =
        (r#""tagStatus":"tagged","tagPatternList":["*"]"#, r#""tagStatus":"untagged""#, r#""tagStatus":"any""#);
    let three = policy(&format!(r#"{{"rules":[{},{},{}]}}"#, rule(7, any), rule(3, all), rule(5, untagged)));
    assert_eq!(
        three.never_acts(0).unwrap(),
        "rule 7 never acts: every image that it matches belongs to rule 3 or rule 5"
    );
    assert_eq!((three.never_acts(1), three.never_acts(2)), (None, None));
}
