//! What a change would do to the bootstrap module: the workspace, the roles of its runs and their boundary.

use super::guard::{accepted, committed, refused};
use crate::harness::Case;

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: { cart: {} }\n";
const WORKSPACE: &str = "workspace: { organization: acme }\n";
const CI: &str =
    "access: { ci: { can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:role/a\"] } }\n";
const BOUNDARY: &str = "aws_iam_policy.boundary";

fn spec(rest: &str) -> String {
    format!("{HEAD}{WORKSPACE}{CI}{rest}")
}

/// The `removed` blocks of a module: what they are from, and whether they destroy it.
fn removed_blocks(case: &Case, folder: &str) -> Vec<(String, String)> {
    let path = format!("out/{folder}/removed.tf");
    if !case.path(&path).exists() {
        return Vec::new();
    }
    let body = hcl::parse(&case.read(&path)).expect("HCL");
    let argument = |body: &hcl::Body, key| {
        body.attributes().find(|attribute| attribute.key() == key).expect("an argument").expr().to_string()
    };
    let blocks = body.blocks().map(|block| {
        let lifecycle = block.body.blocks().next().expect("a lifecycle block");
        (argument(&block.body, "from"), argument(&lifecycle.body, "destroy"))
    });
    blocks.collect()
}

/// Roles of the root module refer to the boundary, and the apply role can create no role without it.
#[test]
fn a_lost_boundary_is_refused() {
    let existing = "iam: { permissions_boundary: \"arn:aws:iam::123456789012:policy/guard\" }\n";
    let words = ["resource-lost", "`aws_iam_policy.boundary`", "the roles of the root module depend on it"];
    refused(&committed(&spec("")), &spec(existing), &words);
    let case = committed(&spec(""));
    accepted(&case, &spec(&format!("{existing}removed: {{ {BOUNDARY}: retain }}\n")));
    assert_eq!(removed_blocks(&case, "shared/ecr-workspace"), [(BOUNDARY.to_owned(), "false".to_owned())]);
    assert_eq!(removed_blocks(&case, "shared/ecr"), []);
}

#[test]
fn a_replaced_boundary_is_refused() {
    let path = "iam: { path: /registry/ }\n";
    let words = [
        "resource-replaced",
        "the path of `aws_iam_policy.boundary` changes from /hcp-terraform/shop/shared/ to /hcp-terraform/registry/",
        "terraform state rm aws_iam_policy.boundary",
    ];
    refused(&committed(&spec("")), &spec(path), &words);
    let case = committed(&spec(""));
    accepted(&case, &spec(&format!("{path}removed: {{ {BOUNDARY}: retain }}\n")));
    assert_eq!(removed_blocks(&case, "shared/ecr-workspace"), [], "the new boundary has the same address");
}

/// The root module may have a policy at the same address, for an access entry. The next apply creates it again.
#[test]
fn another_policy_with_this_label_may_be_lost() {
    let entry = CI.replace("ci:", "boundary:");
    accepted(&committed(&format!("{HEAD}{entry}")), HEAD);
}

#[test]
fn without_a_workspace_the_boundary_is_named_like_the_workspace() {
    let without = format!("{HEAD}{CI}");
    refused(&committed(&spec("")), &without, &["`tfe_workspace.ecr`", "`aws_iam_policy.boundary`", "state-changed"]);
}

/// A role is replaced with a warning: what assumes it must use the new ARN.
#[test]
fn a_replaced_role_of_the_runs_is_a_warning() {
    let case = committed(&spec(""));
    case.write("shop.yaml", spec("iam: { path: /registry/ }\nremoved: { aws_iam_policy.boundary: retain }\n"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    for role in ["aws_iam_role.plan", "aws_iam_role.apply", "aws_iam_role.ci"] {
        assert!(outcome.err.contains(&format!("the path of `{role}` changes")), "{role}: {}", outcome.err);
    }
}

/// The provider that the runs sign in with belongs to the bootstrap module, so its block does too.
#[test]
fn a_retained_provider_of_the_bootstrap_module_is_forgotten_there() {
    let hcp = |source: &str| spec(&format!("oidc_providers: {{ hcp: {source} }}\n"));
    let provider = "aws_iam_openid_connect_provider.hcp";
    refused(&committed(&hcp("create")), &hcp("existing"), &["resource-lost", provider]);
    let case = committed(&hcp("create"));
    accepted(&case, &format!("{}removed: {{ {provider}: retain }}\n", hcp("existing")));
    assert_eq!(removed_blocks(&case, "shared/ecr-workspace"), [(provider.to_owned(), "false".to_owned())]);

    assert_eq!(removed_blocks(&case, "shared/ecr"), [(provider.to_owned(), "false".to_owned())]);
}

/// With a workspace, the bootstrap module creates the provider; without one, the root module does.
#[test]
fn a_provider_of_the_root_module_is_forgotten_there_when_a_workspace_is_added() {
    let runs = "access: { runs: { can: [pull], repositories: all, hcp: { organization: acme, workspace: images, \
                phases: [apply] } } }\noidc_providers: { hcp: create }\n";
    let provider = "aws_iam_openid_connect_provider.hcp";
    let case = committed(&format!("{HEAD}{runs}"));
    let removed = format!("removed: {{ {provider}: retain }}\nterraform: {{ state_was: [folder shared/ecr] }}\n");
    accepted(&case, &format!("{HEAD}{runs}{WORKSPACE}{removed}"));
    assert_eq!(removed_blocks(&case, "shared/ecr"), [(provider.to_owned(), "false".to_owned())]);
    assert_eq!(removed_blocks(&case, "shared/ecr-workspace"), []);
}

/// Nothing is committed yet, so the guard has nothing to compare with.
#[test]
fn the_first_render_says_that_the_bootstrap_module_comes_first() {
    let case = Case::new().file("shop.yaml", spec(""));
    let words = "next: an administrator applies `shared/ecr-workspace`, which gives the runs";
    for expected in [true, false] {
        let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
        assert_eq!((outcome.status, outcome.err.contains(words)), (0, expected), "{}", outcome.err);
    }
}

/// What no role needs is in the bootstrap module too, and no run applies it.
#[test]
fn a_change_of_the_bootstrap_module_is_for_an_administrator() {
    let case = committed(&spec(""));
    let notifies = "{ organization: acme, notifications: { team: { to: slack, url_variable: slack_url } } }";
    let render = |spec: &str| {
        case.write("shop.yaml", spec);
        let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
        assert_eq!(outcome.status, 0, "{}", outcome.err);
        outcome.err
    };
    let words = "next: an administrator applies `shared/ecr-workspace`: no run applies its changes\n";
    let with = spec("").replace("{ organization: acme }", notifies);
    assert!(render(&with).contains(words));
    assert!(!render(&with).contains("next:"), "nothing changed");
    let wider = with.replace("cart: {}", "cart: {}, fair: {}");
    assert!(!render(&wider).contains("next:"), "a finding says it");
    let new = Case::new().file("shop.yaml", &with).run(&["render", "shop.yaml"]);
    assert!(
        new.err.contains(
            "these must exist: app.terraform.io, arn:aws:iam::123456789012:role/a, value of the variable slack_url"
        ),
        "{}",
        new.err
    );
}

/// The manifest has ARNs and names of resource types, and the message is for people.
#[test]
fn what_the_runs_need_permissions_for_is_in_words() {
    let case = committed(&spec(""));
    let provider = "oidc_providers: { github: create }\n";
    case.write("shop.yaml", spec(provider));
    let err = case.run(&["render", "shop.yaml", "--out", "out"]).err;
    let words = "apply `shared/ecr-workspace` before this change: the runs of the workspace need more permissions, for the \
                 resources `oidc-provider/token.actions.githubusercontent.com` of IAM, Terraform resources of type `aws_iam_openid_connect_provider`";
    assert!(err.contains(words), "{err}");
}
