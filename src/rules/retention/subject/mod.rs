//! A lifecycle policy and what the spec tells about the images of its repository.

mod images;

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::sync::OnceLock;

pub(in crate::rules) use images::Images;

use crate::diagnostic::Diagnostic;
use crate::lifecycle::{self, Action, Criterion, Selection, StorageClass, TagList, Tags};
use crate::platform::image_tags::class::Class;
use crate::platform::image_tags::classes::COSIGN;
use crate::platform::repositories::retention::{Lifecycle, RetentionRule};
use crate::platform::{Platform, Repository};
use crate::prose::{NAMED, count, named};
use crate::rules::{Facts, Finding, Rule};

/// From this count on, a rule practically keeps every image. Public Terraform modules write 9999 or 999999.
const ALL: u32 = 9_999;

/// The lifecycle policy of one repository, for rules that ask what it does to the images of the declared tag classes.
///
/// `ecrgen simulate --policy` checks a policy file as the `lifecycle_policy` of a spec without tag classes, so a rule about
/// a subject also applies there.
pub(in crate::rules) struct Subject<'p> {
    pub(in crate::rules::retention) repository: &'p Repository,
    pub(in crate::rules::retention) lifecycle: &'p Lifecycle,
    /// The classes whose tags stay on one image.
    pub(in crate::rules::retention) steady: Vec<Images<'p>>,
    /// The classes whose tags move from image to image.
    pub(in crate::rules::retention) moving: Vec<Images<'p>>,
    /// The signatures, attestations and SBOMs of cosign, if a policy of the platform has a rule for them and the spec does
    /// not declare a class for them.
    pub(in crate::rules::retention) signatures: Option<Images<'p>>,
    /// The rules for images in standard storage, in the order in which AWS applies them.
    pub(in crate::rules::retention) order: Vec<usize>,
    /// For each counted class, the rules to which some of its images belong.
    owners: OnceLock<Vec<BTreeSet<Option<usize>>>>,
}

impl<'p> Subject<'p> {
    /// The lifecycle policies of a platform. They are prepared once, for all rules.
    pub(in crate::rules::retention) fn all<'f>(facts: &'f Facts<'p>) -> impl Iterator<Item = &'f Subject<'p>> {
        let prepared = || {
            let platform = facts.platform;
            if !facts.know(&["image_tags"]) {
                return Vec::new();
            }
            let signs = signs(platform);
            platform.all_repositories().filter_map(|repository| Subject::of(platform, repository, signs)).collect()
        };
        facts.lifecycles.get_or_init(prepared).iter()
    }

    fn of(platform: &'p Platform, repository: &'p Repository, signs: bool) -> Option<Subject<'p>> {
        let lifecycle = repository.lifecycle.as_ref()?;
        let classes = platform.classes.here.iter().map(|class| Images::of(class, platform, repository));
        let (moving, steady) = classes.partition(|images| images.move_in(repository));
        let mut order = lifecycle.policy.by_priority();
        order
            .retain(|&rule| lifecycle.policy.rules[rule].selection.criterion.storage_class() == StorageClass::Standard);
        let signatures = signs.then(|| Images::of(&COSIGN, platform, repository));
        Some(Subject { repository, lifecycle, steady, moving, signatures, order, owners: OnceLock::new() })
    }

    /// Whether the policy is written in AWS's own format.
    pub(in crate::rules::retention) fn is_raw(&self) -> bool {
        self.lifecycle.written.is_empty()
    }

    /// The retention rule that compiles to the rule with this index, unless the policy is in AWS's own format.
    pub(in crate::rules::retention) fn written(&self, rule: usize) -> Option<&'p RetentionRule> {
        let origin = self.lifecycle.origins[rule];
        self.lifecycle.written.iter().find(|written| written.span == origin)
    }

    /// The rule with this index.
    pub(in crate::rules::retention) fn rule(&self, rule: usize) -> &'p lifecycle::Rule {
        &self.lifecycle.policy.rules[rule]
    }

    /// What the rule with this index selects.
    pub(in crate::rules::retention) fn selection(&self, rule: usize) -> &'p Selection {
        &self.rule(rule).selection
    }

    /// The rules that AWS applies before this one, first rule first.
    pub(in crate::rules::retention) fn before(&self, rule: usize) -> &[usize] {
        let end = self.order.iter().position(|&other| other == rule).unwrap_or(self.order.len());
        &self.order[..end]
    }

    /// The rule to which every image with these tags belongs, unless it has other tags of an earlier rule.
    pub(in crate::rules::retention) fn owner(&self, tags: &Tags) -> Option<usize> {
        self.order.iter().copied().find(|&rule| self.selection(rule).tags.includes(tags))
    }

    /// Whether a rule can match an image with a tag of each of these classes and no other tags.
    pub(in crate::rules::retention) fn can_match(&self, rule: usize, classes: &[&Images]) -> bool {
        match &self.selection(rule).tags {
            Tags::Any => true,
            Tags::Untagged => false,
            Tags::Tagged(list) => {
                patterns(list).iter().all(|pattern| classes.iter().any(|images| images.tag_matching(pattern).is_some()))
            }
        }
    }

    /// The classes of which some images, those of at least one service, belong to a rule.
    pub(in crate::rules::retention) fn owned_by(&self, rule: usize) -> Vec<&Images<'p>> {
        let owners = self.owners.get_or_init(|| self.counted().map(|images| self.owners_of(images)).collect());
        self.counted()
            .zip(owners)
            .filter(|(_, owners)| owners.contains(&Some(rule)))
            .map(|(images, _)| images)
            .collect()
    }

    /// The classes whose images add up: each push has new tags.
    pub(in crate::rules::retention) fn counted(&self) -> impl Iterator<Item = &Images<'p>> {
        self.steady.iter().chain(&self.signatures)
    }

    /// The rules to which images of a class belong: one for each service, or `None` for a service whose images belong to
    /// no rule. An image can have other tags that belong to earlier rules.
    pub(in crate::rules::retention) fn owners_of(&self, images: &Images) -> BTreeSet<Option<usize>> {
        self.owners_among(&self.order, images)
    }

    /// Whether these rules together match all images of a class.
    pub(in crate::rules::retention) fn cover(&self, rules: &[usize], images: &Images) -> bool {
        !self.owners_among(rules, images).contains(&None)
    }

    /// The number of services whose images belong to a rule.
    pub(in crate::rules::retention) fn services_of(&self, rule: usize, images: &Images) -> usize {
        match self.owners_of(images).contains(&Some(rule)) {
            true => images.tags().iter().filter(|tags| self.owner(tags) == Some(rule)).count(),
            false => 0,
        }
    }

    /// The first of these rules that matches all images of a service, for each service.
    fn owners_among(&self, rules: &[usize], images: &Images) -> BTreeSet<Option<usize>> {
        let first = |takers: &BTreeSet<usize>| rules.iter().copied().find(|rule| takers.contains(rule));
        images.takers(self).iter().map(first).collect()
    }

    /// What a rule does to an image that belongs to it, for example `deletes the image 7 days after its push`; `None` if
    /// it keeps the image.
    pub(in crate::rules::retention) fn fate(&self, rule: usize, image: &str) -> Option<String> {
        let days = |days: NonZeroU32| count(days.get() as usize, "day");
        let when = match self.selection(rule).criterion {
            Criterion::CountMoreThan(_) => match self.keeps(rule)? {
                1 => "once the rule has a newer one".to_owned(),
                newer => format!("once the rule has {newer} newer ones"),
            },
            Criterion::SincePushed { days: after } => format!("{} after its push", days(after)),
            Criterion::SincePulled { days: after } => format!("{} after its last pull", days(after)),
            Criterion::SinceTransitioned { .. } => return None,
        };
        Some(format!("{} {image} {when}", verb(self.rule(rule).action)))
    }

    /// Whether a rule acts on images by the time since their push.
    pub(in crate::rules::retention) fn is_by_age(&self, rule: usize) -> bool {
        matches!(self.selection(rule).criterion, Criterion::SincePushed { .. })
    }

    /// Whether a rule keeps every image that it matches.
    pub(in crate::rules::retention) fn keeps_all(&self, rule: usize) -> bool {
        matches!(self.selection(rule).criterion, Criterion::CountMoreThan(count) if count.get() >= ALL)
    }

    /// The number of images that a rule keeps, if it does not keep all.
    pub(in crate::rules::retention) fn keeps(&self, rule: usize) -> Option<usize> {
        match self.selection(rule).criterion {
            Criterion::CountMoreThan(count) if !self.keeps_all(rule) => Some(count.get() as usize),
            _ => None,
        }
    }

    /// The findings about the rules, in the order of their priorities. If a retention rule compiles to several rules,
    /// only the first finding is returned.
    pub(in crate::rules::retention) fn each_rule(
        &self,
        check: impl Fn(usize) -> Option<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = self.lifecycle.policy.by_priority().into_iter().filter_map(check).collect();
        found.dedup_by_key(|finding| finding.labels.first().map(|label| label.span));
        found
    }

    /// A finding about the rule with this index.
    pub(in crate::rules::retention) fn finding(
        &self,
        rule: &'static Rule,
        index: usize,
        message: impl Into<String>,
    ) -> Diagnostic {
        rule.finding(self.lifecycle.origins[index], message).at(self.lifecycle.path(self.repository))
    }

    /// A finding about the tag list of the rule with this index.
    pub(in crate::rules::retention) fn list_finding(
        &self,
        rule: &'static Rule,
        index: usize,
        message: impl Into<String>,
    ) -> Diagnostic {
        rule.finding(self.lifecycle.lists[index], message).at(self.lifecycle.path(self.repository))
    }

    /// `rule 2`, as messages name a rule.
    pub(in crate::rules::retention) fn name(&self, rule: usize) -> String {
        format!("rule {}", self.rule(rule).priority)
    }
}

/// The findings about each rule of each lifecycle policy.
pub(in crate::rules::retention) fn of_each_rule(
    facts: &Facts,
    finding: impl Fn(&Subject, usize) -> Option<Finding>,
) -> Vec<Finding> {
    Subject::all(facts).flat_map(|subject| subject.each_rule(|rule| finding(subject, rule))).collect()
}

/// The entries of a list as patterns.
pub(in crate::rules::retention) fn patterns(list: &TagList) -> Vec<String> {
    let after = if matches!(list, TagList::Prefixes(_)) { "*" } else { "" };
    list.texts().into_iter().map(|text| format!("{text}{after}")).collect()
}

/// What a rule does to an image, as users call it.
pub(in crate::rules::retention) fn verb(action: Action) -> &'static str {
    match action {
        Action::Expire => "deletes",
        Action::TransitionToArchive => "archives",
    }
}

/// `class `a``, or `classes `a` and `b``.
pub(in crate::rules::retention) fn classes<'c>(images: impl IntoIterator<Item = &'c Images<'c>>) -> String {
    let names: Vec<&str> = images.into_iter().map(|images| images.class.name.as_str()).collect();
    let noun = match names.len() {
        0 => return String::new(),
        1 => "class",
        _ => "classes",
    };
    format!("{noun} {}", named(names.into_iter(), NAMED))
}

/// Whether a policy of the platform has a rule for the tags of cosign that is not for a declared class.
fn signs(platform: &Platform) -> bool {
    let declared = |class: &Class| class.name == COSIGN.name || class.template.starts_with("sha256-");
    let for_cosign = |rule: &lifecycle::Rule| match &rule.selection.tags {
        Tags::Tagged(list) => list.texts().iter().any(|text| text.starts_with("sha256-")),
        Tags::Untagged | Tags::Any => false,
    };
    let policies = platform.all_repositories().filter_map(|repository| repository.lifecycle.as_ref());
    !platform.classes.here.iter().any(declared)
        && policies.flat_map(|lifecycle| &lifecycle.policy.rules).any(for_cosign)
}
