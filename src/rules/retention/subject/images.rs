//! The images of a repository that have a tag of one class.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::Subject;
use crate::lifecycle::{Pattern, Selection, TagList, Tags};
use crate::platform::image_tags::class::{Class, Services};
use crate::platform::image_tags::tag_language::TagLanguage;
use crate::platform::{Platform, Repository, Scope};

/// The images with a tag of one class.
///
/// What depends on each service, or on each rule, is computed when it is needed: most rules do without it.
pub(in crate::rules) struct Images<'p> {
    pub(in crate::rules::retention) class: &'p Class,
    /// The services that the tags name; one service if the tags of all services are the same.
    services: &'p [String],
    scope: &'p Scope,
    of_any_service: Option<Tags>,
    of_each_service: OnceLock<Vec<Tags>>,
    takers: OnceLock<BTreeSet<BTreeSet<usize>>>,
    language: TagLanguage<'p>,
}

impl<'p> Images<'p> {
    pub(in crate::rules::retention) fn of(
        class: &'p Class,
        platform: &'p Platform,
        repository: &'p Repository,
    ) -> Images<'p> {
        // Without the service in the template, the tags of all services are the same.
        let count = if class.names_service() { repository.services.len() } else { 1 };
        let services = &repository.services[..count.min(repository.services.len())];
        Images {
            class,
            services,
            scope: &platform.scope,
            of_any_service: tags(class, Services::Any, &platform.scope),
            of_each_service: OnceLock::new(),
            takers: OnceLock::new(),
            language: TagLanguage::of(class, services, &platform.scope),
        }
    }

    /// The tags: one pattern per service, or a single one if all services have the same.
    pub(in crate::rules::retention) fn tags(&self) -> &[Tags] {
        self.of_each_service.get_or_init(|| {
            let of_service = |service: &String| tags(self.class, Services::One(service), self.scope);
            let mut tags: Vec<Tags> = self.services.iter().filter_map(of_service).collect();
            tags.dedup();
            tags
        })
    }

    /// The rules for images in standard storage that match all images of a service: a set for each service, but equal sets
    /// only once. A repository can have hundreds of services, and most policies treat them alike.
    pub(in crate::rules::retention) fn takers(&self, subject: &Subject) -> &BTreeSet<BTreeSet<usize>> {
        self.takers.get_or_init(|| {
            let all = self.of_any_service.as_ref();
            let takes = |rule: &usize, tags: &Tags| subject.selection(*rule).tags.includes(tags);
            let near = |rule: &&usize| all.is_none_or(|tags| subject.selection(**rule).tags.overlaps(tags));
            let near: Vec<usize> = subject.order.iter().filter(near).copied().collect();
            if all.is_some_and(|tags| near.iter().all(|rule| takes(rule, tags))) {
                return BTreeSet::from([near.into_iter().collect()]);
            }
            let of = |tags: &Tags| near.iter().copied().filter(|rule| takes(rule, tags)).collect();
            self.tags().iter().map(of).collect()
        })
    }

    /// Whether each tag of the class has only one image at a time, because nothing in it differs from image to image.
    pub(in crate::rules::retention) fn is_constant(&self) -> bool {
        self.class.is_constant()
    }

    /// Whether a rule is only about images of this class.
    pub(in crate::rules::retention) fn include(&self, rule: &Selection) -> bool {
        let includes = |tags: &Tags| tags.includes(&rule.tags);
        self.of_any_service.as_ref().is_some_and(includes) || self.tags().iter().any(includes)
    }

    /// A shortest tag of this class that matches a pattern.
    pub(in crate::rules::retention) fn tag_matching(&self, pattern: &str) -> Option<String> {
        self.language.tag_matching(pattern)
    }

    /// Whether this is a tag of this class.
    pub(in crate::rules::retention) fn contains(&self, tag: &str) -> bool {
        self.language.contains(tag)
    }

    /// Whether a pattern is that of the class in ECR, for one service or for all of them.
    pub(in crate::rules::retention) fn has_pattern(&self, pattern: &str) -> bool {
        let Some(wanted) = of_pattern(pattern.to_owned()) else { return false };
        let can_be = self.of_any_service.as_ref().is_none_or(|tags| tags.includes(&wanted));
        can_be && self.of_any_service.iter().chain(self.tags()).any(|tags| *tags == wanted)
    }

    /// The tag of the first service, if the class is constant.
    pub(in crate::rules::retention) fn constant_tag(&self) -> Option<String> {
        self.services
            .first()
            .filter(|_| self.is_constant())
            .map(|service| self.class.pattern(Services::One(service), self.scope))
    }

    /// Whether the tags move in a repository: the class says so, or all of its images would have the same tag.
    pub(in crate::rules::retention) fn move_in(&self, repository: &Repository) -> bool {
        match &self.class.moving {
            Some(moving) => moving.value,
            None => !repository.mutability.immutable && self.is_constant(),
        }
    }
}

/// The tags of a class, as ECR selects them.
fn tags(class: &Class, services: Services, scope: &Scope) -> Option<Tags> {
    of_pattern(class.pattern(services, scope))
}

/// The tags that match a pattern; `None` if ECR would reject it.
fn of_pattern(pattern: String) -> Option<Tags> {
    Some(Tags::Tagged(TagList::Patterns(vec![Pattern::new(pattern).ok()?])))
}
