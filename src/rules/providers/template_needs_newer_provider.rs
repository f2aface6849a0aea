//! A creation template that the pinned provider does not support.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::{Occasion, Template};
use crate::rules::{Facts, Finding, Rule};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "template-needs-newer-provider",
        severity: Severity::Error,
        what: "A creation template has something that the pinned AWS provider does not support.",
        why: "The AWS provider has creation templates from version 5.61.0, exceptions to tag mutability in them from 6.10.0, and \
          templates for repositories that a push creates from 6.28.0. An older version refuses the output.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repository_templates: { team: { created_by: [push] } }
terraform: { providers: { aws: \"~> 6.10\" } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repository_templates: { team: { created_by: [push] } }
terraform: { providers: { aws: \"~> 6.28\" } }
",
        ),
        source: "terraform-provider-aws, schemas of the releases, and CHANGELOG of 6.28.0, entry #45720",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let pin = &platform.root.providers["aws"];
    let found = platform.templates.iter().filter_map(|template| {
        let (span, what, [major, minor]) = needed(template);
        if !platform.root.admits_aws_before(major, minor, 0) {
            return None;
        }
        let message = format!(
            "{what} the AWS provider from version {major}.{minor}.0, but `{}` allows earlier versions",
            pin.text
        );
        let found = RULE.finding(span, message);
        let found = pin.span.into_iter().fold(found, |found, span| found.and(span, "version constraint here"));
        let help = format!("pin `terraform.providers.aws` to \"~> {major}.{minor}\" or newer");
        Some(found.help(help).at(template.created.path()))
    });
    found.collect()
}

/// The newest part of a template, what it is, and the version that it needs.
fn needed(template: &Template) -> (Span, &'static str, [u64; 2]) {
    let push = template.created_by.iter().find(|occasion| occasion.value == Occasion::Push);
    match push {
        Some(push) => (push.span, "`created_by: [push]` needs", [6, 28]),
        None if !template.created.mutability.except.is_empty() => {
            (template.created.span, "a template needs, for the classes with `moving`,", [6, 10])
        }
        None => (template.created.span, "a template needs", [5, 61]),
    }
}
