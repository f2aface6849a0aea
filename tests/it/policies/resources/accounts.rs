//! Access for other accounts and for the accounts of an organization, and for no other accounts.

use std::collections::BTreeSet;

use ecrgen::iam::{Context, Decision};

use super::{allows, codes, decide, policy, role_of};
use crate::harness::shop;

const FRIEND: &str = "222222222222";
const STRANGER: &str = "333333333333";
const ORGANIZATION: &str = "o-a1b2c3d4e5";
const PULL: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

fn spec(who: &str) -> String {
    format!("repositories: {{ cart: {{}} }}\naccess: {{ qa: {{ can: [pull], repositories: [cart], {who} }} }}\n")
}

fn member_of(organization: &str) -> Context {
    Context::default().with("aws:PrincipalOrgID", [organization])
}

#[test]
fn an_account_gets_access_and_delegates_it() {
    let policy = policy(&spec("accounts: [\"222222222222\"]"));
    for action in PULL {
        assert!(matches!(decide(&policy, role_of(FRIEND), action, Context::default()), Decision::Delegated { .. }));
        assert!(!allows(&policy, role_of(STRANGER), action, Context::default()));
    }
    assert!(!allows(&policy, role_of(FRIEND), "ecr:PutImage", Context::default()));
    assert!(!allows(&policy, role_of(FRIEND), "ecr:SetRepositoryPolicy", Context::default()));
}

#[test]
fn an_account_that_leaves_the_organization_loses_access() {
    let policy = policy(&spec("accounts: [\"222222222222\"], organization: o-a1b2c3d4e5"));
    for action in PULL {
        assert!(allows(&policy, role_of(FRIEND), action, member_of(ORGANIZATION)));
        assert!(!allows(&policy, role_of(FRIEND), action, member_of("o-someoneelse")));
        assert!(!allows(&policy, role_of(FRIEND), action, Context::default()), "an account without an organization");
        assert!(
            !allows(&policy, role_of(STRANGER), action, member_of(ORGANIZATION)),
            "another account in the organization"
        );
    }
}

#[test]
fn all_accounts_of_one_organization_get_access() {
    let policy = policy(&spec("accounts: all, organization: o-a1b2c3d4e5"));
    for account in [FRIEND, STRANGER] {
        assert!(allows(&policy, role_of(account), PULL[0], member_of(ORGANIZATION)));
        assert!(!allows(&policy, role_of(account), PULL[0], member_of("o-someoneelse")));
        assert!(!allows(&policy, role_of(account), PULL[0], Context::default()));
        assert!(!allows(&policy, role_of(account), "ecr:PutImage", member_of(ORGANIZATION)));
    }
}

/// IAM user guide, "AWS global condition context keys", `aws:PrincipalOrgPaths`: `o-…/r-…/ou-…/ou-…/`, one per account.
#[test]
fn only_accounts_of_the_organizational_units_get_access() {
    let in_path = |path: &str| member_of(ORGANIZATION).with("aws:PrincipalOrgPaths", [path]);
    for who in ["accounts: all", "accounts: [\"222222222222\"]"] {
        let units = "organizational_units: [ou-a1b2-c3d4e5f6, ou-a1b2-00000001]";
        let policy = policy(&spec(&format!("{who}, organization: {ORGANIZATION}, {units}")));
        for inside in [
            "o-a1b2c3d4e5/r-a1b2/ou-a1b2-c3d4e5f6/",
            "o-a1b2c3d4e5/r-a1b2/ou-a1b2-00000001/ou-a1b2-00000009/",
            "o-a1b2c3d4e5/r-a1b2/ou-a1b2-00000007/ou-a1b2-c3d4e5f6/ou-a1b2-00000008/",
        ] {
            assert!(allows(&policy, role_of(FRIEND), PULL[0], in_path(inside)), "{who} {inside}");
        }
        for outside in [
            "o-a1b2c3d4e5/r-a1b2/",
            "o-a1b2c3d4e5/r-a1b2/ou-a1b2-c3d4e5f7/",
            "o-a1b2c3d4e5/r-a1b2/ou-a1b2-c3d4e5f60/",
            "o-someoneelse/r-a1b2/ou-a1b2-c3d4e5f6/",
        ] {
            assert!(!allows(&policy, role_of(FRIEND), PULL[0], in_path(outside)), "{who} {outside}");
        }
        assert!(!allows(&policy, role_of(FRIEND), PULL[0], member_of(ORGANIZATION)), "no path");
    }
    let alone = shop(spec("accounts: [\"222222222222\"], organizational_units: [ou-a1b2-c3d4e5f6]"));
    assert_eq!(alone.message(), "`organizational_units` can only be used together with `organization`");
}

#[test]
fn an_omitted_key_never_grants_access_to_an_organization() {
    assert_eq!(
        shop(spec("accounts: all")).message(),
        "`accounts: all` without `organization` would grant access to every AWS account"
    );
    assert!(shop(spec("roles: [r], organization: o-a1b2c3d4e5")).codes().contains(&"unfit-organization"));
    let alone = shop(spec("organization: o-a1b2c3d4e5"));
    let helps: Vec<_> = alone.findings().iter().filter_map(|finding| finding.help.as_deref()).collect();
    assert!(helps.iter().any(|help| help.contains("`accounts: all`")), "{helps:?}");
}

#[test]
fn merges_entries_into_one_policy_with_unique_sids() {
    let policy = policy(
        "repositories: { cart: {} }
access:
  a-1: { can: [pull], repositories: [cart], accounts: [\"222222222222\"] }
  a1: { can: [push], repositories: [cart], accounts: [\"333333333333\"] }
  f: { can: [pull], repositories: [cart], lambda: { functions: [f], accounts: [\"222222222222\"] } }
  f-accounts: { can: [read], repositories: [cart], accounts: [\"222222222222\"] }
",
    );
    let names: Vec<String> = policy.statements.iter().filter_map(|s| Some(s.sid.as_ref()?.to_string())).collect();
    assert_eq!(names.len(), 5);
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 5, "{names:?}");
    assert!(allows(&policy, role_of(FRIEND), "ecr:BatchGetImage", Context::default()));
    assert!(!allows(&policy, role_of(FRIEND), "ecr:PutImage", Context::default()));
    assert!(allows(&policy, role_of(STRANGER), "ecr:PutImage", Context::default()));
}

#[test]
fn rejects_what_a_repository_policy_cannot_grant() {
    for can in ["create", "\"ecr:GetAuthorizationToken\"", "\"ecr:DescribeRegistry\""] {
        let spec = spec("accounts: [\"222222222222\"]").replace("pull", can);
        assert_eq!(codes(&shop(&spec)), ["refused-verb"], "{can}");
    }
}
