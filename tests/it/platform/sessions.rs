//! The maximum session duration of roles. Limits: IAM API reference, `roleMaxSessionDurationType` (3,600 to 43,200
//! seconds).

use crate::harness::module::{optional, value};
use crate::harness::{Case, HEAD, shop};

const ENTRIES: &str = "repositories: { web: {} }\naccess:\n  \
    developers: { can: [pull], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:root\"] }\n  \
    nodes: { can: [pull], repositories: all, node_roles: [node] }\n  \
    pods: { can: [pull], repositories: all, irsa: { cluster: main, service_accounts: [a/b, a/c] } }\n";

/// The `max_session_duration` of a role.
fn seconds(rest: &str, role: &str) -> Option<u64> {
    let module = shop(rest).module("shared/ecr");
    let block = module.block(&format!("resource aws_iam_role {role}"));
    optional(block, "max_session_duration").map(|seconds| value(seconds).as_u64().expect("a number"))
}

#[test]
fn sets_the_session_duration_of_roles() {
    assert_eq!(seconds(ENTRIES, "developers"), None);
    let all = format!("{ENTRIES}iam: {{ session_duration: 2h }}\n");
    assert_eq!((seconds(&all, "developers"), seconds(&all, "pods__a__c")), (Some(7_200), Some(7_200)));
    let one = all.replace("root\"] }", "root\"], session_duration: 12h }");
    assert_eq!((seconds(&one, "developers"), seconds(&one, "pods__a__b")), (Some(43_200), Some(7_200)));
    let shortest = ENTRIES.replace("root\"] }", "root\"], session_duration: 1h }");
    assert_eq!((seconds(&shortest, "developers"), seconds(&shortest, "pods__a__b")), (Some(3_600), None));
}

#[test]
fn rejects_a_session_duration_for_an_existing_role() {
    let nodes = ENTRIES.replace("[node] }", "[node], session_duration: 2h }");
    assert_eq!(shop(&nodes).codes(), ["session-without-role"]);
    let accounts =
        "access: { other: { can: [pull], repositories: all, accounts: [\"123456789012\"], session_duration: 2h } }\n";
    assert_eq!(shop(format!("repositories: {{ web: {{}} }}\n{accounts}")).codes(), ["session-without-role"]);
    // The setting for all roles applies only to roles that ecrgen creates.
    assert_eq!(shop(format!("{ENTRIES}iam: {{ session_duration: 2h }}\n")).codes(), [""; 0]);
}

#[test]
fn suggests_the_missing_unit() {
    let outcome = Case::new()
        .file("spec.yaml", format!("{HEAD}{ENTRIES}iam: {{ session_duration: 4 }}\n"))
        .run(&["lint", "spec.yaml"]);
    assert!(outcome.out.contains("help: add the unit: 4h"), "{}", outcome.out);
}
