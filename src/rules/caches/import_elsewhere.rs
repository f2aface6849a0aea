//! Imports below the prefix of a pull through cache rule of another environment.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::registry::is_same_registry;
use crate::platform::{Access, Platform};
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
    let owners = facts
        .environments
        .iter()
        .filter(|other| other.scope.environment != platform.scope.environment && is_same_registry(other, platform));
    let entries = platform.access.iter().filter(|access| {
        needs(access, "ecr:BatchImportUpstreamImage")
            && (access.is_in_repository_policies() || !needs(access, "ecr:CreateRepository"))
    });
    let found = entries.flat_map(|access| owners.clone().filter_map(|owner| of_owner(platform, access, owner)));
    found.collect()
}

/// The finding about the first prefix of another environment that the entry covers.
fn of_owner(platform: &Platform, access: &Access, owner: &Platform) -> Option<Finding> {
    let templates: Vec<_> = access.repositories.iter().filter_map(|key| platform.template(key)).collect();
    let cache = owner.caches().iter().find(|cache| templates.iter().any(|template| template.covers(&cache.prefix)))?;
    let (name, prefix, environment) = (&access.name, &cache.prefix, &owner.scope.environment);
    let message = format!(
        "`{name}` cannot import the first image of a repository below `{prefix}`, because environment `{environment}` has the pull through cache rule"
    );
    let found = RULE.finding(access.span, message).and(cache.span, "the pull through cache rule");
    let help = format!("move the template for `{prefix}` and the entry to environment `{environment}`");
    Some(found.help(help).at(format!("access.{name}")))
}
