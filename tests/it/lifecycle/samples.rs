//! Random policies and inventories, small and full of edge cases: equal times, exact ages, shared tags, indexes and
//! referrers.

use std::num::NonZeroU32;

use ecrgen::lifecycle::{Action, Criterion, Image, Pattern, Policy, Prefix, Rule, Selection, Storage, TagList, Tags};

use super::model::INDEX;
use ecrgen::time::Time;

/// The time of every sample.
pub const NOW: Time = Time(1_800_000_000);

/// A seeded source of random choices (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    /// True once in this many calls on average.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these texts.
    pub fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    /// Shuffles the items.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

const PATTERNS: [&str; 9] = ["*", "a*", "*b", "ab", "a*b", "b-*", "*a*b*", "*-*-*", "aab"];
const PREFIXES: [&str; 5] = ["a", "ab", "b-", "b-a", "c"];
const TAGS: [&str; 8] = ["a", "ab", "b", "aab", "b-a", "b-a-b", "c", "bab"];

/// One to five rules with any combination of keys, including those that AWS rejects.
pub fn policy(dice: &mut Dice) -> Policy {
    let mut priorities: Vec<u32> = (1..=9).collect();
    dice.shuffle(&mut priorities);
    let rules = 1 + dice.below(5);
    Policy { rules: priorities.into_iter().take(rules).map(|priority| rule(dice, priority)).collect() }
}

fn rule(dice: &mut Dice, priority: u32) -> Rule {
    let number = |number: usize| NonZeroU32::new(number as u32).unwrap();
    let days = number(1 + dice.below(4));
    Rule {
        priority: NonZeroU32::new(priority).unwrap(),
        description: dice.one_in(3).then(|| dice.pick(&["plain", "<&>", "quote \" and \\", "ünïcode\n"]).to_owned()),
        selection: Selection {
            tags: tags(dice),
            criterion: match dice.below(6) {
                0..=2 => Criterion::CountMoreThan(number(1 + dice.below(3))),
                3 => Criterion::SincePushed { days },
                4 => Criterion::SincePulled { days },
                _ => Criterion::SinceTransitioned { days },
            },
        },
        action: if dice.one_in(3) { Action::TransitionToArchive } else { Action::Expire },
    }
}

fn tags(dice: &mut Dice) -> Tags {
    let entries = 1 + dice.below(2);
    match dice.below(6) {
        0 => Tags::Any,
        1 => Tags::Untagged,
        2 => Tags::Tagged(TagList::Prefixes((0..entries).map(|_| Prefix::new(dice.pick(&PREFIXES))).collect())),
        _ => {
            Tags::Tagged(TagList::Patterns((0..entries).map(|_| Pattern::new(dice.pick(&PATTERNS)).unwrap()).collect()))
        }
    }
}

/// Up to nine images.
pub fn images(dice: &mut Dice) -> Vec<Image> {
    let count = dice.below(10);
    let mut images: Vec<Image> = (0..count).map(|i| image(dice, i)).collect();
    for i in 0..count {
        if dice.one_in(5) {
            images[i].media_type = Some(INDEX.to_owned());
            for _ in 0..dice.below(3) {
                let child = images[dice.below(count)].digest.clone();
                if child != images[i].digest && !reaches(&images, &child, &images[i].digest) {
                    images[i].children.push(child);
                }
            }
        } else if dice.one_in(5) {
            let subject = images[dice.below(count)].digest.clone();
            let itself = images[i].digest.clone();
            if subject != itself && !reaches(&images, &itself, &subject) {
                images[i].subject = Some(subject);
            }
        }
    }
    images
}

/// Whether there is a chain of lists and referrers from one image to the other. Digests make cycles impossible.
fn reaches(images: &[Image], from: &str, to: &str) -> bool {
    let image = images.iter().find(|image| image.digest == from).unwrap();
    let referrers = images.iter().filter(|image| image.subject.as_deref() == Some(from)).map(|image| &image.digest);
    from == to || image.children.iter().chain(referrers).any(|next| reaches(images, next, to))
}

fn image(dice: &mut Dice, number: usize) -> Image {
    let pushed = moment(dice);
    Image {
        digest: format!("sha256:{:02x}{number}", dice.below(256)),
        tags: (0..dice.below(3)).map(|_| dice.pick(&TAGS).to_owned()).collect(),
        pushed,
        pulled: dice.one_in(2).then(|| pushed.max(moment(dice))),
        storage: match dice.below(8) {
            0 | 1 => Storage::Archive { archived_at: pushed.max(moment(dice)) },
            2 => Storage::Standard { activated_at: Some(pushed.max(moment(dice))) },
            _ => Storage::Standard { activated_at: None },
        },
        size: 1,
        media_type: None,
        subject: None,
        children: Vec::new(),
    }
}

/// A moment half a day to five days ago, in steps of half a day, exactly or off by one second.
fn moment(dice: &mut Dice) -> Time {
    Time(NOW.0 - (1 + dice.below(10) as i64) * 43_200 + [0, 0, -1, 1][dice.below(4)])
}
