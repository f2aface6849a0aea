//! A role whose name does not work with GitHub's action.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Access;
use crate::principals::kinds::github::Github;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "role-called-github-actions",
        severity: Severity::Note,
        what: "A role that GitHub Actions assumes is called exactly `GitHubActions`.",
        why: "The authors of aws-actions/configure-aws-credentials were told that assuming a role of this name does not \
          work, and advise to call it something else. Nobody has said why.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
names: { role: GitHubActions }
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
names: { role: \"{platform}-{access}\" }
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
",
        ),
        source: "aws-actions/configure-aws-credentials, README, and its issue 953",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let named = platform
        .access
        .iter()
        .filter(|access| is_github(access) && access.roles.iter().any(|role| role.name == "GitHubActions"));
    let found = named.map(|access| {
        RULE.finding(access.span, "a role called `GitHubActions` is reported not to be assumable from GitHub Actions")
            .help("call it something else under `names.role`")
            .at(format!("access.{}", access.name))
    });
    found.collect()
}

fn is_github(access: &Access) -> bool {
    access.principal_as::<Github>().is_some()
}
