//! A count that several services share.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::repositories::retention::Keep;
use crate::rules::Rule;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "shared-retention-count",
        severity: Severity::Warning,
        what: "A rule keeps a number of images, and several services share that number.",
        why: "ECR counts the images of the whole repository. A service that is built often pushes the images of the \
          others out, whether they are running or not.",
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

fn findings(repository: &crate::platform::Repository) -> Vec<crate::rules::Finding> {
    let sentences = repository.lifecycle.iter().flat_map(|lifecycle| lifecycle.written.iter());
    let shared = sentences.filter_map(|sentence| {
        let keep = sentence.keep.as_ref()?;
        let Keep::Newest(count) = keep.value else { return None };
        let tagged = sentence.of.as_ref().is_none_or(|of| of.as_str() != "untagged");
        (tagged && sentence.per.is_none()).then_some((count.get(), keep.span))
    });
    let services = &repository.services;
    let found = shared.filter(|_| services.len() > 1).map(|(count, span)| {
        RULE.finding(span, format!("{} services share {count} images: {}", services.len(), services.join(", ")))
            .label("counted over the whole repository")
            .help(format!("`per: service` keeps {count} of each"))
            .at(format!("repositories.{}.retention", repository.key))
    });
    found.collect()
}
