//! A class whose pattern in ECR also matches tags of another class.

use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::Pattern;
use crate::platform::image_tags::class::{Class, Services};
use crate::platform::image_tags::tag_language::TagLanguage;
use crate::platform::repositories::retention::RetentionRule;
use crate::platform::{Platform, Repository};
use crate::rules::{Finding, Rule};
use crate::source::{Span, Spanned};
use crate::value::ClassName;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "class-wider-in-aws",
        severity: Severity::Note,
        what: "A retention selects a class of tags, and ECR's pattern for it also matches tags of another class.",
        why: "ECR knows `*` only: `v{version}` becomes `v*`. Images of the other class are then counted, or expired, as if they \
          were of this one. The tag in the message is made from the other class's template: it can be pushed any day.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"{branch}-{sha:7}\" }
repositories:
  shop: { retention: [{ keep: 30, of: release }, { expire_after: 7d, of: build }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\", build: \"build-{branch}-{sha:7}\" }
repositories:
  shop: { retention: [{ keep: 30, of: release }, { expire_after: 7d, of: build }] }
",
        ),
        source: "ECR user guide, \"Lifecycle policy properties\"",
        is_claim: false,
    },
    check: |facts| {
        let findings = |repository| findings(facts.platform, repository);
        facts.platform.repositories.iter().flat_map(findings).collect()
    },
};

fn findings(platform: &Platform, repository: &Repository) -> Vec<Finding> {
    let sentences = repository.lifecycle.as_ref().map_or(&[][..], |lifecycle| &lifecycle.written);
    let mut found = Vec::new();
    let mut before: Vec<&Class> = Vec::new();
    for (name, class) in sentences.iter().flat_map(|sentence| classes(platform, sentence)) {
        let others = platform.classes.here.iter().filter(|other| other.name != class.name);
        for other in others.filter(|other| !before.iter().any(|taken| takes(platform, taken, other))) {
            if let Some(tag) = stray(platform, repository, class, other) {
                found.push(warning(platform, repository, name.span, class, other, &tag));
            }
        }
        before.push(class);
    }
    found
}

/// The classes a sentence selects one by one; with `of_all` an image needs a tag of each anyway.
fn classes<'p>(
    platform: &'p Platform,
    sentence: &'p RetentionRule,
) -> impl Iterator<Item = (&'p Spanned<ClassName>, &'p Class)> {
    let names = sentence.of.iter().map(|of| &of.0).chain(sentence.of_each.iter().flatten());
    names.filter_map(|name| Some((name, platform.classes.here.iter().find(|class| class.name == name.as_str())?)))
}

/// Whether an earlier rule for `taken` leaves no image of the other class.
fn takes(platform: &Platform, taken: &Class, other: &Class) -> bool {
    let [taken, other] = [taken, other].map(|class| Pattern::new(class.pattern(Services::Any, &platform.scope)));
    matches!((taken, other), (Ok(taken), Ok(other)) if taken.includes(&other))
}

/// The pattern that a retention of this repository has for a class.
fn pattern(platform: &Platform, repository: &Repository, class: &Class) -> String {
    let services = match repository.services.as_slice() {
        [only] => Services::One(only),
        _ => Services::Any,
    };
    class.pattern(services, &platform.scope)
}

/// A tag of the other class that matches this one's pattern and is no tag of this one.
fn stray(platform: &Platform, repository: &Repository, class: &Class, other: &Class) -> Option<String> {
    let pattern = pattern(platform, repository, class);
    let own = TagLanguage::of(class, &repository.services, &platform.scope);
    let tag = TagLanguage::of(other, &repository.services, &platform.scope).tag_matching(&pattern)?;
    (!own.contains(&tag)).then_some(tag)
}

fn warning(
    platform: &Platform,
    repository: &Repository,
    span: Span,
    class: &Class,
    other: &Class,
    tag: &str,
) -> Finding {
    let pattern = pattern(platform, repository, class);
    let message = format!(
        "for ECR the class `{}` is `{pattern}`, which also matches tags of class `{}`, for example {tag}",
        class.name, other.name
    );
    RULE.finding(span, message)
        .and(other.span, "the other class")
        .help("give one of the two a beginning that the other cannot have")
        .at(format!("repositories.{}.retention", repository.key))
}
