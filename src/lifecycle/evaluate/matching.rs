//! Computes which rules match which images, once for all images whose tags match the same patterns.

use hashbrown::HashMap;

use super::image::Image;
use super::trie::Trie;
use crate::lifecycle::policy::{Policy, Shape, StorageClass, Tags};

/// A policy that is prepared for many images.
pub(super) struct Matching<'p> {
    policy: &'p Policy,
    by_priority: Vec<usize>,
    /// The distinct entries of all tag lists. The id of an entry is its position.
    shapes: Vec<Shape<'p>>,
    heads: Trie,
    groups: Vec<Group>,
    known: HashMap<Vec<u64>, u32>,
    signature: Vec<u64>,
}

/// The rules that match the images of a group.
pub(super) struct Group {
    /// The first matching rule by priority.
    pub(super) claimed_by: Option<usize>,
    /// All matching rules, by priority.
    pub(super) matched_by: Vec<usize>,
}

const TAGGED: u64 = 1;
const ARCHIVED: u64 = 2;

impl<'p> Matching<'p> {
    pub(super) fn of(policy: &'p Policy) -> Matching<'p> {
        let mut shapes: Vec<Shape<'p>> = policy
            .rules
            .iter()
            .filter_map(|rule| match &rule.selection.tags {
                Tags::Tagged(list) => Some(list.shapes()),
                Tags::Untagged | Tags::Any => None,
            })
            .flatten()
            .collect();
        shapes.sort_unstable();
        shapes.dedup();
        Matching {
            policy,
            by_priority: policy.by_priority(),
            heads: Trie::of(shapes.iter().map(|shape| shape.head)),
            signature: vec![0; shapes.len().div_ceil(64) + 1],
            shapes,
            groups: Vec::new(),
            known: HashMap::default(),
        }
    }

    /// The number of the image's group.
    pub(super) fn group_of(&mut self, image: &Image) -> u32 {
        self.group(&image.tags, image.storage_class())
    }

    /// The rule that would claim the image if it were in the archive.
    pub(super) fn archive_claim(&mut self, image: &Image) -> Option<usize> {
        let group = self.group(&image.tags, StorageClass::Archive);
        self.rules_of(group).claimed_by
    }

    /// The number of groups so far.
    pub(super) fn groups(&self) -> usize {
        self.groups.len()
    }

    pub(super) fn rules_of(&self, group: u32) -> &Group {
        &self.groups[group as usize]
    }

    fn group(&mut self, tags: &[String], class: StorageClass) -> u32 {
        self.sign(tags, class);
        if let Some(&group) = self.known.get(&self.signature) {
            return group;
        }
        let matched_by: Vec<usize> =
            self.by_priority.iter().copied().filter(|&rule| self.rule_matches(rule, class, tags.is_empty())).collect();
        let group = u32::try_from(self.groups.len()).expect("there are no more groups than images");
        self.groups.push(Group { claimed_by: matched_by.first().copied(), matched_by });
        self.known.insert(self.signature.clone(), group);
        group
    }

    /// Sets the signature to everything that rules can check on an image: a bit per pattern that one of the tags
    /// matches, followed by two flags.
    fn sign(&mut self, tags: &[String], class: StorageClass) {
        let (flags, matched) = self.signature.split_last_mut().expect("the signature has a word for the flags");
        matched.fill(0);
        for tag in tags {
            self.heads.prefixes_of(tag, |id| {
                let shape = &self.shapes[id];
                if shape.rest_matches(&tag[shape.head.len()..]) {
                    matched[id / 64] |= 1 << (id % 64);
                }
            });
        }
        *flags = if tags.is_empty() { 0 } else { TAGGED };
        *flags |= if class == StorageClass::Archive { ARCHIVED } else { 0 };
    }

    /// Whether the rule matches images with the current signature.
    fn rule_matches(&self, rule: usize, class: StorageClass, untagged: bool) -> bool {
        let selection = &self.policy.rules[rule].selection;
        selection.criterion.storage_class() == class
            && match &selection.tags {
                Tags::Any => true,
                Tags::Untagged => untagged,
                Tags::Tagged(list) => {
                    let shapes = list.shapes();
                    !shapes.is_empty() && shapes.iter().all(|shape| self.tag_matches(shape))
                }
            }
    }

    fn tag_matches(&self, shape: &Shape<'_>) -> bool {
        let id = self.shapes.binary_search(shape).expect("every list entry has a shape");
        self.signature[id / 64] & (1 << (id % 64)) != 0
    }
}
