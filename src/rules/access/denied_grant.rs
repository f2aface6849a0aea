//! A permission of an access entry that a guard rail of the repository denies.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::{Access, Platform, Repository};
use crate::policies::guard_rails::{Denial, are_services, denials, denied};
use crate::policies::permission::actions;
use crate::prose::{self, NAMED};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "denied-grant",
        severity: Severity::Warning,
        what: "An access entry grants actions on a repository that `deny` of the repository takes away again.",
        why: "A denial in the repository policy overrides every permission. The entry looks as if it could do what its `can` states, \
              but AWS refuses the requests. `unless` lists the entries that a denial does not apply to.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { cart: { deny: { pull: { unless: [nodes] } } } }
access:
  nodes: { can: [pull], repositories: all, node_roles: [eks-node] }
  tools: { can: [pull], repositories: all, roles: [tools] }
waive: { lambda-access-removed: { at: [repositories], reason: No Lambda functions } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { cart: { deny: { pull: { unless: [nodes, tools] } } } }
access:
  nodes: { can: [pull], repositories: all, node_roles: [eks-node] }
  tools: { can: [pull], repositories: all, roles: [tools] }
waive: { lambda-access-removed: { at: [repositories], reason: No Lambda functions } }
",
        ),
        source: "IAM user guide, \"Policy evaluation logic\"; ecrgen language reference, `repositories.R.deny`",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    platform.access.iter().flat_map(|access| of_entry(platform, access)).collect()
}

/// A finding per denial, which several repositories can inherit.
fn of_entry(platform: &Platform, access: &Access) -> Vec<Finding> {
    let covered = platform.repositories.iter().filter(|repository| access.repositories.contains(&repository.key));
    let denials: Vec<(&Repository, Denial)> =
        covered.flat_map(|repository| denials(repository).map(move |denial| (repository, denial))).collect();
    let mut findings = Vec::new();
    let mut seen = Vec::new();
    for (_, denial) in denials.iter().filter(|_| !are_services(platform, access)) {
        let is_excepted = denial.unless.unless.iter().any(|name| name.as_str() == access.name);
        let needed: Vec<&str> =
            actions(access).iter().filter(|action| denied(denial.verb).contains(action)).map(|it| it.name).collect();
        if is_excepted || needed.is_empty() || seen.contains(&denial.unless.span) {
            continue;
        }
        seen.push(denial.unless.span);
        let same = denials.iter().filter(|(_, other)| other.unless.span == denial.unless.span);
        let keys: Vec<&str> = same.map(|(repository, _)| repository.key.as_str()).collect();
        let message = format!(
            "`{}` grants {} on {}, but `deny: {{ {}: … }}` there denies it",
            access.name,
            prose::named(needed.iter().copied(), NAMED),
            prose::named(keys.iter().copied(), NAMED),
            denial.verb
        );
        let finding = RULE.finding(access.span, message).and(denial.unless.span, "denied here");
        let help = format!("add `{}` to `unless`, or remove the permission from this entry", access.name);
        findings.push(finding.help(help).at(format!("access.{}", access.name)));
    }
    findings
}
