//! Trust in a GitLab project that only checks its path.

use crate::diagnostic::{Code, Example, Severity};
use crate::principals::kinds::gitlab::{Gitlab, on_gitlab_com, projects};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "gitlab-id-missing",
        severity: Severity::Warning,
        what: "An entry for gitlab.com does not pin the project ID.",
        why: "If its owner gives up a path, anyone can take it over, and with it the role. The project ID never changes, and no \
          other project gets it.",
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
    gitlab: { project: example/shop, branches: [main] }
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
    gitlab: { project: example/shop, project_id: 3333, branches: [main] }
",
        ),
        source: "GitLab documentation, \"OpenID Connect (OIDC) authentication using ID tokens\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let found = platform.access.iter().flat_map(|access| {
        let gitlab = access.principal_as::<Gitlab>().filter(|gitlab| on_gitlab_com(gitlab));
        let unpinned = gitlab.into_iter().flat_map(|gitlab| {
            let projects = projects(gitlab).into_iter().filter(|project| project.id.is_none());
            // The place of the only project is the whole map, as the ID is a key of it.
            projects.map(move |project| {
                (project.path.as_str(), gitlab.project.as_ref().map_or(project.path.span, |_| gitlab.span))
            })
        });
        unpinned.map(move |(path, span)| {
            let message =
                format!("without `project_id`, anyone who later registers the path `{path}` can assume this role");
            let query = path.replace('/', "%2F");
            RULE.finding(span, message)
                .help(format!(
                    "add `project_id`; this command prints it: `glab api projects/{query} | jq '{{project_id: .id}}'`"
                ))
                .at(format!("access.{}.gitlab", access.name))
        })
    });
    found.collect()
}
