//! A tag class whose ECR pattern also matches tags of another class.

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
        what: "A retention rule selects a tag class whose ECR pattern also matches tags of another class.",
        why: "ECR patterns only support `*`, so `v{version}` becomes `v*`. Images of the other class are then counted or expired \
          as if they belonged to this one. The tag in the message fits the template of the other class, so it can be \
          pushed any day.",
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
    let rules = repository.lifecycle.as_ref().map_or(&[][..], |lifecycle| &lifecycle.written);
    let mut found = Vec::new();
    let mut earlier: Vec<&Class> = Vec::new();
    for (name, class) in rules.iter().flat_map(|rule| classes(platform, rule)) {
        let others = platform.classes.here.iter().filter(|other| other.name != class.name);
        for other in others.filter(|other| !earlier.iter().any(|class| covers(platform, class, other))) {
            if let Some(tag) = stray(platform, repository, class, other) {
                found.push(finding(platform, repository, name.span, class, other, &tag));
            }
        }
        earlier.push(class);
    }
    found
}

/// The classes that a rule selects one by one. With `of_all`, an image needs a tag of each class anyway.
fn classes<'p>(
    platform: &'p Platform,
    rule: &'p RetentionRule,
) -> impl Iterator<Item = (&'p Spanned<ClassName>, &'p Class)> {
    let names = rule.of.iter().map(|of| &of.0).chain(rule.of_each.iter().flatten());
    names.filter_map(|name| Some((name, platform.classes.here.iter().find(|class| class.name == name.as_str())?)))
}

/// Whether an earlier rule for a class matches all images of another class.
fn covers(platform: &Platform, class: &Class, other: &Class) -> bool {
    let [class, other] = [class, other].map(|class| Pattern::new(class.pattern(Services::Any, &platform.scope)));
    matches!((class, other), (Ok(class), Ok(other)) if class.includes(&other))
}

/// The pattern of a class in the lifecycle policy of this repository.
fn pattern(platform: &Platform, repository: &Repository, class: &Class) -> String {
    let services = match repository.services.as_slice() {
        [only] => Services::One(only),
        _ => Services::Any,
    };
    class.pattern(services, &platform.scope)
}

/// A tag of the other class that matches the pattern of this class but does not belong to it.
fn stray(platform: &Platform, repository: &Repository, class: &Class, other: &Class) -> Option<String> {
    let pattern = pattern(platform, repository, class);
    let own = TagLanguage::of(class, &repository.services, &platform.scope);
    let tag = TagLanguage::of(other, &repository.services, &platform.scope).tag_matching(&pattern)?;
    (!own.contains(&tag)).then_some(tag)
}

fn finding(
    platform: &Platform,
    repository: &Repository,
    span: Span,
    class: &Class,
    other: &Class,
    tag: &str,
) -> Finding {
    let pattern = pattern(platform, repository, class);
    let message = format!(
        "in ECR, the rule for class `{}` has the pattern `{pattern}`, so it also applies to images of class `{}` (for example `{tag}`)",
        class.name, other.name
    );
    RULE.finding(span, message)
        .and(other.span, "the other class")
        .help("give one class a prefix that tags of the other class never have, for example `build-`")
        .at(format!("repositories.{}.retention", repository.key))
}
