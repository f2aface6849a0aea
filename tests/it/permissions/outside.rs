//! Repositories outside of the spec, which entries name by ARN.

use ecrgen::permissions::EffectivePermissions;

use crate::harness::{Case, Compiled};

const DEV: &str = "arn:aws:ecr:eu-central-1:222222222222:repository/cart";
const OWN: &str = "arn:aws:ecr:eu-west-1:111111111111:repository/tools";

/// prod's nodes and builders pull from dev, and from another region of their own account.
fn prod(rest: &str) -> String {
    format!(
        "platform: shop\nenvironment: prod\nregion: eu-central-1\nrepositories: {{ cart: {{}} }}\naccess:\n  \
         nodes: {{ can: [pull], repositories: [cart, \"{DEV}\"], node_roles: [eks-node] }}\n  \
         builders: {{ can: [push], repositories: [\"{OWN}\"], assumed_by: [\"arn:aws:iam::111111111111:role/b\"] }}\n{rest}"
    )
}

const ACCOUNT: &str = "account: \"111111111111\"\n";

#[test]
fn the_identity_policy_names_the_arn() {
    let module = Compiled::of(prod(ACCOUNT)).module("prod/ecr");
    let policy = |entry: &str| module.value(&format!("resource aws_iam_policy {entry}"), "policy").to_string();
    assert!(policy("nodes").contains(DEV) && policy("nodes").contains("aws_ecr_repository.cart.arn"));
    assert!(policy("builders").contains(OWN) && !policy("builders").contains("cart"));
}

/// The boundary of the workspace's roles allows what their policies grant; attached policies have no boundary.
#[test]
fn roles_with_a_boundary_can_use_them() {
    for workspace in ["", "workspace: { organization: acme }\n"] {
        let compiled = Compiled::of(prod(&format!("{ACCOUNT}{workspace}")));
        let policies = compiled.policies();
        let permissions = EffectivePermissions::of(&policies);
        let found: Vec<String> = permissions
            .outside
            .iter()
            .flat_map(|outside| {
                outside.principals(&permissions).map(|(principal, granted)| {
                    let verbs: Vec<&str> = granted.verbs().map(|verb| verb.name()).collect();
                    format!("{} can {} on {}", principal.name, verbs.join(", "), outside.arn)
                })
            })
            .collect();
        assert_eq!(found.len(), 2, "{workspace}: {found:?}");
        for line in [format!("nodes can pull on {DEV}"), format!("builders can push on {OWN}")] {
            assert!(found.contains(&line), "{workspace}: {found:?}");
        }
    }
}

/// IAM user guide, "Cross-account policy evaluation logic": both accounts must allow the request.
#[test]
fn says_that_the_other_account_must_allow_it_too() {
    let note = "account 222222222222 must also allow this access in the policy of its repository";
    assert_eq!(Compiled::of(prod(ACCOUNT)).messages(), [note]);
    let unknown = Compiled::of(prod(""));
    assert_eq!(unknown.codes(), ["repository-of-another-account"; 2]);
    assert!(unknown.messages().iter().all(|message| message.ends_with("unless it is the account of this spec")));
    let case = Case::new().file("prod.yaml", prod(ACCOUNT));
    for format in ["text", "markdown"] {
        let text = case.run(&["access", "prod.yaml", "--format", format]).out;
        assert_eq!(text.matches("must also allow this in the policy of its repository").count(), 1, "{text}");
        assert!(text.contains("repository/tools (outside of this spec)"), "{text}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&case.run(&["access", "prod.yaml", "--format", "json"]).out).expect("JSON");
    let outside = &json["platforms"][0]["outside"];
    assert_eq!((&outside[0]["repository"], &outside[0]["repository_name"]), (&DEV.into(), &"cart".into()));
}

/// An ARN only works in an identity policy, and within one partition.
#[test]
fn refuses_arns_that_no_policy_of_the_spec_can_grant_access_to() {
    for principal in ["accounts: [\"333333333333\"]", "lambda: { functions: [f] }", "codebuild: { projects: [ab] }"] {
        let entry = format!("{ACCOUNT}  other: {{ can: [pull], repositories: [cart, \"{OWN}\"], {principal} }}\n");
        let spec = prod("").replace("access:\n", &format!("access:\n{}", entry.trim_start_matches(ACCOUNT)));
        assert!(Compiled::of(spec + ACCOUNT).codes().contains(&"repository-out-of-reach"), "{principal}");
    }
    let elsewhere = prod(ACCOUNT).replace(DEV, "arn:aws-cn:ecr:cn-north-1:222222222222:repository/cart");
    assert!(Compiled::of(elsewhere).codes().contains(&"repository-out-of-reach"));
}

/// A pattern of `workspace.manages` covers repositories that the spec does not have. They are listed with what the runs can do.
#[test]
fn repositories_that_match_a_pattern_are_listed() {
    let workspace = |manages: &str| format!("workspace: {{ organization: acme, manages: {manages} }}\n");
    let spec = |manages: &str| {
        format!(
            "platform: shop\nenvironment: prod\nregion: eu-central-1\nrepositories: {{ shop-cart: {{}} }}\n{}access: {{ ci: {{ \
             can: [push], repositories: all, assumed_by: [\"arn:aws:iam::111111111111:role/b\"] }} }}\n",
            workspace(manages)
        )
    };
    let case = Case::new().file("exact.yaml", spec("[shop-cart]")).file("pattern.yaml", spec("[\"shop-*\"]"));
    assert!(!case.run(&["access", "exact.yaml"]).out.contains("outside of this spec"));
    let said = case.run(&["access", "pattern.yaml"]).out;
    let table = said.split("\n\n").find(|part| part.contains("outside of this spec"));
    assert_eq!(table, Some("Access to other repositories named shop-* (outside of this spec)"), "{said}");
    let rows: Vec<&str> = said.split("(outside of this spec)\n\n").nth(1).expect("a table").lines().collect();
    let is_first = |row: &&&str| row.starts_with("  ") && !row.starts_with("   ");
    let names: Vec<&str> = rows.iter().filter(is_first).filter_map(|row| row.split_whitespace().next()).collect();
    assert_eq!(names[..3], ["principal", "plan", "apply"], "{said}");
    assert!(rows.iter().any(|row| row.contains("PutLifecyclePolicy")), "{said}");
    assert!(said.contains("includes repositories that others created"), "{said}");
    let json = case.run(&["access", "pattern.yaml", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let row = &json["platforms"][0]["outside"][1];
    assert_eq!(row["repository"], "arn:aws:ecr:eu-central-1:ACCOUNT_ID:repository/shop-*");
    assert_eq!((&row["principal"], &row["repository_name"]), (&"apply".into(), &"shop-*".into()));
}
