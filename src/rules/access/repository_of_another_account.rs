//! A repository of another account, whose own policy must allow the access too.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Access;
use crate::policies::permission::actions;
use crate::principals::kinds::accounts::Accounts;
use crate::rules::{Facts, Finding, Rule};
use crate::source::Spanned;
use crate::value::{OrVariable, RepositoryArn, RoleRef};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "repository-of-another-account",
        severity: Severity::Note,
        what: "An access entry covers a repository by ARN in an account that is not known to be the account of the spec.",
        why: "Access across accounts needs two policies: the identity policy, which ecrgen creates, and the policy of the repository, \
          which the other account manages. With only one of them, ECR denies every request.",
        bad: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
account: \"111111111111\"
repositories: { shop: {} }
access:
  nodes:
    can: [pull]
    repositories: [shop, \"arn:aws:ecr:eu-central-1:222222222222:repository/tools\"]
    node_roles: [eks-node]
",
        ),
        good: Example::Spec(
            "
platform: shop
region: eu-central-1
environments:
  dev:
    account: \"222222222222\"
    repositories: { tools: {} }
    access:
      prod: { can: [pull], repositories: [tools], accounts: [\"111111111111\"] }
  prod:
    account: \"111111111111\"
    access:
      nodes:
        can: [pull]
        repositories: [\"arn:aws:ecr:eu-central-1:222222222222:repository/tools\"]
        node_roles: [eks-node]
waive:
  lambda-access-removed: { at: [environments.dev.repositories], reason: No functions }
",
        ),
        source: "IAM user guide, \"Cross-account policy evaluation logic\"; ECR user guide, \"Private repository policies\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    if !facts.know_environments() {
        return Vec::new();
    }
    let identity = facts.platform.access.iter().filter(|access| !access.is_granted_by_repositories());
    identity.flat_map(|access| of_entry(facts, access)).collect()
}

/// One finding per account that must also allow what an entry does.
fn of_entry(facts: &Facts, access: &Access) -> Vec<Finding> {
    let own = facts.platform.scope.account.as_deref();
    let mut accounts: BTreeMap<&str, Vec<&Spanned<RepositoryArn>>> = BTreeMap::new();
    for arn in access.outside.iter().filter(|arn| own != Some(arn.account())) {
        if !own.is_some_and(|own| is_allowed(facts, access, arn, own)) {
            accounts.entry(arn.account()).or_default().push(arn);
        }
    }
    let finding = |(account, arns): (&str, Vec<&Spanned<RepositoryArn>>)| {
        let unless = if own.is_none() { ", unless it is the account of this spec" } else { "" };
        let policy = if arns.len() == 1 { "the policy of its repository" } else { "the policies of its repositories" };
        let message = format!("account {account} must also allow this access in {policy}{unless}");
        let found = RULE.finding(arns[0].span, message).help(help(facts, access, account, &arns));
        let found = arns[1..].iter().fold(found, |found, arn| found.and(arn.span, ""));
        found.at(format!("access.{}.repositories", access.name))
    };
    accounts.into_iter().map(finding).collect()
}

/// Whether an access entry of the environment that has the repository grants all of this to the account.
fn is_allowed(facts: &Facts, access: &Access, arn: &RepositoryArn, own: &str) -> bool {
    let Some((other, repository)) = facts.owner(arn) else { return false };
    let granted: BTreeSet<&str> = other
        .access
        .iter()
        .filter(|entry| entry.repositories.contains(&repository.key))
        .filter(|entry| is_for(entry, own) || has_all_roles(entry, access, own))
        .flat_map(on_repositories)
        .collect();
    on_repositories(access).all(|action| granted.contains(action))
}

/// Whether an entry is for an account as a whole.
fn is_for(entry: &Access, account: &str) -> bool {
    match entry.principal_as::<Accounts>() {
        Some(Accounts::These(accounts, _)) => accounts.iter().any(|id| id.as_str() == account),
        // The accounts of one spec usually belong to one organization.
        Some(Accounts::OfOrganization(_)) => true,
        None => false,
    }
}

/// Whether an entry lists all roles of another one, which are roles of this account.
fn has_all_roles(entry: &Access, other: &Access, account: &str) -> bool {
    let is_listed = |role: &Spanned<OrVariable<RoleRef>>| {
        let OrVariable::Literal(role) = &role.value else { return false };
        entry.guests.iter().any(|guest| guest.value.account() == Some(account) && guest.value.name() == role.name())
    };
    !other.attached.is_empty() && other.attached.iter().all(is_listed)
}

/// The actions on repositories of an entry.
fn on_repositories(access: &Access) -> impl Iterator<Item = &'static str> {
    actions(access).into_iter().filter(|action| action.is_scopable()).map(|action| action.name)
}

fn help(facts: &Facts, access: &Access, account: &str, arns: &[&Spanned<RepositoryArn>]) -> String {
    let own = facts.platform.scope.account.as_deref();
    let owners: Vec<_> = arns.iter().filter_map(|arn| facts.owner(arn)).collect();
    match (own, owners.as_slice()) {
        (Some(own), [(other, _), ..]) if owners.len() == arns.len() => {
            let keys: BTreeSet<&str> = owners.iter().map(|(_, repository)| repository.key.as_str()).collect();
            let keys = keys.into_iter().collect::<Vec<_>>().join(", ");
            let can = access.can.iter().map(|can| can.as_str()).collect::<Vec<_>>().join(", ");
            let environment = &other.scope.environment;
            format!(
                "in environment `{environment}`, add an entry with `accounts: [\"{own}\"]`, `repositories: [{keys}]` and `can: [{can}]`"
            )
        }
        _ if facts.environments_in(account).next().is_some() => format!(
            "no environment of this spec has {}: correct or remove the ARN\n\
             if something else manages the repository in account {account}, add a statement for the principals of `{}` to its \
             policy, then waive this note",
            if arns.len() == 1 { "this repository" } else { "all of these repositories" },
            access.name
        ),
        _ => format!(
            "in account {account}, add a statement for the principals of `{}` to the repository policy, then waive this note",
            access.name
        ),
    }
}
