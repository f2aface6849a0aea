//! A count that several services share.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Repository;
use crate::platform::repositories::retention::Keep;
use crate::prose::count;
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "shared-retention-count",
        severity: Severity::Warning,
        what: "A rule keeps a number of images that several services share.",
        why: "ECR counts images across the whole repository. A service that is built often pushes out the images of the other \
          services, whether they are running or not.",
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
    check: |facts| facts.platform.repositories.iter().flat_map(findings).collect(),
};

fn findings(repository: &Repository) -> Vec<Finding> {
    let rules = repository.lifecycle.iter().flat_map(|lifecycle| lifecycle.written.iter());
    let shared = rules.filter_map(|rule| {
        let keep = rule.keep.as_ref()?;
        let Keep::Newest(newest) = keep.value else { return None };
        let tagged = rule.of.as_ref().is_none_or(|of| of.as_str() != "untagged");
        (tagged && rule.per.is_none()).then(|| (count(newest.get() as usize, "image"), keep.span))
    });
    let services = &repository.services;
    let found = shared.filter(|_| services.len() > 1).map(|(images, span)| {
        RULE.finding(
            span,
            format!("this rule keeps {images} in total for {} services: {}", services.len(), services.join(", ")),
        )
        .label("counted across the whole repository")
        .help(format!("add `per: service` to keep {images} of each service"))
        .at(format!("repositories.{}.retention", repository.key))
    });
    found.collect()
}
