//! A policy that is too large for AWS.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::{Access, Platform};
use crate::policies::split::{LONGEST_NAME, MOST_POLICIES};
use crate::policies::{Grant, Policies, Run};
use crate::principals::Means;
use crate::prose;
use crate::rules::workspace::patterns;
use crate::rules::{Facts, Finding, Rule};
use crate::value::OrVariable;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "policy-too-large",
        severity: Severity::Error,
        what: "A policy exceeds AWS's size limit and cannot be split, or is split into more policies than a role can have.",
        why: "IAM allows 6,144 characters in a managed policy, 10 managed policies per role and, unless the quota was raised, \
          2,048 characters in a trust policy. ECR allows 10,240 characters in a repository policy or the registry \
          policy. ecrgen splits a permission policy that is too large. Without this check, every other policy over its \
          limit would fail only when Terraform applies it.",
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

fn check(facts: &Facts) -> Vec<Finding> {
    let Facts { platform, policies, .. } = facts;
    let mut findings: Vec<Finding> = policies.grants.iter().flat_map(|grant| of_entry(policies, grant)).collect();
    findings.extend(of_roles(policies));
    findings.extend(of_outputs(platform, policies));
    findings.extend(of_runs(policies, facts.environments.len()));
    findings.extend(of_registry(policies));
    findings.extend(of_repositories(policies));
    findings
}

/// Checks the size of each permission policy and trust policy.
fn of_entry(policies: &Policies, grant: &Grant) -> Vec<Finding> {
    let entry = grant.access;
    let path = format!("access.{}", entry.name);
    let mut findings = Vec::new();
    for part in &grant.parts {
        let help = "name fewer actions: this policy is about a single repository and cannot be split";
        findings.extend(
            too_long(policies, part.policy, "permission policy")
                .map(|message| RULE.finding(entry.span, message).help(help).at(path.clone())),
        );
        let name = &policies.documents[part.policy].owners[0];
        if name.len() > LONGEST_NAME {
            let message = format!(
                "this policy must be split, and the name of a part, `{name}`, is {} characters long (IAM allows {LONGEST_NAME})",
                name.len()
            );
            let help = "shorten `names.policy`, the template of the name";
            findings.push(RULE.finding(entry.span, message).help(help).at(path.clone()));
        }
    }
    for role in &grant.roles {
        let help = fewer(entry);
        findings.extend(
            too_long(policies, role.trust, "trust policy")
                .map(|message| RULE.finding(role.origin, message).help(help).at(path.clone())),
        );
    }
    findings
}

/// Checks how many policies each role has. The limit applies to the role, whichever entries the policies come from. A
/// permission set becomes a role in every account that it is assigned to.
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
                let message = format!("{role} would need {now} policies (AWS allows {MOST_POLICIES} per role)");
                let help = "move some of the repositories to an entry with another role";
                findings.push(RULE.finding(span, message).help(help).at(format!("access.{}", grant.access.name)));
            }
            attached.insert(role.to_lowercase(), now);
        }
    }
    findings
}

/// An output shows a single ARN, so its policy cannot be split.
fn of_outputs(platform: &Platform, policies: &Policies) -> Vec<Finding> {
    let found = platform.outputs.iter().filter_map(|(name, path)| {
        let entry = path.as_str().strip_prefix("access.")?.strip_suffix(".policy_arn")?;
        let grant = policies.grants.iter().find(|grant| grant.access.name == entry && grant.parts.len() > 1)?;
        let message =
            format!("this output shows one ARN, but the permission policy must be split into {}", grant.parts.len());
        let help = "name fewer repositories in the entry, or remove the output";
        Some(RULE.finding(path.span, message).help(help).at(format!("outputs.{name}")))
    });
    found.collect()
}

/// Checks the roles of the workspace's runs, whose policies name every repository that no pattern covers.
fn of_runs(policies: &Policies, environments: usize) -> Vec<Finding> {
    let Some(workspace) = &policies.platform.workspace else { return Vec::new() };
    let attached = |run: &Run| run.parts.len() + run.existing.len();
    let too_many = policies.runs.iter().filter(|run| attached(run) > MOST_POLICIES);
    let found = too_many.map(|run| {
        let message = format!(
            "the role of {} runs would need {} policies (AWS allows {MOST_POLICIES} per role)",
            run.phase.as_str(),
            attached(run)
        );
        let help = match patterns::proposed(policies.platform, environments) {
            Some(patterns) if workspace.manages.is_empty() && run.parts.len() > 1 => {
                format!("name the repositories by pattern: add `manages: {patterns}` to `workspace`")
            }
            _ if !run.existing.is_empty() => {
                format!("name fewer policies under `workspace.policies.{}`", run.phase.as_str())
            }
            _ => "divide the repositories among several platforms".to_owned(),
        };
        RULE.finding(workspace.span, message).help(help).at("workspace")
    });
    found.collect()
}

fn of_registry(policies: &Policies) -> Option<Finding> {
    let registry = policies.platform.registry.as_ref()?;
    let message = too_long(policies, policies.registry?, "registry policy")?;
    Some(RULE.finding(registry.span, message).help("accept replication from fewer accounts").at("registry"))
}

/// Checks repository policies. A policy that several repositories share is checked once.
fn of_repositories(policies: &Policies) -> Vec<Finding> {
    let mut measured = BTreeSet::new();
    let mut findings = Vec::new();
    for repository in policies.platform.all_repositories() {
        if let Some(at) = policies.repositories.get(repository.key.as_str())
            && measured.insert(*at)
            && let Some(message) = too_long(policies, *at, "repository policy")
        {
            let path = repository.path();
            findings.push(RULE.finding(repository.span, message).help(shorter(policies, &repository.key)).at(path));
        }
    }
    findings
}

/// How to make the policy of a repository shorter, for the kinds of principals that it names.
fn shorter(policies: &Policies, repository: &str) -> String {
    let platform = policies.platform;
    let granted = platform.access.iter().filter(|access| access.repositories.contains(repository));
    let has_guests = granted.clone().any(|access| !access.guests.is_empty());
    let kinds: BTreeSet<&str> = granted.map(|access| access.principal.kind().key).collect();
    let raw =
        platform.repository_or_created(repository).is_some_and(|repository| !repository.policy_statements.is_empty());
    let remedies = [
        (kinds.contains("accounts"), "list fewer `accounts`, or grant access to an organization with `accounts: all`"),
        (kinds.contains("lambda"), "list fewer `functions`, or use a pattern such as `image-*`"),
        (kinds.contains("codebuild"), "list fewer `projects`"),
        (has_guests, "list fewer roles of other accounts, or grant access to their accounts with `accounts`"),
        (raw, "shorten `policy_statements`"),
    ];
    prose::either(remedies.iter().filter(|(applies, _)| *applies).map(|(_, remedy)| (*remedy).to_owned()))
}

/// How to make a trust policy shorter.
fn fewer(entry: &Access) -> &'static str {
    match entry.principal.kind().key {
        "github" | "gitlab" => {
            "list fewer branches and tags, use a pattern such as `release/*`, or split the entry into several entries"
        }
        "oidc" => "list fewer `subjects`, or split the entry into several entries",
        "assumed_by" => "list fewer principals under `assumed_by`, or split the entry into several entries",
        _ => "split the entry into several entries",
    }
}

/// Returns a message if a document exceeds its limit.
fn too_long(policies: &Policies, at: usize, what: &str) -> Option<String> {
    let policy = &policies.documents[at];
    let (size, limit) = (policy.characters(&policies.bindings), policy.kind.limit());
    (size > limit).then(|| format!("this {what} would be {size} characters long (AWS allows {limit})"))
}
