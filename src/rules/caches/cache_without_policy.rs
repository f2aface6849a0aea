//! Access by repository policy to cached repositories that have none.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::ROOT;
use crate::prose::{NAMED, named};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "cache-without-policy",
        severity: Severity::Warning,
        what: "An access entry needs repository policies, but no template gives the repositories of a pull through cache rule one.",
        why: "Other accounts, Lambda functions and CodeBuild get access through the policy of each repository. ECR creates the repositories of \
          a pull through cache rule, and gives them a policy only if a creation template has it.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { quay: { upstream: quay } } }
access:
  partners: { can: [pull, import], repositories: [quay], accounts: [\"222222222222\"] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
registry: { pull_through_cache: { quay: { upstream: quay } } }
repository_templates: { quay: { created_by: [pull_through_cache], tag_mutability: mutable } }
access:
  partners: { can: [pull, import], repositories: [quay], accounts: [\"222222222222\"] }
",
        ),
        source: "ECR user guide, \"Templates to control repositories created during a pull through cache, create on push, or replication action\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    let mut findings = Vec::new();
    if !facts.know(&["repository_templates"]) {
        return findings;
    }
    for access in platform.access.iter().filter(|access| access.is_in_repository_policies()) {
        for cache in platform.caches().iter().filter(|cache| access.repositories.contains(&cache.prefix)) {
            let template = cache.template.as_deref();
            if template.is_some_and(|template| access.repositories.contains(template)) {
                continue;
            }
            let (name, prefix) = (&access.name, &cache.prefix);
            // The other roles of the entry have its permission policy.
            let guests = named(access.guests.iter().map(|role| role.value.as_str()), NAMED);
            let who = match (access.attached.is_empty(), access.guests.len()) {
                (true, _) => format!("`{name}` gets"),
                (false, 1) => format!("{guests} of `{name}` gets"),
                (false, _) => format!("{guests} of `{name}` get"),
            };
            let message =
                format!("{who} no access below `{prefix}`, because these repositories have no repository policy");
            let help = match template {
                Some(ROOT) => {
                    format!("write `repositories: all`, or add a template for `{prefix}` to `repository_templates`")
                }
                Some(template) => format!("add `{template}` to `repositories`, whose template decides here"),
                None => format!(
                    "add a template for `{prefix}` with `created_by: [pull_through_cache]` to `repository_templates`"
                ),
            };
            let found = RULE.finding(access.span, message).and(cache.span, "the pull through cache rule");
            findings.push(found.help(help).at(format!("access.{name}.repositories")));
        }
    }
    findings
}
