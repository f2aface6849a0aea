//! A lifecycle policy and what the spec tells about the images of its repository.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::num::NonZeroU32;

use crate::diagnostic::Diagnostic;
use crate::lifecycle::{self, Action, Criterion, Pattern, Selection, StorageClass, TagList, Tags};
use crate::platform::image_tags::class::{Class, Services};
use crate::platform::image_tags::classes::COSIGN;
use crate::platform::image_tags::tag_language::TagLanguage;
use crate::platform::repositories::retention::{Lifecycle, RetentionRule};
use crate::platform::{Platform, Repository, Scope};
use crate::prose::{count, named};
use crate::rules::{Facts, Finding, Rule};

/// From this count on, a rule practically keeps every image. Public Terraform modules write 9999 or 999999.
const ALL: u32 = 9_999;

/// The lifecycle policy of one repository, for rules that ask what it does to the images of the declared tag classes.
///
/// `ecrgen simulate --policy` checks a policy file as the `lifecycle_policy` of a spec without tag classes, so a rule about
/// a subject also applies there.
pub(in crate::rules) struct Subject<'p> {
    pub(super) repository: &'p Repository,
    pub(super) lifecycle: &'p Lifecycle,
    /// The classes whose tags stay on one image.
    pub(super) steady: Vec<Images<'p>>,
    /// The classes whose tags move from image to image.
    pub(super) moving: Vec<Images<'p>>,
    /// The signatures, attestations and SBOMs of cosign, if a policy of the platform has a rule for them and the spec does
    /// not declare a class for them.
    pub(super) signatures: Option<Images<'p>>,
    /// The rules for images in standard storage, in the order in which AWS applies them.
    pub(super) order: Vec<usize>,
    /// For each counted class, the rules to which some of its images belong.
    owners: OnceCell<Vec<BTreeSet<usize>>>,
}

/// The images with a tag of one class.
pub(super) struct Images<'p> {
    pub(super) class: &'p Class,
    /// Their tags: one pattern per service, or a single one if all services have the same.
    pub(super) tags: Vec<Tags>,
    /// The tags of any service.
    pub(super) of_any_service: Option<Tags>,
    services: &'p [String],
    scope: &'p Scope,
    /// Created when it is needed: most rules do without it.
    language: OnceCell<TagLanguage>,
}

impl Images<'_> {
    /// Whether each tag of the class has only one image at a time, because nothing in it differs from image to image.
    pub(super) fn is_constant(&self) -> bool {
        !self.patterns().any(|pattern| pattern.contains('*'))
    }

    /// Whether a rule is only about images of this class.
    pub(super) fn include(&self, rule: &Selection) -> bool {
        self.tags.iter().chain(&self.of_any_service).any(|tags| tags.includes(&rule.tags))
    }

    fn language(&self) -> &TagLanguage {
        self.language.get_or_init(|| TagLanguage::of(self.class, self.services, self.scope))
    }

    /// A shortest tag of this class that matches a pattern.
    pub(super) fn tag_matching(&self, pattern: &str) -> Option<String> {
        self.language().tag_matching(pattern)
    }

    /// Whether this is a tag of this class.
    pub(super) fn contains(&self, tag: &str) -> bool {
        self.language().contains(tag)
    }

    /// Whether a pattern is that of the class in ECR, for one service or for all of them.
    pub(super) fn has_pattern(&self, pattern: &str) -> bool {
        let own = |tags: &Tags| matches!(tags, Tags::Tagged(list) if list.texts() == [pattern]);
        self.tags.iter().chain(&self.of_any_service).any(own)
    }

    /// The patterns of the tags.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &str> {
        let lists = self.tags.iter().filter_map(|tags| match tags {
            Tags::Tagged(TagList::Patterns(list)) => Some(list),
            _ => None,
        });
        lists.flatten().map(Pattern::as_str)
    }
}

impl<'p> Subject<'p> {
    /// The lifecycle policies of a platform. They are prepared once, for all rules.
    pub(super) fn all<'f>(facts: &'f Facts<'p>) -> impl Iterator<Item = &'f Subject<'p>> {
        let prepared = || {
            let platform = facts.platform;
            if !facts.know(&["image_tags"]) {
                return Vec::new();
            }
            let signs = signs(platform);
            platform.repositories.iter().filter_map(|repository| Subject::of(platform, repository, signs)).collect()
        };
        facts.lifecycles.get_or_init(prepared).iter()
    }

    fn of(platform: &'p Platform, repository: &'p Repository, signs: bool) -> Option<Subject<'p>> {
        let lifecycle = repository.lifecycle.as_ref()?;
        let classes = platform.classes.here.iter().map(|class| images(class, platform, repository));
        let (moving, steady) = classes.partition(|images| moves(images, repository));
        let mut order = lifecycle.policy.by_priority();
        order
            .retain(|&rule| lifecycle.policy.rules[rule].selection.criterion.storage_class() == StorageClass::Standard);
        let signatures = signs.then(|| images(&COSIGN, platform, repository));
        Some(Subject { repository, lifecycle, steady, moving, signatures, order, owners: OnceCell::new() })
    }

    /// Whether the policy is written in AWS's own format.
    pub(super) fn is_raw(&self) -> bool {
        self.lifecycle.written.is_empty()
    }

    /// The retention rule that compiles to the rule with this index, unless the policy is in AWS's own format.
    pub(super) fn written(&self, rule: usize) -> Option<&'p RetentionRule> {
        let origin = self.lifecycle.origins[rule];
        self.lifecycle.written.iter().find(|written| written.span == origin)
    }

    /// The rule with this index.
    pub(super) fn rule(&self, rule: usize) -> &'p lifecycle::Rule {
        &self.lifecycle.policy.rules[rule]
    }

    /// What the rule with this index selects.
    pub(super) fn selection(&self, rule: usize) -> &'p Selection {
        &self.rule(rule).selection
    }

    /// The rules that AWS applies before this one, first rule first.
    pub(super) fn before(&self, rule: usize) -> &[usize] {
        let end = self.order.iter().position(|&other| other == rule).unwrap_or(self.order.len());
        &self.order[..end]
    }

    /// The rule to which every image with these tags belongs, unless it has other tags of an earlier rule.
    pub(super) fn owner(&self, tags: &Tags) -> Option<usize> {
        self.order.iter().copied().find(|&rule| self.selection(rule).tags.includes(tags))
    }

    /// Whether a rule can match an image with a tag of each of these classes and no other tags.
    pub(super) fn can_match(&self, rule: usize, classes: &[&Images]) -> bool {
        match &self.selection(rule).tags {
            Tags::Any => true,
            Tags::Untagged => false,
            Tags::Tagged(list) => {
                patterns(list).iter().all(|pattern| classes.iter().any(|images| images.tag_matching(pattern).is_some()))
            }
        }
    }

    /// The classes of which some images, those of at least one service, belong to a rule.
    pub(super) fn owned_by(&self, rule: usize) -> Vec<&Images<'p>> {
        let owners = self.owners.get_or_init(|| self.counted().map(|images| self.owners_of(images)).collect());
        self.counted().zip(owners).filter(|(_, owners)| owners.contains(&rule)).map(|(images, _)| images).collect()
    }

    /// The classes whose images add up: each push has new tags.
    pub(super) fn counted(&self) -> impl Iterator<Item = &Images<'p>> {
        self.steady.iter().chain(&self.signatures)
    }

    /// The rules to which some images of a class belong.
    fn owners_of(&self, images: &Images) -> BTreeSet<usize> {
        let near =
            |&rule: &usize| images.of_any_service.as_ref().is_none_or(|tags| self.selection(rule).tags.overlaps(tags));
        let near: Vec<usize> = self.order.iter().copied().filter(near).collect();
        let owner = |tags| near.iter().copied().find(|&rule| self.selection(rule).tags.includes(tags));
        images.tags.iter().filter_map(owner).collect()
    }

    /// Whether these rules together match all images of a class.
    pub(super) fn cover(&self, rules: &[usize], images: &Images) -> bool {
        let matched = |tags| rules.iter().any(|&rule| self.selection(rule).tags.includes(tags));
        images.of_any_service.as_ref().is_some_and(matched) || images.tags.iter().all(matched)
    }

    /// What a rule does to an image that belongs to it, for example `deletes the image 7 days after its push`; `None` if
    /// it keeps the image.
    pub(super) fn fate(&self, rule: usize, image: &str) -> Option<String> {
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
    pub(super) fn is_by_age(&self, rule: usize) -> bool {
        matches!(self.selection(rule).criterion, Criterion::SincePushed { .. })
    }

    /// Whether a rule keeps every image that it matches.
    pub(super) fn keeps_all(&self, rule: usize) -> bool {
        matches!(self.selection(rule).criterion, Criterion::CountMoreThan(count) if count.get() >= ALL)
    }

    /// The number of images that a rule keeps, if it does not keep all.
    pub(super) fn keeps(&self, rule: usize) -> Option<usize> {
        match self.selection(rule).criterion {
            Criterion::CountMoreThan(count) if !self.keeps_all(rule) => Some(count.get() as usize),
            _ => None,
        }
    }

    /// The findings about the rules, in the order of their priorities. If a retention rule compiles to several rules,
    /// only the first finding is returned.
    pub(super) fn each_rule(&self, check: impl Fn(usize) -> Option<Diagnostic>) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = self.lifecycle.policy.by_priority().into_iter().filter_map(check).collect();
        found.dedup_by_key(|finding| finding.labels.first().map(|label| label.span));
        found
    }

    /// A finding about the rule with this index.
    pub(super) fn finding(&self, rule: &'static Rule, index: usize, message: impl Into<String>) -> Diagnostic {
        rule.finding(self.lifecycle.origins[index], message).at(self.lifecycle.path(&self.repository.key))
    }

    /// A finding about the tag list of the rule with this index.
    pub(super) fn list_finding(&self, rule: &'static Rule, index: usize, message: impl Into<String>) -> Diagnostic {
        rule.finding(self.lifecycle.lists[index], message).at(self.lifecycle.path(&self.repository.key))
    }

    /// `rule 2`, as messages name a rule.
    pub(super) fn name(&self, rule: usize) -> String {
        format!("rule {}", self.rule(rule).priority)
    }
}

/// The findings about each rule of each lifecycle policy.
pub(super) fn of_each_rule(facts: &Facts, finding: impl Fn(&Subject, usize) -> Option<Finding>) -> Vec<Finding> {
    Subject::all(facts).flat_map(|subject| subject.each_rule(|rule| finding(subject, rule))).collect()
}

/// The entries of a list as patterns.
pub(super) fn patterns(list: &TagList) -> Vec<String> {
    let after = if matches!(list, TagList::Prefixes(_)) { "*" } else { "" };
    list.texts().into_iter().map(|text| format!("{text}{after}")).collect()
}

/// What a rule does to an image, as users call it.
pub(super) fn verb(action: Action) -> &'static str {
    match action {
        Action::Expire => "deletes",
        Action::TransitionToArchive => "archives",
    }
}

/// `class `a``, or `classes `a` and `b``.
pub(super) fn classes<'c>(images: impl IntoIterator<Item = &'c Images<'c>>) -> String {
    let names: Vec<&str> = images.into_iter().map(|images| images.class.name.as_str()).collect();
    let noun = match names.len() {
        0 => return String::new(),
        1 => "class",
        _ => "classes",
    };
    format!("{noun} {}", named(names.into_iter(), usize::MAX))
}

/// Whether a policy of the platform has a rule for the tags of cosign that is not for a declared class.
fn signs(platform: &Platform) -> bool {
    let declared = |class: &Class| class.name == COSIGN.name || class.template.starts_with("sha256-");
    let for_cosign = |rule: &lifecycle::Rule| match &rule.selection.tags {
        Tags::Tagged(list) => list.texts().iter().any(|text| text.starts_with("sha256-")),
        Tags::Untagged | Tags::Any => false,
    };
    let policies = platform.repositories.iter().filter_map(|repository| repository.lifecycle.as_ref());
    !platform.classes.here.iter().any(declared)
        && policies.flat_map(|lifecycle| &lifecycle.policy.rules).any(for_cosign)
}

fn images<'p>(class: &'p Class, platform: &'p Platform, repository: &'p Repository) -> Images<'p> {
    let scope = &platform.scope;
    // Another error covers a pattern that ECR would reject.
    let tags = |services| {
        let pattern = Pattern::new(class.pattern(services, scope)).ok();
        pattern.map(|pattern| Tags::Tagged(TagList::Patterns(vec![pattern])))
    };
    // Without the service in the template, the tags of all services are the same.
    let count = if class.names_service() { repository.services.len() } else { 1 };
    let services = &repository.services[..count.min(repository.services.len())];
    let mut per_service: Vec<Tags> = services.iter().filter_map(|service| tags(Services::One(service))).collect();
    per_service.dedup();
    let of_any_service = tags(Services::Any);
    Images { class, tags: per_service, of_any_service, services, scope, language: OnceCell::new() }
}

/// Whether the tags of a class move in a repository: the class says so, or all of its images would have the same tag.
fn moves(images: &Images, repository: &Repository) -> bool {
    match &images.class.moving {
        Some(moving) => moving.value,
        None => !repository.mutability.immutable && images.is_constant(),
    }
}
