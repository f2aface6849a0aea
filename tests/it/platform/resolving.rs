//! References, names and limits that only resolving can check.

use crate::harness::{Case, HEAD, shop};

#[test]
fn rejects_an_output_of_something_unknown() {
    let irsa = "repositories: { aa: {} }\naccess:\n  n: { can: [pull], repositories: all, node_roles: [n] }\n  \
                p: { can: [pull], repositories: all, irsa: { cluster: main, service_accounts: [x/y, x/z] } }\n";
    assert_eq!(shop(format!("{irsa}outputs: {{ arn: oidc_providers.main.arn }}\n")).codes(), [""; 0]);
    assert_eq!(shop(format!("{irsa}outputs: {{ arn: oidc_providers.github.arn }}\n")).codes(), [""; 0]);
    assert_eq!(shop(format!("{irsa}outputs: {{ arn: oidc_providers.nope.arn }}\n")).codes(), ["unknown-output"]);
    assert_eq!(shop(format!("{irsa}outputs: {{ arn: oidc_providers.hcp.arn }}\n")).codes(), ["unknown-output"]);
    assert_eq!(shop(format!("{irsa}outputs: {{ arn: access.p.role_arn }}\n")).codes(), ["unknown-output"]);
    assert_eq!(shop(format!("{irsa}outputs: {{ arn: access.q.policy_arn }}\n")).codes(), ["unknown-output"]);
}

#[test]
fn says_what_to_do_if_an_entry_lacks_the_value_of_an_output() {
    let access = "repositories: { aa: {} }\naccess:\n  n: { can: [pull], repositories: all, node_roles: [n] }\n  \
                  x: { can: [pull], repositories: all, accounts: [\"111122223333\"] }\n";
    let role = "  d: { can: [pull], repositories: all, assumed_by: [\"arn:aws:iam::111122223333:role/d\"] }\n";
    let help = |access: &str, output: &str| {
        let spec = format!("{HEAD}{access}outputs: {{ arn: {output} }}\n");
        let out = Case::new().file("spec.yaml", spec).run(&["lint", "spec.yaml"]).out;
        let help = out.lines().skip_while(|line| !line.starts_with("error[unknown-output]"));
        let help = help.into_iter().find_map(|line| line.trim_start().strip_prefix("= help: "));
        help.unwrap_or_else(|| panic!("{out}")).to_owned()
    };
    let pods = "  p: { can: [push], repositories: all, irsa: { cluster: main, service_accounts: [x/y, x/z] } }\n";
    // The name of the entry is right, so the help does not suggest another one.
    let elsewhere = "remove this output, and refer to the principal where it is managed";
    assert_eq!(help(&format!("{access}{role}"), "access.n.role_arn"), elsewhere);
    assert_eq!(help(access, "access.x.policy_arn"), "remove this output");
    let all = "write `role_arns`, which contains the ARN of each role";
    assert_eq!(help(&format!("{access}{pods}"), "access.p.role_arn"), all);
    assert_eq!(help(&format!("{access}{role}"), "access.e.role_arn"), "did you mean `d`?");
}

/// A misspelled key is one mistake, not also a missing key.
#[test]
fn a_misspelled_required_key_is_one_error() {
    assert_eq!(shop("workspace: { organisation: acme }\n").codes(), ["unknown-key"]);
    assert_eq!(
        shop("registry: {}\naccess: { a: { can: [pull], repository: [b], roles: [r] } }\n").codes(),
        ["unknown-key"]
    );
    assert_eq!(shop("workspace: { organization: acme, organisation: b }\n").codes(), ["unknown-key"]);
    assert_eq!(shop("workspace: { projekt: a }\n").codes(), ["missing-key", "unknown-key"], "another key");
}

/// Terraform reads what is declared: no data source is without a use.
#[test]
fn declares_no_account_that_the_spec_names() {
    let access = "repositories: { aa: {} }\naccess: { x: { can: [push], repositories: all, irsa: { cluster: c, service_accounts: [a/b] } } }\n";
    for (rest, is_declared) in [
        ("", true),
        ("account: \"111122223333\"\n", false),
        ("account: \"111122223333\"\nworkspace: { organization: acme }\n", false),
        ("account: \"111122223333\"\nterraform: { root: shared }\n", true),
    ] {
        let files = shop(format!("{access}{rest}")).files();
        let found = |text: &str| files.iter().any(|(path, file)| path.ends_with(".tf") && file.contains(text));
        assert_eq!(found("data \"aws_caller_identity\""), is_declared, "{rest}");
        assert_eq!(found("data.aws_caller_identity."), is_declared, "{rest}");
    }
}

#[test]
fn rejects_an_earlier_key_that_exists_or_is_used_twice() {
    assert_eq!(shop("repositories: { aa: { was: zz } }\n").codes(), [""; 0]);
    assert_eq!(shop("repositories: { aa: { was: aa } }\n").codes(), ["bad-earlier-key"]);
    assert_eq!(shop("repositories: { aa: { was: bb }, bb: {} }\n").codes(), ["bad-earlier-key"]);
    assert_eq!(shop("repositories: { aa: { was: zz }, bb: { was: zz } }\n").codes(), ["bad-earlier-key"]);
}

#[test]
fn rejects_defaults_that_apply_to_one_repository() {
    assert_eq!(shop("repositories: { aa: {} }\nrepository_defaults: { name: shop-a }\n").codes(), ["not-a-default"]);
    assert_eq!(shop("repositories: { aa: {} }\nrepository_defaults: { was: zz }\n").codes(), ["not-a-default"]);
    assert_eq!(shop("repositories: { aa: {} }\nrepository_defaults: { replace: x }\n").codes(), ["not-a-default"]);
}

#[test]
fn rejects_an_unknown_oidc_provider() {
    assert_eq!(shop("repositories: {}\noidc_providers: { githb: create }\n").codes(), ["unknown-oidc-provider"]);
}

#[test]
fn rejects_a_spec_for_another_version() {
    assert_eq!(shop("repositories: {}\necrgen: \">= 0.1\"\n").codes(), [""; 0]);
    assert_eq!(shop("repositories: {}\necrgen: \">= 99\"\n").codes(), ["other-version"]);
}

/// S3 allows 63 characters in a bucket name, and IAM allows 64 in a role name.
#[test]
fn limits_the_length_of_bucket_and_run_role_names() {
    let long = "a".repeat(40);
    let spec = |platform: &str, rest: &str| {
        let text =
            format!("platform: {platform}\nenvironment: shared\nregion: eu-central-1\nrepositories: {{}}\n{rest}");
        let outcome = Case::new().file("spec.yaml", text).run(&["lint", "spec.yaml"]);
        outcome.out.lines().next().unwrap_or_default().to_owned()
    };
    let trail = "monitoring: { audit_trail: { bucket: create } }\n";
    assert_eq!(spec("shop", trail), "");
    assert!(spec(&long, trail).starts_with("error[bad-bucket-name]"));
    let workspace = "workspace: { organization: shop-inc }\n";
    assert_eq!(spec("shop", workspace), "");
    assert!(spec(&"a".repeat(44), workspace).starts_with("error[bad-iam-name]"));
}

#[test]
fn creates_the_oidc_provider_of_a_cluster() {
    let spec = "repositories: { aa: {} }\noidc_providers: { main-cluster: create }\naccess:\n  \
                n: { can: [pull], repositories: all, node_roles: [n] }\n  \
                p: { can: [pull], repositories: all, irsa: { cluster: main-cluster, service_accounts: [x/y] } }\n";
    let case = Case::new().file("spec.yaml", format!("{HEAD}{spec}"));
    assert_eq!(case.run(&["render", "spec.yaml"]).status, 0);
    let body: hcl::Body = hcl::from_str(&case.read("shared/ecr/oidc_providers.tf")).expect("HCL");
    let labels: Vec<_> = body.blocks().flat_map(|block| block.labels().iter().map(|label| label.as_str())).collect();
    assert_eq!(labels, ["aws_iam_openid_connect_provider", "main_cluster"]);
    assert!(case.read("shared/ecr/access_p.tf").contains("= aws_iam_openid_connect_provider.main_cluster.arn"));
}

#[test]
fn a_waiver_does_not_apply_to_a_repository_whose_key_continues_after_a_dot() {
    let shared = "{ services: [x, y], retention: [{ keep: 5, of: tagged }] }";
    let spec = |at: &str| {
        format!(
            "repositories: {{ aa: {shared}, aa.bb: {shared} }}\n\
             waive: {{ shared-retention-count: {{ at: [{at}], reason: agreed }} }}\n"
        )
    };
    assert_eq!(shop(spec("repositories")).codes(), [""; 0]);
    assert_eq!(shop(spec("repositories.aa, repositories.aa.bb")).codes(), [""; 0]);
    assert_eq!(shop(spec("repositories.aa")).codes(), ["shared-retention-count"]);
    assert_eq!(shop(spec("repositories.aa.bb")).codes(), ["shared-retention-count"]);
}
