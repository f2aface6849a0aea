//! A tag that images of several services get, in one repository.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Example, Severity, Suggestion};
use crate::platform::image_tags::class::Class;
use crate::platform::naming::template::{Piece, pieces};
use crate::platform::{Platform, Repository};
use crate::prose::{NAMED, named};
use crate::rules::{Facts, Finding, Rule};
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "tag-shared-by-services",
        severity: Severity::Warning,
        what: "The services of a repository push images with the same tag.",
        why: "A tag is unique in a repository. If two services are built from the same commit, the second push of the tag is \
              rejected, or, where tags can move, it takes the tag from the image of the other service.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"{sha:7}\" }
repositories:
  shop:
    services: [cart, search]
    retention: [{ keep: all, of: build }]
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"{service}-{sha:7}\" }
repositories:
  shop:
    services: [cart, search]
    retention: [{ keep: all, of: build }]
",
        ),
        source: "ECR API reference, PutImage: ImageTagAlreadyExistsException",
        is_claim: false,
    },
    check,
};

/// The placeholders that tell the images of two services apart, or may do so.
const DISTINCT: &[&str] = &["service", "timestamp", "any"];

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let is_certain = |one: &&Repository| platform.gaps.spare(&format!("repositories.{}", one.key));
    let shared: Vec<&Repository> =
        platform.repositories.iter().filter(|one| one.services.len() > 1).filter(is_certain).collect();
    if shared.is_empty() {
        return Vec::new();
    }
    let classes = platform.classes.here.iter().filter(|class| !is_distinct(class));
    classes.filter_map(|class| finding(platform, class, &shared)).collect()
}

fn is_distinct(class: &Class) -> bool {
    pieces(&class.template).any(|piece| matches!(piece, Piece::Placeholder(name) if DISTINCT.contains(&name)))
}

fn finding(platform: &Platform, class: &Class, shared: &[&Repository]) -> Option<Finding> {
    // Other repositories can have the class. These have it if a retention rule names it, or if there is no other.
    let is_only_kind = !platform.classes.here.iter().any(is_distinct);
    let repositories: Vec<&Repository> =
        shared.iter().copied().filter(|one| is_only_kind || classes_of(one).contains(class.name.as_str())).collect();
    let first = repositories.first()?;
    let (name, template) = (&class.name, class.template.as_str());
    let services = named(first.services.iter().map(String::as_str), NAMED);
    let more = match repositories.len() - 1 {
        0 => String::new(),
        more => format!(" and of {more} more"),
    };
    let message = format!(
        "the services {services} of repository `{}`{more} push images of class `{name}` with the same tags",
        first.key
    );
    let found = RULE.finding(class.template.span, message).label("does not contain the service");
    let found = found.and(first.span, "has several services").help(format!("write `\"{{service}}-{template}\"`"));
    let found = match class.template.part(0..0) {
        Some(start) if start.start > class.template.span.start => {
            let edits = vec![Edit { span: start, text: "{service}-".into() }];
            // The pipeline must push the new tags.
            found.suggest(Suggestion { message: "begin the tag with the service".into(), edits, safe: false })
        }
        _ => found,
    };
    Some(found.at(format!("image_tags.{name}")))
}

/// The names of the classes in the retention rules of a repository.
fn classes_of(repository: &Repository) -> BTreeSet<&str> {
    let written = repository.lifecycle.iter().flat_map(|lifecycle| lifecycle.written.iter());
    let names = written.flat_map(|rule| {
        let lists = [&rule.of_each, &rule.of_all].into_iter().flatten().flatten();
        rule.of.iter().map(|of| &of.0).chain(lists)
    });
    names.map(|name| name.as_str()).collect()
}
