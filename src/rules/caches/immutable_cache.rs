//! Cached repositories whose tags cannot be refreshed.

use crate::diagnostic::{Code, Example, Severity};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "immutable-cache",
        severity: Severity::Warning,
        what: "The repositories of a pull through cache rule are created with immutable tags.",
        why: "ECR checks once a day whether a cached tag, such as `latest`, has another image in the upstream registry. In an immutable \
          repository, the tag cannot move, so pulls get the first image forever. AWS recommends mutable tags here.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { quay: { upstream: quay } } }
repository_templates: { quay: { created_by: [pull_through_cache] } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { quay: { upstream: quay } } }
repository_templates: { quay: { created_by: [pull_through_cache], tag_mutability: mutable } }
",
        ),
        source: "ECR user guide, \"Preventing image tags from being overwritten in Amazon ECR\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    // Of a template with an error, a broader one would seem to decide.
    if !facts.know(&["repository_templates"]) {
        return Vec::new();
    }
    let found = platform.caches().iter().filter_map(|cache| {
        let template = platform.template(cache.template.as_deref()?)?;
        template.created.mutability.immutable.then(|| {
            let prefix = &cache.prefix;
            let message =
                format!("the tags of cached images below `{prefix}` are never refreshed, because they are immutable");
            let help = match template.prefix() == prefix {
                true => "write `tag_mutability: mutable` in this template".to_owned(),
                false => format!("add a template for `{prefix}` with `tag_mutability: mutable`"),
            };
            let found = RULE.finding(template.created.span, message).and(cache.span, "the pull through cache rule");
            found.help(help).at(template.created.path())
        })
    });
    found.collect()
}
