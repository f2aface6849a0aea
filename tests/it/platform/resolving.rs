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
fn suggests_entries_that_have_the_value_of_an_output() {
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
    assert_eq!(help(access, "access.n.role_arn"), "there are no access entries with one role");
    assert_eq!(help(&format!("{access}{role}"), "access.n.role_arn"), "did you mean `d`?");
    assert_eq!(help(access, "access.x.policy_arn"), "did you mean `n`?");
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
