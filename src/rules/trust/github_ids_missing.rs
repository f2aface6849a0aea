//! Trust in a GitHub repository that only checks its name.

use crate::diagnostic::{Code, Example, Severity};
use crate::principals::kinds::github::Github;
use crate::principals::workflows::repositories;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "github-ids-missing",
        severity: Severity::Warning,
        what: "A GitHub entry does not pin the owner and repository IDs.",
        why: "Tokens of repositories created, renamed or transferred after 2026-07-15 carry the IDs in their subject claim, and \
          a trust policy that only has names rejects all of them. For older repositories, anyone who takes over an \
          abandoned name takes over the role.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    github: { repository: example/shop, branches: [main] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
",
        ),
        source: "GitHub documentation, \"OpenID Connect reference\"; GitHub changelog of 2026-04-23",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let found = platform.access.iter().filter_map(|access| {
        let github = access.principal_as::<Github>()?;
        // Self-hosted servers have no immutable subject claims.
        let server = github.url.as_ref().is_some_and(|url| !url.as_str().ends_with(".ghe.com"));
        let missing = if server { Vec::new() } else { missing(github) };
        (!missing.is_empty()).then(|| {
            RULE.finding(
                github.span,
                format!(
                    "without {}, AWS rejects GitHub tokens whose subject contains IDs (`repo:OWNER@ID/NAME@ID:…`)",
                    missing.join(" and ")
                ),
            )
            .help(how(github))
            .at(format!("access.{}.github", access.name))
        })
    });
    found.collect()
}

/// The keys that are missing.
fn missing(github: &Github) -> Vec<&'static str> {
    let repositories = repositories(github);
    let keys = match &github.organization {
        Some(_) => vec![("`organization_id`", github.organization_id.is_none())],
        None => vec![
            ("`owner_id`", repositories.iter().any(|one| one.owner_id.is_none())),
            ("`repository_id`", repositories.iter().any(|one| one.repository_id.is_none())),
        ],
    };
    keys.into_iter().filter(|(_, missing)| *missing).map(|(key, _)| key).collect()
}

fn how(github: &Github) -> String {
    let repositories = repositories(github);
    let unpinned = repositories.iter().find(|one| one.owner_id.is_none() || one.repository_id.is_none());
    match (unpinned, &github.organization) {
        (Some(repository), _) => {
            let query = "{owner_id: .owner.id, repository_id: .id}";
            let name = repository.name.as_str();
            let each = if github.repositories.is_some() { " to each repository" } else { "" };
            let them = missing(github).join(" and ");
            format!("add {them}{each}; this command prints the IDs: `gh api repos/{name} --jq '{query}'`")
        }
        (None, organization) => {
            let name = organization.as_ref().map_or("ORGANIZATION", |name| name.as_str());
            format!("add `organization_id`; this command prints it: `gh api orgs/{name} --jq .id`")
        }
    }
}
