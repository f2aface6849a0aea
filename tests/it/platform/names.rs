//! Names and paths of roles and policies. Limits: IAM API reference, `roleNameType` (64), `policyNameType` (128),
//! `pathType` (512).

use crate::harness::{Compiled, shop};

const DEVELOPERS: &str = "repositories: { web: {} }\naccess:\n  developers: { can: [pull, read], repositories: all, \
                          assumed_by: [\"arn:aws:iam::123456789012:role/Developer\"] }\n";
const WORKSPACE: &str = "workspace: { organization: acme }\n";

fn paths(rest: &str, folder: &str) -> Vec<String> {
    let module = shop(rest).module(folder);
    let heads = [module.heads("resource aws_iam_role "), module.heads("resource aws_iam_policy ")].concat();
    heads.iter().map(|head| module.value(head, "path").as_str().expect("a text").to_owned()).collect()
}

#[test]
fn roles_and_policies_have_the_path_of_the_platform() {
    assert_eq!(paths(DEVELOPERS, "shared/ecr"), ["/shop/shared/", "/shop/shared/"]);
    let written = format!("{DEVELOPERS}iam: {{ path: \"/teams/{{platform}}/{{region}}/\" }}\n");
    assert_eq!(paths(&written, "shared/ecr"), ["/teams/shop/eu-central-1/", "/teams/shop/eu-central-1/"]);
    assert_eq!(paths(&format!("{DEVELOPERS}iam: {{ path: / }}\n"), "shared/ecr"), ["/", "/"]);
}

#[test]
fn the_bootstrap_module_uses_a_separate_path() {
    let written = format!("{DEVELOPERS}{WORKSPACE}iam: {{ path: /teams/shop/ }}\n");
    assert_eq!(paths(&written, "shared/ecr"), ["/teams/shop/", "/teams/shop/"]);
    for path in paths(&written, "shared/ecr-workspace") {
        assert_eq!(path, "/hcp-terraform/teams/shop/");
    }
}

/// A path can have 512 characters. The path of the roles for runs has 14 more: `/hcp-terraform`.
#[test]
fn limits_the_length_of_a_path() {
    let path = |length: usize| format!("iam: {{ path: /{}/ }}\n", "p".repeat(length - 2));
    for (length, wanted) in [(511, &[][..]), (512, &[]), (513, &["bad-iam-path"])] {
        assert_eq!(shop(format!("{DEVELOPERS}{}", path(length))).codes(), wanted, "{length}");
    }
    for (length, wanted) in [(497, &[][..]), (498, &[]), (499, &["bad-iam-path"])] {
        assert_eq!(shop(format!("{DEVELOPERS}{WORKSPACE}{}", path(length))).codes(), wanted, "{length}");
    }
}

#[test]
fn rejects_a_shared_path_with_a_workspace() {
    let path = |path: &str| shop(format!("{DEVELOPERS}{WORKSPACE}iam: {{ path: {path} }}\n")).codes();
    for of_aws in [
        "/aws-reserved/",
        "/aws-service-role/",
        "/service-role/",
        "/aws-reserved/sso.amazonaws.com/",
        "/service-role/a/",
    ] {
        assert_eq!(path(of_aws), ["bad-iam-path"], "{of_aws}");
    }
    assert_eq!(path("/service-roles/"), [""; 0]);
    assert_eq!(path("/"), ["shared-iam-path"]);
    assert_eq!(path("/hcp-terraform/"), ["shared-iam-path"], "the path of the roles for runs");
    assert_eq!(
        path("/hcp-terraform/mill/shared/"),
        ["shared-iam-path"],
        "the path of the roles for runs of another workspace"
    );
    assert_eq!(path("/hcp-terraforms/"), [""; 0]);
}

#[test]
fn rejects_a_path_placeholder_without_a_value() {
    let path = "iam: { path: \"/{account}/\" }\n";
    assert_eq!(shop(format!("{DEVELOPERS}{path}")).codes(), ["placeholder-without-value"]);
    assert_eq!(shop(format!("{DEVELOPERS}account: \"123456789012\"\n{path}")).codes(), [""; 0]);
}

#[test]
fn limits_the_length_of_role_and_policy_names() {
    let names = |role: usize, policy: usize| {
        let (role, policy) = ("r".repeat(role), "p".repeat(policy));
        shop(format!("{DEVELOPERS}names: {{ role: {role}, policy: {policy} }}\n")).codes()
    };
    assert_eq!(names(63, 127), [""; 0]);
    assert_eq!(names(64, 128), [""; 0]);
    assert_eq!(names(65, 128), ["bad-iam-name"]);
    assert_eq!(names(64, 129), ["bad-iam-name"]);
}

/// A path is written under `iam.path`, because IAM does not allow a slash in a name.
#[test]
fn rejects_a_path_in_a_role_name() {
    let found = shop(format!("{DEVELOPERS}names: {{ role: \"shop/{{access}}\" }}\n"));
    assert_eq!(found.codes()[0], "bad-iam-name");
    assert_eq!(found.messages()[0], "IAM does not allow `/` in the name of a role");
}

/// The name consists of the template, a hyphen, and the namespace and name of the service account.
#[test]
fn limits_the_length_of_service_account_role_names() {
    let spec = |role: usize| {
        format!(
            "repositories: {{ web: {{}} }}\nnames: {{ role: {}, policy: \"{{access}}\" }}\naccess:\n  \
             nodes: {{ can: [pull], repositories: all, node_roles: [node] }}\n  \
             pods: {{ can: [pull], repositories: all, irsa: {{ cluster: main, service_accounts: [shop/cart] }} }}\n",
            "r".repeat(role)
        )
    };
    assert_eq!(shop(spec(53)).codes(), [""; 0], "53 characters and the ten of `-shop-cart`");
    assert_eq!(shop(spec(54)).codes(), [""; 0]);
    assert_eq!(shop(spec(55)).codes(), ["bad-iam-name"]);
}

/// What the account is, is not known. The error about it is the only one.
#[test]
fn an_account_with_an_error_makes_nothing_defined_twice() {
    for account in ["111111111111", "[\"111111111111\"]", "\"1111-1111-1111\""] {
        let compiled = Compiled::of(format!(
            "platform: shop\nregion: eu-central-1\nrepositories: {{ cart: {{}} }}\noidc_providers: {{ github: create }}\n\
             environments:\n  dev: {{ account: {account} }}\n  prod: {{ account: \"222222222222\" }}\n"
        ));
        assert_eq!(compiled.errors().len(), 1, "{account}: {:?}", compiled.messages());
    }
}
