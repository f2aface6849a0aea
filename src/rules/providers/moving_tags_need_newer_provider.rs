//! Exceptions to tag mutability that the pinned provider does not support.

use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "moving-tags-need-newer-provider",
        severity: Severity::Error,
        what: "A tag class is an exception to its repository's tag mutability, which the pinned AWS provider does not support.",
        why: "Version 6.8.0 of the provider added exclusion filters. With an older version, the whole repository would be \
          immutable, and pushing a moving tag would fail.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { latest: { tag: latest, moving: true } }
repositories: { shop: {} }
terraform: { providers: { aws: \"~> 5.100\" } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { latest: { tag: latest, moving: true } }
repositories: { shop: {} }
terraform: { providers: { aws: \"~> 6.8\" } }
",
        ),
        source: "terraform-provider-aws, first release whose schema has image_tag_mutability_exclusion_filter",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let pin = &platform.root.providers["aws"];
    let too_old = platform.root.admits_aws_before(6, 8, 0);
    let excepted = platform.repositories.iter().any(|repository| !repository.mutability.except.is_empty());
    if !too_old || !excepted {
        return Vec::new();
    }
    let moving = platform.classes.here.iter().find_map(|class| Some((class, class.moving.as_ref()?)));
    let Some((class, moving)) = moving else { return Vec::new() };
    let message = format!(
        "`moving` needs tag mutability exclusion filters, which the AWS provider has from version 6.8.0, but `{}` allows earlier versions",
        pin.text
    );
    let mut found = RULE.finding(moving.span, message).label(format!("tag class `{}`", class.name));
    if let Some(span) = pin.span {
        found = found.and(span, "version constraint here");
    }
    vec![
        found
            .help("pin `terraform.providers.aws` to \"~> 6.8\" or newer, or remove `moving`")
            .at(format!("image_tags.{}", class.name)),
    ]
}
