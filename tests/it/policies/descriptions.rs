//! The descriptions of IAM policies.

use std::collections::BTreeSet;

use crate::harness::shop;

/// IAM has no way to change the description of a policy, so another word here replaces the policy in every account, and its
/// roles are without permissions in between. Therefore the texts stay as they are.
#[test]
fn descriptions_of_policies_are_frozen() {
    let compiled = shop(
        "repositories: { cart: {} }\naccess: { ci: { can: [push], repositories: all, assumed_by: \
         [\"arn:aws:iam::123456789012:root\"] } }\nworkspace: { organization: acme }\n",
    );
    let mut found = BTreeSet::new();
    for folder in ["shared/ecr", "shared/ecr-workspace"] {
        let module = compiled.module(folder);
        let heads = module.heads("resource aws_iam_policy ");
        found.extend(heads.iter().map(|head| module.value(head, "description").as_str().expect("a text").to_owned()));
    }
    let frozen = [
        "Permissions of the access entry ci",
        "Read the resources that the workspace manages",
        "Manage the resources of the workspace",
        "Permissions boundary: the maximum permissions of this platform's roles",
    ];
    assert_eq!(found, frozen.map(str::to_owned).into());
}
