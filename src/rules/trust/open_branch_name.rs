//! A wildcard right after the name of a branch.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Access;
use crate::principals::kinds::github::Github;
use crate::principals::kinds::gitlab::Gitlab;
use crate::rules::{Facts, Finding, Rule};
use crate::source::Spanned;
use crate::value::GitRef;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "open-branch-name",
        severity: Severity::Warning,
        what: "A pattern for branches ends in a wildcard right after a name.",
        why: "A wildcard matches any characters, not only a path below the name: `main*` also matches `main-evil`. Anyone who can push a \
          branch can create one with a matching name, and branch protection rules for `main` do not apply to it.",
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
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [\"main*\"] }
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
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main, \"main/*\"] }
",
        ),
        source: "IAM user guide, \"IAM JSON policy elements: Condition operators\", StringLike",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let findings = platform.access.iter().flat_map(|access| {
        let open =
            branches(access).into_iter().flatten().filter_map(|branch| Some((branch, open_name(branch.as_str())?)));
        open.map(move |(branch, name)| {
            let message = format!("`{}` also matches other branches, for example `{name}-evil`", branch.as_str());
            let help = format!("write `{name}` for this branch, or `{name}/*` for the branches below it");
            RULE.finding(branch.span, message).help(help).at(format!("access.{}", access.name))
        })
    });
    findings.collect()
}

/// The branches that an entry trusts.
fn branches(access: &Access) -> Option<&Vec<Spanned<GitRef>>> {
    let github = access.principal_as::<Github>().and_then(|github| github.branches.as_ref());
    // With `protected`, only maintainers can create a branch that matches.
    let gitlab = access.principal_as::<Gitlab>();
    let gitlab = gitlab.filter(|gitlab| !gitlab.protected.as_ref().is_some_and(|protected| protected.value));
    github.or_else(|| gitlab.and_then(|gitlab| gitlab.branches.as_ref()))
}

/// The name before a final `*`, if the wildcard continues a word. A pattern such as `release-*` or `v1*` states what can follow.
fn open_name(pattern: &str) -> Option<&str> {
    let name = pattern.strip_suffix('*')?;
    let is_fixed = !name.contains(['*', '?']);
    let word = name.rsplit(['/', '-', '_', '.', '+', '@', '#']).next().unwrap_or(name);
    let is_version = word.trim_start_matches('v').bytes().all(|byte| byte.is_ascii_digit());
    (is_fixed && !word.is_empty() && !is_version).then_some(name)
}
