//! `workspace.policies`: existing policies that are attached to the roles of the runs.

use crate::harness::{Case, HEAD, shop};

const READ: &str = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const SHARED: &str = "repositories: { cart: {} }\nterraform: { root: shared }\n";

fn workspace(policies: &str) -> String {
    format!("workspace: {{ organization: acme, policies: {policies} }}\n")
}

/// IAM does not attach a policy twice, and its order does not matter, so labels come from names.
#[test]
fn policies_are_attached_to_the_role_of_their_phase() {
    let policies = format!(
        "{{ plan: [\"{READ}\"], apply: [\"arn:aws:iam::123456789012:policy/a/b+c\", \"arn:aws:iam::123456789012:policy/b+c\", \
         {{ variable: cluster }}] }}"
    );
    let compiled = shop(format!("{SHARED}{}", workspace(&policies)));
    assert_eq!(compiled.codes(), [""; 0]);
    let module = compiled.module("shared/ecr-workspace");
    let attached = |label: &str| {
        let head = format!("resource aws_iam_role_policy_attachment {label}");
        let text = |argument: &str| module.value(&head, argument).as_str().expect("a text").to_owned();
        (text("role"), text("policy_arn"))
    };
    let role = |phase: &str| format!("${{aws_iam_role.{phase}.name}}");
    assert_eq!(attached("plan_ReadOnlyAccess"), (role("plan"), READ.to_owned()));
    assert_eq!(attached("apply_b-x2b-c"), (role("apply"), "arn:aws:iam::123456789012:policy/a/b+c".to_owned()));
    assert_eq!(attached("apply_b-x2b-c-2"), (role("apply"), "arn:aws:iam::123456789012:policy/b+c".to_owned()));
    assert_eq!(attached("apply_cluster"), (role("apply"), "${var.cluster}".to_owned()));
    assert!(module.find("variable cluster").is_some());
    assert!(module.find("resource tfe_variable cluster").is_none(), "the root module does not need it");
    assert!(compiled.module("shared/ecr").find("variable cluster").is_none());
}

/// A variable that the root module needs too is passed on.
#[test]
fn a_variable_of_both_modules_is_passed_on() {
    for order in ["plan", "apply"] {
        let compiled = shop(format!(
            "repositories: {{ cart: {{}} }}\niam: {{ permissions_boundary: {{ variable: guard }} }}\n{}",
            workspace(&format!("{{ {order}: [{{ variable: guard }}] }}"))
        ));
        assert!(compiled.module("shared/ecr-workspace").find("resource tfe_variable guard").is_some());
        assert!(compiled.module("shared/ecr").find("variable guard").is_some());
    }
}

/// Each phase needs permissions for the other files of a shared root module.
#[test]
fn a_shared_root_module_without_policies_is_found() {
    let message = |rest: &str| {
        let found = shop(format!("{SHARED}{rest}"));
        found.findings().iter().map(|one| format!("{}: {}", one.code.name, one.message)).collect::<Vec<_>>()
    };
    let both = "shared-root-runs: runs of the workspace can only use the AWS resources that ecrgen generates";
    assert_eq!(message("workspace: { organization: acme }\n"), [both]);
    let plan = workspace(&format!("{{ apply: [\"{READ}\"] }}"));
    assert_eq!(message(&plan), [both.replace("runs: runs", "runs: plan runs")]);
    assert_eq!(message(&workspace(&format!("{{ plan: [\"{READ}\"], apply: [\"{READ}\"] }}"))), [""; 0]);
    assert_eq!(message(""), [""; 0], "no workspace");
    let own = "repositories: { cart: {} }\nworkspace: { organization: acme }\n";
    assert_eq!(shop(own).codes(), [""; 0]);
}

#[test]
fn policies_of_another_account_or_too_many_are_refused() {
    let other = workspace("{ plan: [\"arn:aws:iam::222222222222:policy/a\"] }");
    let found = shop(format!("account: \"111111111111\"\nrepositories: {{ cart: {{}} }}\n{other}"));
    assert_eq!(found.codes(), ["arn-elsewhere"]);
    let many = |count: usize| {
        let arns: Vec<String> = (0..count).map(|i| format!("\"arn:aws:iam::123456789012:policy/p{i}\"")).collect();
        shop(format!("repositories: {{ cart: {{}} }}\n{}", workspace(&format!("{{ apply: [{}] }}", arns.join(", ")))))
    };
    assert_eq!(many(9).codes(), [""; 0]);
    let found = many(10);
    assert_eq!(found.codes(), ["policy-too-large"]);
    assert!(found.message().starts_with("the role of apply runs would need 11 policies"), "{}", found.message());
    let reference = shop(format!("{SHARED}{}", workspace("{ plan: [{ ref: aws_iam_policy.a.arn }] }")));
    assert!(reference.codes().contains(&"reference-outside-of-root-module"));
}

/// ecrgen does not know what the policies allow, and every report that could show less than the truth says so.
#[test]
fn reports_name_the_policies_that_they_do_not_know() {
    let spec = format!("{HEAD}{SHARED}{}", workspace(&format!("{{ plan: [\"{READ}\"], apply: [\"{READ}\"] }}")));
    let case = Case::new().file("shop.yaml", &spec);
    for format in ["text", "markdown"] {
        let said = case.run(&["access", "shop.yaml", "--format", format]).out;
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ").replace('\\', "");
        let words = format!("can also do what `{READ}` allows, which ecrgen does not know");
        assert_eq!(said.matches(&words).count(), 2, "{said}");
    }
    let json = case.run(&["access", "shop.yaml", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["platforms"][0]["principals"][0]["unjudged_policies"], serde_json::json!([READ]));
    assert_eq!(json["platforms"][0]["principals"][0]["attached_policies"], 2);
    let answer = case.run(&["access", "shop.yaml", "--can", "apply", "push", "cart"]);
    assert_eq!(answer.status, 1);
    assert!(answer.out.contains("it can also do what"), "{}", answer.out);
    let readme = shop(spec.replace(HEAD, "")).files().remove("shared/ecr-workspace/README.md").expect("a README");
    assert!(
        readme.contains(&format!("- plan role: {READ}")) && !readme.contains("Other resources in the folder"),
        "{readme}"
    );
    let without = shop(format!("{SHARED}workspace: {{ organization: acme }}\n"));
    let readme = without.files().remove("shared/ecr-workspace/README.md").expect("a README");
    assert!(readme.contains("Other resources in the folder"), "{readme}");
}
