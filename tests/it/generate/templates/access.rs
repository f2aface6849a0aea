//! Who can do what with repositories that ECR creates.

use ecrgen::permissions::{EffectivePermissions, Query};

use super::SPEC;
use crate::harness::{Case, HEAD, shop};

/// The answers follow from the rendered policies: for a name below a prefix, the prefix itself, and its ARN.
#[test]
fn answers_about_names_below_a_prefix() {
    let compiled = shop(SPEC);
    let policies = compiled.policies();
    let permissions = [EffectivePermissions::of(&policies)];
    let can = |principal: &str, action: &str, repository: &str| {
        let reply = Query { principal, action, repository }.reply(&permissions, None);
        reply.unwrap_or_else(|fault| panic!("{principal} {action} {repository}: {fault:?}")).is_yes()
    };
    for (principal, action, repository, wanted) in [
        ("ci", "push", "team", true),
        ("ci", "push", "team/new", true),
        ("ci", "create", "team/new", true),
        ("ci", "push", "team/data/new", true),
        ("ci", "push", "mirror/nginx", false),
        ("ci", "delete", "team/new", false),
        ("nodes", "pull", "mirror/nginx", true),
        ("nodes", "push", "mirror/nginx", false),
        ("222222222222", "pull", "team/new", true),
        // The longest prefix decides which template ECR uses, and so which repository policy.
        ("222222222222", "pull", "team/data/new", false),
        ("222222222222", "pull", "cart", false),
        ("ci", "push", "arn:aws:ecr:eu-central-1:111111111111:repository/team/new", true),
        ("ci", "push", "arn:aws:ecr:eu-central-1:111111111111:repository/mirror/new", false),
        ("nodes", "pull", "arn:aws:ecr:us-east-1:111111111111:repository/team/new", false),
    ] {
        assert_eq!(can(principal, action, repository), wanted, "{principal} {action} {repository}");
    }
    let unknown = Query { principal: "ci", action: "push", repository: "other" }.reply(&permissions, None);
    assert!(unknown.is_err_and(|faults| faults[0].contains("`other` does not exist")));
}

#[test]
fn the_report_and_the_command_show_them() {
    let case = Case::new().file("shop.yaml", format!("{HEAD}{SPEC}"));
    let text = case.run(&["access", "shop.yaml"]).out;
    assert!(text.contains("team/* (created by ECR)") && text.contains("mirror/* (created by ECR)"), "{text}");
    assert!(!text.contains("  creation-templates:"), "ECR itself is not a principal of the report: {text}");
    let asked = case.run(&["access", "shop.yaml", "--can", "ci", "push", "team/new"]);
    assert_eq!(asked.status, 0, "{}{}", asked.out, asked.err);
    assert!(asked.out.contains("team/new"), "{}", asked.out);
    let json = case.run(&["access", "shop.yaml", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let rows = json["platforms"][0]["permissions"].as_array().expect("rows");
    let of_team = rows.iter().filter(|row| row["repository_name"] == "team/*").count();
    assert_eq!(of_team, 3, "ci, nodes, partners: {rows:#?}");
}

/// `all` of an assertion includes what ECR will create: a promise about pushes is a promise about these repositories too.
#[test]
fn assertions_cover_them() {
    let assert = |claim: &str| shop(format!("{SPEC}assert: {{ it holds: {{ {claim} }} }}\n")).codes();
    assert_eq!(assert("can: [push], only: [ci]"), [""; 0]);
    assert_eq!(assert("can: [pull], only: [ci, nodes], repositories: [cart]"), [""; 0]);
    assert_eq!(assert("can: [pull], only: [ci, nodes]"), ["failed-assertion"], "partners pull from team/*");
    assert_eq!(assert("can: [pull], only: [ci, nodes], repositories: [team]"), ["failed-assertion"]);
    assert_eq!(assert("have: { encryption: aes256 }, repositories: [cart, team]"), [""; 0]);
    assert_eq!(assert("have: { encryption: aes256 }"), ["failed-assertion"], "team/data has a key");
    assert_eq!(assert("have: { deletion_protection: true }"), [""; 0], "no setting of a template");
}

#[test]
fn expectations_and_simulations_use_the_lifecycle_policy_of_the_template() {
    let expect = |repository: &str, is: &str| {
        let line =
            format!("expect: {{ it stays: {{ repository: {repository}, tag: v1.0.0, age: 400d, is: {is} }} }}\n");
        shop(format!("{SPEC}{line}")).codes()
    };
    assert_eq!(expect("team", "kept"), [""; 0]);
    assert_eq!(expect("team", "expired"), ["failed-expectation"]);
    let case = Case::new().file("shop.yaml", format!("{HEAD}{SPEC}"));
    let schedule = ["simulate", "shop.yaml", "--repository", "team/new", "--schedule", "release: 1/day for 30d"];
    let outcome = case.run(&schedule);
    assert!(outcome.out.contains("team/new"), "{}{}", outcome.out, outcome.err);
}

/// With a boundary, roles can do below the prefix what their policies grant, and the role of ECR can create repositories.
#[test]
fn the_boundary_covers_them() {
    let compiled = shop(format!("{SPEC}workspace: {{ organization: acme }}\n"));
    assert_eq!(compiled.codes(), [""; 0]);
    let policies = compiled.policies();
    let permissions = [EffectivePermissions::of(&policies)];
    for (action, wanted) in [("push", true), ("create", true), ("delete", false)] {
        let query = Query { principal: "ci", action, repository: "team/new" };
        assert_eq!(query.answer(&permissions).expect("an answer").is_yes(), wanted, "{action}");
    }
    let boundary =
        compiled.module("shared/ecr-workspace").value("resource aws_iam_policy boundary", "policy").to_string();
    for needed in
        ["repository/team/*", "repository/mirror/*", "ecr:ReplicateImage", "kms:CreateGrant", "kms:ViaService"]
    {
        assert!(boundary.contains(needed), "{needed}: {boundary}");
    }
}
