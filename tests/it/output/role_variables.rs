//! Existing roles that a variable or a reference identifies.

use regex_lite::Regex;

use crate::harness::module::{expression, inner, value};
use crate::harness::{Compiled, shop};

/// An entry for the kubelet's role, in a platform of this account.
fn nodes(role: &str, account: &str) -> Compiled {
    shop(format!(
        "{account}repositories: {{ cart: {{}} }}\nworkspace: {{ organization: acme }}\n\
         access: {{ nodes: {{ can: [pull], repositories: all, node_roles: [{role}] }} }}\n"
    ))
}

const HOLDS: &str = "{ variable: node_role_arn, holds: arn }";

/// The regular expression of the validation. The syntax that it needs is the same in RE2, which Terraform uses.
fn accepted(compiled: &Compiled) -> Regex {
    let module = compiled.module("shared/ecr");
    let validation = inner(module.block("variable node_role_arn"), "validation");
    let condition = value(expression(validation, "condition"));
    let condition = condition.as_str().expect("an expression");
    let pattern =
        condition.strip_prefix("${can(regex(\"").and_then(|rest| rest.strip_suffix("\", var.node_role_arn))}"));
    Regex::new(pattern.expect(condition)).expect("a regular expression")
}

/// ARNs as IAM writes them (IAM user guide, "IAM identifiers").
#[test]
fn terraform_accepts_only_arns_of_roles_of_the_account() {
    let anywhere = accepted(&nodes(HOLDS, ""));
    let pinned = accepted(&nodes(HOLDS, "account: \"111111111111\"\n"));
    for (value, is_role, is_ours) in [
        ("arn:aws:iam::111111111111:role/eks-node", true, true),
        ("arn:aws:iam::111111111111:role/service-role/team/eks-node", true, true),
        ("arn:aws:iam::222222222222:role/eks-node", true, false),
        ("arn:aws-cn:iam::111111111111:role/eks-node", false, false),
        ("arn:aws:iam::111111111111:instance-profile/eks-node", false, false),
        ("arn:aws:iam::111111111111:role/", false, false),
        ("arn:aws:sts::111111111111:assumed-role/eks-node/i-0123", false, false),
        ("eks-node", false, false),
        ("", false, false),
    ] {
        assert_eq!((anywhere.is_match(value), pinned.is_match(value)), (is_role, is_ours), "{value}");
    }
}

#[test]
fn the_policy_is_attached_by_the_name_in_the_value() {
    let role = |compiled: &Compiled, folder: &str| {
        compiled
            .module(folder)
            .value("resource aws_iam_role_policy_attachment nodes", "role")
            .as_str()
            .map(str::to_owned)
    };
    assert_eq!(role(&nodes(HOLDS, ""), "shared/ecr").as_deref(), Some("${basename(var.node_role_arn)}"));
    let shared = shop(
        "repositories: { cart: {} }\nterraform: { root: shared }\n\
         access: { nodes: { can: [pull], repositories: all, roles: [{ ref: module.eks.node_role_arn }] } }\n",
    );
    assert_eq!(role(&shared, "shared/ecr").as_deref(), Some("${basename(module.eks.node_role_arn)}"));
}

/// A name needs two patterns, with and without a path. An ARN is the whole resource.
#[test]
fn runs_may_change_only_the_role_with_this_arn() {
    let text = &nodes(HOLDS, "").files()["shared/ecr-workspace/role_apply.tf"];
    assert!(text.contains("\"Resource\" = var.node_role_arn") || text.contains("= var.node_role_arn\n"), "{text}");
    assert!(!text.contains("basename"), "{text}");
    let named = &nodes("{ variable: node_role_arn }", "").files()["shared/ecr-workspace/role_apply.tf"];
    assert!(named.contains("role/*/${basename(var.node_role_arn)}"), "{named}");
}

#[test]
fn one_mention_of_a_variable_with_holds_is_enough() {
    let compiled = shop(
        "repositories: { cart: {} }\naccess:\n  a: { can: [pull], repositories: all, roles: [{ variable: role }] }\n  \
         b: { can: [read], repositories: all, roles: [{ variable: role, holds: arn }] }\n",
    );
    assert_eq!(compiled.errors(), [""; 0]);
    assert_eq!(compiled.files()["shared/ecr/variables.tf"].matches("validation {").count(), 1);
}

#[test]
fn rejects_holds_where_a_value_cannot_be_an_arn() {
    for (role, code) in [
        ("{ variable: role, holds: name }", "unknown-word"),
        ("{ variable: role, holds: arn, default: eks-node }", "malformed"),
        ("{ variable: role, holds: arn, default: \"arn:aws:iam::222222222222:role/x\" }", "arn-elsewhere"),
    ] {
        assert!(nodes(role, "account: \"111111111111\"\n").codes().contains(&code), "{role}");
    }
    assert_eq!(
        shop("repositories: { cart: { scan_on_push: { variable: scan, holds: arn } } }\n").codes(),
        ["unknown-key"]
    );
}
