//! An access entry that covers all repositories of an environment without repositories.

use crate::diagnostic::{Code, Example, Severity};
use crate::prose;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "covers-no-repository",
        severity: Severity::Warning,
        what: "An access entry has `repositories: all`, but its environment has no repositories.",
        why: "`all` means the repositories of the same environment. Without any, the entry grants no access to images: its policy \
          contains only actions that apply to the registry, such as `ecr:GetAuthorizationToken`.",
        bad: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
account: \"111111111111\"
access:
  nodes: { can: [pull], repositories: all, node_roles: [eks-node] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
account: \"111111111111\"
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: all, node_roles: [eks-node] }
",
        ),
        source: "ECR user guide, \"Amazon ECR repository policy statements\"; ecrgen language reference, `access`",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    if platform.all_repositories().next().is_some()
        || !facts.know(&["repositories", "repository_templates", "registry"])
    {
        return Vec::new();
    }
    let others = facts.environments.iter().filter(|other| !other.repositories.is_empty());
    let others: Vec<&str> = others.map(|other| other.scope.environment.as_str()).collect();
    let help = match others.as_slice() {
        [] => "add repositories, or remove this entry".to_owned(),
        others => {
            let named = prose::named(others.iter().copied(), prose::NAMED);
            format!(
                "the repositories are in {named}; list them by ARN, or move this entry to `environments.{}.access`",
                others[0]
            )
        }
    };
    let needs_one = |access: &&crate::platform::Access| {
        let actions = access.can.iter().flat_map(|can| access.actions_of(can));
        access.outside.is_empty() && actions.into_iter().any(|action| action.is_scopable())
    };
    let finding = |access: &crate::platform::Access| {
        let environment = &platform.scope.environment;
        let message = format!("`{}` covers no repositories, because environment `{environment}` has none", access.name);
        RULE.finding(access.span, message).help(help.clone()).at(format!("access.{}", access.name))
    };
    platform.access.iter().filter(needs_one).map(finding).collect()
}
