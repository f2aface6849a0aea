//! A role name that does not work with AWS's action for GitHub.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Access;
use crate::principals::kinds::github::Github;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "role-called-github-actions",
        severity: Severity::Note,
        what: "A role for GitHub Actions has the exact name `GitHubActions`.",
        why: "According to reports to the maintainers of aws-actions/configure-aws-credentials, assuming a role with this name \
          does not work. They advise choosing another name. The cause is not documented.",
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
        source: "aws-actions/configure-aws-credentials, README and issue 953",
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
        RULE.finding(access.span, "assuming a role named `GitHubActions` from GitHub Actions can fail")
            .help("choose another name with `names.role`, for example `\"{platform}-{access}\"`")
            .at(format!("access.{}", access.name))
    });
    found.collect()
}

fn is_github(access: &Access) -> bool {
    access.principal_as::<Github>().is_some()
}
