//! Imports that no pull through cache rule of the spec is for.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Verb;
use crate::platform::pull_through_cache::overlap;
use crate::platform::registry::is_same_registry;
use crate::platform::repositories::template::Occasion;
use crate::platform::{Access, Platform};
use crate::policies::permission::needs;
use crate::principals::Can;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "import-without-cache",
        severity: Severity::Warning,
        what: "An access entry imports images, but no pull through cache rule of the spec is for its repositories.",
        why: "The first image of a repository needs `ecr:CreateRepository` too, which ecrgen adds to `import` only below the prefixes of \
          the spec's pull through cache rules. Elsewhere, the first pull of a repository fails until another principal has pulled \
          from it. Without any pull through cache rule in the registry, `import` has no effect.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repository_templates: { quay: { created_by: [pull_through_cache], tag_mutability: mutable } }
access: { nodes: { can: [pull, import], repositories: [quay], node_roles: [eks-node] } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { quay: { upstream: quay } } }
repository_templates: { quay: { created_by: [pull_through_cache], tag_mutability: mutable } }
access: { nodes: { can: [pull, import], repositories: [quay], node_roles: [eks-node] } }
",
        ),
        source: "ECR user guide, \"IAM permissions required to sync an upstream registry with an Amazon ECR private registry\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    const PARTS: [&str; 4] = ["account", "region", "registry", "repository_templates"];
    if facts.environments.iter().any(|platform| PARTS.iter().any(|part| !platform.gaps.spare(part))) {
        return Vec::new();
    }
    let importing = facts.platform.access.iter().filter(|access| needs(access, "ecr:BatchImportUpstreamImage"));
    importing.flat_map(|access| of_entry(facts, access)).collect()
}

fn of_entry(facts: &Facts, access: &Access) -> Vec<Finding> {
    let keys = access.repositories.iter().map(String::as_str);
    let created: Vec<&str> = keys.filter(|key| is_imported(facts.platform, key)).collect();
    if created.is_empty() && access.outside.is_empty() {
        return vec![imports_nothing(access)];
    }
    if needs(access, "ecr:CreateRepository") {
        return Vec::new();
    }
    let templates = created.into_iter().filter(|prefix| !has_rule(facts, prefix));
    let templates = templates.map(|prefix| (format!("a repository below `{prefix}`"), access.span));
    let outside =
        access.outside.iter().filter(|arn| !(facts.platform.has_registry_of(arn) && has_rule(facts, arn.name())));
    let outside = outside.map(|arn| (format!("repository `{}`", arn.name()), arn.span));
    let finding = |(what, place)| {
        let message = format!(
            "`{}` cannot import the first image of {what}, because it has no `ecr:CreateRepository` there",
            access.name
        );
        let help = "add `ecr:CreateRepository` to `can`, or let another principal pull from it first";
        RULE.finding(place, message).help(help).at(format!("access.{}", access.name))
    };
    templates.chain(outside).map(finding).collect()
}

fn imports_nothing(access: &Access) -> Finding {
    let import = access.can.iter().find(|can| can.value == Can::Verb(Verb::Import));
    let name = &access.name;
    let message = format!("no pull through cache rule of this spec imports images into the repositories of `{name}`");
    let help = "remove `import`, add the rule to `registry.pull_through_cache`, or waive this warning if the rule is managed elsewhere";
    RULE.finding(import.map_or(access.span, |can| can.span), message).help(help).at(format!("access.{name}"))
}

/// Whether ECR creates repositories of the entry for imports.
fn is_imported(platform: &Platform, key: &str) -> bool {
    let by_template = platform.template(key).is_some_and(|template| template.is_for(Occasion::PullThroughCache));
    by_template || platform.caches().iter().any(|cache| cache.prefix == key)
}

/// Whether an environment has a pull through cache rule in the registry of the platform that is for this prefix or name.
fn has_rule(facts: &Facts, name: &str) -> bool {
    let is_here = |other: &&Platform| {
        other.scope.environment == facts.platform.scope.environment || is_same_registry(other, facts.platform)
    };
    let mut caches = facts.environments.iter().filter(is_here).flat_map(Platform::caches);
    caches.any(|cache| overlap(&cache.prefix, name))
}
