//! What a spec says about itself has to be so: references, names, limits that only resolving can see.

use crate::harness::{Case, HEAD, shop};

#[test]
fn an_output_shows_only_what_the_root_module_knows() {
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
fn an_output_of_an_entry_without_the_value_names_those_that_have_it() {
    let access = "repositories: { aa: {} }\naccess:\n  n: { can: [pull], repositories: all, node_roles: [n] }\n  \
                  x: { can: [pull], repositories: all, accounts: [\"111122223333\"] }\n";
    let role = "  d: { can: [pull], repositories: all, assumed_by: [\"arn:aws:iam::111122223333:role/d\"] }\n";
    let help = |access: &str, output: &str| {
        let spec = format!("{HEAD}{access}outputs: {{ arn: {output} }}\n");
        let out = Case::new().file("spec.yaml", spec).run(&["lint", "spec.yaml"]).out;
        let help = out.lines().find_map(|line| line.trim_start().strip_prefix("= help: "));
        help.unwrap_or_else(|| panic!("{out}")).to_owned()
    };
    assert_eq!(help(access, "access.n.role_arn"), "there are no access entries with one role");
    assert_eq!(help(&format!("{access}{role}"), "access.n.role_arn"), "did you mean `d`?");
    assert_eq!(help(access, "access.x.policy_arn"), "did you mean `n`?");
}

#[test]
fn state_moves_from_a_key_that_nobody_has_to_one_repository() {
    assert_eq!(shop("repositories: { aa: { was: zz } }\n").codes(), [""; 0]);
    assert_eq!(shop("repositories: { aa: { was: aa } }\n").codes(), ["bad-earlier-key"]);
    assert_eq!(shop("repositories: { aa: { was: bb }, bb: {} }\n").codes(), ["bad-earlier-key"]);
    assert_eq!(shop("repositories: { aa: { was: zz }, bb: { was: zz } }\n").codes(), ["bad-earlier-key"]);
}

#[test]
fn what_belongs_to_one_repository_is_no_default() {
    assert_eq!(shop("repositories: { aa: {} }\nrepository_defaults: { name: shop-a }\n").codes(), ["not-a-default"]);
    assert_eq!(shop("repositories: { aa: {} }\nrepository_defaults: { was: zz }\n").codes(), ["not-a-default"]);
}

#[test]
fn a_provider_that_nothing_means_is_refused() {
    assert_eq!(shop("repositories: {}\noidc_providers: { githb: create }\n").codes(), ["unknown-oidc-provider"]);
}

#[test]
fn a_spec_may_be_for_other_versions() {
    assert_eq!(shop("repositories: {}\necrgen: \">= 0.1\"\n").codes(), [""; 0]);
    assert_eq!(shop("repositories: {}\necrgen: \">= 99\"\n").codes(), ["other-version"]);
}

/// S3 takes 63 characters in a bucket's name, IAM 64 in a role's.
#[test]
fn names_of_our_own_are_measured_too() {
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
fn a_clusters_provider_is_made_where_the_spec_says_so() {
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
fn a_waiver_of_one_repository_is_none_of_another_whose_key_goes_on_after_a_dot() {
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
