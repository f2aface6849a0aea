//! Imports below the prefix of a pull through cache rule of another environment.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::pull_through_cache::overlap;
use crate::platform::registry::is_same_registry;
use crate::platform::repositories::template::Occasion;
use crate::platform::{Access, Cache, Platform, Template};
use crate::policies::permission::needs;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "import-elsewhere",
        severity: Severity::Warning,
        what: "An access entry imports below the prefix of a pull through cache rule that another environment has.",
        why: "The first image of a repository needs `ecr:CreateRepository` too, and for other accounts a statement in the policy of the \
          registry. Only the environment that has the pull through cache rule gives its entries these permissions. Without them, the \
          first pull of a repository fails until another principal has pulled from it.",
        bad: Example::Spec(
            "
platform: shop
region: eu-central-1
account: \"111111111111\"
names: { repository: \"{environment}/{repository}\" }
environments:
  hub: { registry: { pull_through_cache: { quay: { upstream: quay } } } }
  dev:
    repository_templates: { quay: { created_by: [pull_through_cache], tag_mutability: mutable } }
    access: { nodes: { can: [pull, import], repositories: [quay], node_roles: [eks-node] } }
",
        ),
        good: Example::Spec(
            "
platform: shop
region: eu-central-1
account: \"111111111111\"
names: { repository: \"{environment}/{repository}\" }
environments:
  hub:
    registry: { pull_through_cache: { quay: { upstream: quay } } }
    repository_templates: { quay: { created_by: [pull_through_cache], tag_mutability: mutable } }
    access: { nodes: { can: [pull, import], repositories: [quay], node_roles: [eks-node] } }
  dev: {}
",
        ),
        source: "ECR user guide, \"IAM permissions required to sync an upstream registry with an Amazon ECR private registry\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    let others = facts
        .environments
        .iter()
        .filter(|other| other.scope.environment != platform.scope.environment && is_same_registry(other, platform));
    let entries = platform.access.iter().filter(|access| {
        needs(access, "ecr:BatchImportUpstreamImage")
            && (access.is_in_repository_policies() || !needs(access, "ecr:CreateRepository"))
    });
    let found = entries.flat_map(|access| {
        others.clone().filter_map(|other| rule_of(platform, access, other).or_else(|| tags_of(platform, access, other)))
    });
    found.collect()
}

/// The finding about the first pull through cache rule of another environment that imports into repositories of the entry.
fn rule_of(platform: &Platform, access: &Access, owner: &Platform) -> Option<Finding> {
    let templates: Vec<_> = access.repositories.iter().filter_map(|key| platform.template(key)).collect();
    let imports = |cache: &&Cache| {
        let is_of = |template: &&Template| overlap(template.prefix(), &cache.prefix);
        templates.iter().any(is_of)
    };
    let cache = owner.caches().iter().find(imports)?;
    let (prefix, environment) = (&cache.prefix, &owner.scope.environment);
    let message = message(access, prefix, &format!("environment `{environment}` has the pull through cache rule"));
    let found = RULE.finding(access.span, message).and(cache.span, "the pull through cache rule");
    let help = format!("move the template for `{prefix}` and the entry to environment `{environment}`");
    Some(found.help(help).at(format!("access.{}", access.name)))
}

/// The finding about the first template of another environment that gives repositories of the entry AWS tags.
fn tags_of(platform: &Platform, access: &Access, owner: &Platform) -> Option<Finding> {
    let caches = platform.caches().iter().filter(|cache| access.repositories.contains(&cache.prefix));
    let caches: Vec<&Cache> = caches.collect();
    let gives_tags = |template: &&Template| {
        let imported = |cache: &&Cache| overlap(template.prefix(), &cache.prefix);
        template.is_for(Occasion::PullThroughCache)
            && template.has_tags(&owner.resource_tags)
            && caches.iter().any(imported)
    };
    let template = owner.templates.iter().find(gives_tags)?;
    let (prefix, environment) = (template.prefix(), &platform.scope.environment);
    let elsewhere = &owner.scope.environment;
    let message = message(access, prefix, &format!("the template of environment `{elsewhere}` gives it AWS tags"));
    let found = RULE.finding(access.span, message).and(template.created.span, "the template");
    let help = format!("move the template for `{prefix}` to environment `{environment}`");
    Some(found.help(help).at(format!("access.{}", access.name)))
}

fn message(access: &Access, prefix: &str, reason: &str) -> String {
    format!("`{}` cannot import the first image of a repository below `{prefix}`, because {reason}", access.name)
}
