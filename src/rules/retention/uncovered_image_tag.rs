//! A tag class that no retention rule covers.

use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Pattern, StorageClass, TagList, Tags};
use crate::platform::image_tags::class::{Class, Services};
use crate::platform::{Platform, Repository};
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "uncovered-image-tag",
        severity: Severity::Warning,
        what: "A repository has a retention, but no rule in it matches the images of a tag class.",
        why: "ECR never deletes an image that no rule matches, so these images cost money permanently. If that is intended, say \
          so with a rule that keeps all of them. The check skips classes of moving tags, because only one image has \
          a given moving tag.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"dev-{sha:8}\" }
repositories:
  shop: { retention: [{ expire_after: 7d, of: build }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"dev-{sha:8}\" }
repositories:
  shop: { retention: [{ expire_after: 7d, of: build }, { keep: all, of: release }] }
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| {
        let findings = |repository| findings(facts.platform, repository);
        facts.platform.repositories.iter().flat_map(findings).collect()
    },
};

fn findings(platform: &Platform, repository: &Repository) -> Vec<Finding> {
    let Some(lifecycle) = &repository.lifecycle else { return Vec::new() };
    let steady = platform.classes.here.iter().filter(|class| class.moving.as_ref().is_none_or(|moving| !moving.value));
    let uncovered = steady.filter(|class| !covered(platform, repository, class));
    let found = uncovered.map(|class| {
        RULE.finding(
            lifecycle.span,
            format!("no retention rule matches images of class `{}`, so they are never deleted", class.name),
        )
        .and(class.span, "this class")
        .help(format!("add a rule for them, or keep them all: `{{ keep: all, of: {} }}`", class.name))
        .at(lifecycle.path(&repository.key))
    });
    found.collect()
}

/// Whether, for each service, one rule matches every image with a tag of the class.
fn covered(platform: &Platform, repository: &Repository, class: &Class) -> bool {
    let rules = repository.lifecycle.iter().flat_map(|lifecycle| &lifecycle.policy.rules);
    let standard: Vec<_> =
        rules.filter(|rule| rule.selection.criterion.storage_class() == StorageClass::Standard).collect();
    let services = if class.names_service() {
        repository.services.as_slice()
    } else {
        &repository.services[..repository.services.len().min(1)]
    };
    services.iter().all(|service| {
        // Another error covers a pattern that ECR would reject.
        let Ok(pattern) = Pattern::new(class.pattern(Services::One(service), &platform.scope)) else { return true };
        let tags = Tags::Tagged(TagList::Patterns(vec![pattern]));
        standard.iter().any(|rule| rule.selection.tags.includes(&tags))
    })
}
