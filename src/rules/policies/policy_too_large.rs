//! A policy that AWS would not take for its size.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Platform;
use crate::policies::split::{LONGEST_NAME, MOST_POLICIES};
use crate::policies::{Grant, Policies};
use crate::principals::Means;
use crate::rules::{Facts, Finding, Rule};
use crate::value::OrVariable;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "policy-too-large",
        severity: Severity::Error,
        what: "A policy is larger than AWS takes, and cannot be divided, or into more than a role can have.",
        why: "IAM takes 6,144 characters in a managed policy, 10 managed policies on a role and, unless the quota was \
          raised, 2,048 characters in a trust policy; ECR takes 10,240 in the policy of a repository or the registry. A permission policy that \
          is too large is divided into several. Terraform learns of the rest only when it applies.",
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
    github:
      repository: a-rather-long-organization-name/and-a-repository-with-a-name-as-long
      owner_id: 1111111111
      repository_id: 2222222222
      branches:
        - one-of-many-branches-01
        - one-of-many-branches-02
        - one-of-many-branches-03
        - one-of-many-branches-04
        - one-of-many-branches-05
        - one-of-many-branches-06
        - one-of-many-branches-07
        - one-of-many-branches-08
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
    github:
      repository: a-rather-long-organization-name/and-a-repository-with-a-name-as-long
      owner_id: 1111111111
      repository_id: 2222222222
      branches: [\"one-of-many-branches-*\"]
",
        ),
        source: "IAM user guide, \"IAM and AWS STS quotas\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, policies }: &Facts) -> Vec<Finding> {
    let mut findings: Vec<Finding> = policies.grants.iter().flat_map(|grant| of_entry(policies, grant)).collect();
    findings.extend(of_roles(policies));
    findings.extend(of_outputs(platform, policies));
    findings.extend(of_runs(policies));
    findings.extend(of_registry(policies));
    findings.extend(of_repositories(policies));
    findings
}

/// Policies and trust policies by themselves.
fn of_entry(policies: &Policies, grant: &Grant) -> Vec<Finding> {
    let entry = grant.access;
    let path = format!("access.{}", entry.name);
    let mut findings = Vec::new();
    for part in &grant.parts {
        let help = "it speaks of one repository, and cannot be divided: name fewer actions";
        findings.extend(
            too_long(policies, part.policy, "permission policy")
                .map(|message| RULE.finding(entry.span, message).help(help).at(path.clone())),
        );
        let name = &policies.documents[part.policy].owners[0];
        if name.len() > LONGEST_NAME {
            let message = format!(
                "this permission policy has to be divided, and `{name}` has {} characters where IAM takes {LONGEST_NAME}",
                name.len()
            );
            let help = "names come from `names.policy`; shorten it there";
            findings.push(RULE.finding(entry.span, message).help(help).at(path.clone()));
        }
    }
    for role in &grant.roles {
        let help = "divide the entry: name fewer branches, tags or principals in each, or use a wildcard";
        findings.extend(
            too_long(policies, role.trust, "trust policy")
                .map(|message| RULE.finding(role.origin, message).help(help).at(path.clone())),
        );
    }
    findings
}

/// A role has so many policies and no more, whichever entries they come from; a permission set becomes a role in every
/// account that it goes to.
fn of_roles(policies: &Policies) -> Vec<Finding> {
    let mut attached: BTreeMap<String, usize> = BTreeMap::new();
    let mut findings = Vec::new();
    for grant in &policies.grants {
        let existing = grant.attached_to.iter().map(|role| match &role.value {
            OrVariable::Literal(name) => (format!("the role {}", name.name()), role.span),
            OrVariable::Variable(variable) => (format!("the role of var.{}", variable.name.as_str()), role.span),
            OrVariable::Reference(reference) => (format!("the role {}", reference.as_str()), role.span),
        });
        let created = grant.roles.iter().map(|role| (format!("the role {}", role.role.name), role.origin));
        let set = match grant.access.principal.means() {
            Means::PermissionSet(set) => Some((format!("the permission set {}", set.name.as_str()), set.span)),
            Means::Roles(_) | Means::OtherRoles(_) | Means::RepositoryPolicy(_) => None,
        };
        for (role, span) in created.chain(existing).chain(set) {
            let before = attached.get(&role.to_lowercase()).copied().unwrap_or_default();
            let now = before + grant.parts.len();
            if now > MOST_POLICIES && before <= MOST_POLICIES {
                let message = format!("{role} would need {now} policies, and AWS attaches {MOST_POLICIES} to a role");
                let help = "name fewer repositories, and the others in an entry with another role";
                findings.push(RULE.finding(span, message).help(help).at(format!("access.{}", grant.access.name)));
            }
            attached.insert(role.to_lowercase(), now);
        }
    }
    findings
}

/// An output shows one ARN.
fn of_outputs(platform: &Platform, policies: &Policies) -> Vec<Finding> {
    let found = platform.outputs.iter().filter_map(|(name, path)| {
        let entry = path.as_str().strip_prefix("access.")?.strip_suffix(".policy_arn")?;
        let grant = policies.grants.iter().find(|grant| grant.access.name == entry && grant.parts.len() > 1)?;
        let message =
            format!("this shows one ARN, and the permission policy has to be divided into {}", grant.parts.len());
        let help = "name fewer repositories in the entry, or leave the output out";
        Some(RULE.finding(path.span, message).help(help).at(format!("outputs.{name}")))
    });
    found.collect()
}

/// The roles of the workspace's runs name every repository.
fn of_runs(policies: &Policies) -> Vec<Finding> {
    let Some(workspace) = &policies.platform.workspace else { return Vec::new() };
    let too_many = policies.runs.iter().filter(|run| run.parts.len() > MOST_POLICIES);
    let found = too_many.map(|run| {
        let message = format!(
            "the role of {} runs would need {} policies, and AWS attaches {MOST_POLICIES} to a role",
            run.phase.as_str(),
            run.parts.len()
        );
        let help = "divide the repositories between several platforms";
        RULE.finding(workspace.span, message).help(help).at("workspace")
    });
    found.collect()
}

fn of_registry(policies: &Policies) -> Option<Finding> {
    let registry = policies.platform.registry.as_ref()?;
    let message = too_long(policies, policies.registry?, "registry policy")?;
    Some(RULE.finding(registry.span, message).help("accept replication from fewer accounts").at("registry"))
}

/// Repositories with the same policy are measured once.
fn of_repositories(policies: &Policies) -> Vec<Finding> {
    let mut measured = BTreeSet::new();
    let mut findings = Vec::new();
    for repository in &policies.platform.repositories {
        if let Some(at) = policies.repositories.get(repository.key.as_str())
            && measured.insert(*at)
            && let Some(message) = too_long(policies, *at, "repository policy")
        {
            let help = "let fewer accounts in one by one, or an organization: `accounts: all`";
            let path = format!("repositories.{}", repository.key);
            findings.push(RULE.finding(repository.span, message).help(help).at(path));
        }
    }
    findings
}

/// Says that a document is, if it is.
fn too_long(policies: &Policies, at: usize, what: &str) -> Option<String> {
    let policy = &policies.documents[at];
    let (size, limit) = (policy.characters(&policies.bindings), policy.kind.limit());
    (size > limit).then(|| format!("this {what} would have {size} characters, and AWS takes {limit}"))
}
