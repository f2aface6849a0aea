//! A count that several services share.

use super::subject::{Images, Subject, classes, of_each_rule};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::Tags;
use crate::platform::repositories::retention::RetentionRule;
use crate::prose::{NAMED, count, few};
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "shared-retention-count",
        severity: Severity::Warning,
        what: "A rule keeps a number of images that several services or tag classes share.",
        why: "ECR counts images across the whole repository. A service that is built often pushes out the images of the other \
          services, whether they are running or not. In the same way, builds push out releases if one rule counts both.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"{service}-v{version}\" }
repositories:
  shop:
    services: [cart, search]
    retention: [{ keep: 5, of: tagged }]
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"{service}-v{version}\" }
repositories:
  shop:
    services: [cart, search]
    retention: [{ keep: 5, of: tagged, per: service }]
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| of_each_rule(facts, finding),
};

fn finding(subject: &Subject, rule: usize) -> Option<Finding> {
    let images = count(subject.keeps(rule)?, "image");
    let owned = subject.owned_by(rule);
    let by_class = matches!(subject.selection(rule).tags, Tags::Tagged(_)) && owned.len() > 1;
    let by_service = shared_by_services(subject, rule, &owned);
    let services = &subject.repository.services;
    let services = format!("{}: {}", count(services.len(), "service"), few(services.iter().map(String::as_str), NAMED));
    let (sharers, each) = match (by_class, by_service) {
        (false, false) => return None,
        (true, false) => (classes(owned.iter().copied()), "class"),
        (false, true) => (services, "service"),
        (true, true) => (format!("{} of {services}", classes(owned.iter().copied())), "class and service"),
    };
    let written = written(subject, rule);
    let span = written.and_then(|rule| rule.keep.as_ref()).map_or(subject.lifecycle.origins[rule], |keep| keep.span);
    let found = RULE.finding(span, format!("this rule keeps {images} in total for {sharers}"));
    let help = match written {
        Some(_) => format!("{} to keep {images} of each {each}", help(subject, rule, &owned, by_class, by_service)),
        None => format!("write one rule per {each}, each with its own count"),
    };
    Some(found.label("counted across the whole repository").help(help).at(subject.lifecycle.path(subject.repository)))
}

/// Whether images of several services belong to the rule.
fn shared_by_services(subject: &Subject, rule: usize, owned: &[&Images]) -> bool {
    subject.repository.services.len() > 1
        && match written(subject, rule) {
            Some(written) => written.per.is_none() && subject.selection(rule).tags != Tags::Untagged,
            None => owned.iter().any(|images| subject.services_of(rule, images) > 1),
        }
}

/// The retention rule that a rule comes from.
fn written<'p>(subject: &Subject<'p>, rule: usize) -> Option<&'p RetentionRule> {
    subject.lifecycle.written.iter().find(|written| written.span == subject.lifecycle.origins[rule])
}

/// What to write in a retention rule.
fn help(subject: &Subject, rule: usize, owned: &[&Images], by_class: bool, by_service: bool) -> String {
    let mut keys = Vec::new();
    if by_class {
        let names: Vec<&str> = owned.iter().map(|images| images.class.name.as_str()).collect();
        keys.push(format!("`of_each: [{}]`", names.join(", ")));
    } else if subject.selection(rule).tags == Tags::Any {
        keys.push("`of: tagged`".to_owned());
    }
    let mut first = String::new();
    if by_service {
        // `per: service` needs tags that begin with the service.
        let all = subject.steady.iter().chain(&subject.moving);
        let counted = all.filter(|images| match by_class {
            true => owned.iter().any(|owned| owned.class.name == images.class.name),
            false => subject.can_match(rule, &[images]),
        });
        let other = counted.into_iter().find(|images| !images.class.begins_with_service());
        first = other.map_or_else(String::new, |other| {
            format!("begin the tags of class `{}` with `{{service}}-` and ", other.class.name)
        });
        keys.push("`per: service`".to_owned());
    }
    let verb = if by_class || keys.len() > 1 { "write" } else { "add" };
    format!("{first}{verb} {}", keys.join(" and "))
}
