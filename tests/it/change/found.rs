//! Losses that a trial of the guard found.

use super::guard::{accepted, committed, refused};
use crate::harness::Case;

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";
const WORKSPACE: &str = "workspace: { organization: acme }\n";

pub fn spec(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

/// What `render` says of a change that it accepts.
pub fn said(case: &Case, spec: &str) -> String {
    case.write("shop.yaml", spec);
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    outcome.err
}

/// The policy of the apply role.
fn apply_role(case: &Case) -> String {
    case.read("out/shared/ecr-workspace/role_apply.tf")
}

#[test]
fn another_default_of_a_key_variable_replaces_the_repository() {
    let key = |id: &str| {
        let arn = format!("arn:aws:kms:eu-central-1:123456789012:key/{id}");
        spec(&format!("repositories: {{ cart: {{ encryption: {{ kms: {{ variable: key, default: {arn:?} }} }} }} }}\n"))
    };
    refused(&committed(&key("1")), &key("2"), &["repository-replaced", "encryption of `cart`"]);
}

/// Only an administrator applies the bootstrap module.
#[test]
fn a_removed_resource_of_the_bootstrap_module_gives_the_runs_no_permissions() {
    let base = format!("{WORKSPACE}repositories: {{ cart: {{}} }}\n");
    let case = committed(&spec(&format!("{base}oidc_providers: {{ hcp: create }}\n")));
    let removed = "removed: { aws_iam_openid_connect_provider.hcp: retain, aws_kms_key.ecr: retain }\n";
    accepted(&case, &spec(&format!("{base}oidc_providers: {{ hcp: existing }}\n{removed}")));
    let apply = apply_role(&case);
    assert!(!apply.contains("iam:CreateOpenIDConnectProvider"), "{apply}");
    assert!(!apply.contains("repository/aws_"), "a Terraform address is not the name of a repository: {apply}");
}

#[test]
fn the_key_that_a_repository_had_is_not_its_name() {
    let base = format!("{WORKSPACE}repositories: {{ mail: {{ name: team/mail }} }}\n");
    let case = committed(&spec(&base));
    accepted(&case, &spec(&base.replace("mail: {", "post: { was: mail,")));
    assert!(!apply_role(&case).contains("repository/mail"), "{}", apply_role(&case));
}

/// The provider has the organization of a workspace, and another one replaces the workspace with its state.
#[test]
fn another_organization_replaces_the_workspace() {
    let base = spec(&format!("{WORKSPACE}repositories: {{ cart: {{}} }}\n"));
    let other = base.replace("acme", "example") + "terraform: { state_was: [workspace acme/shop-ecr-shared] }\n";
    refused(
        &committed(&base),
        &other,
        &["resource-replaced", "organization of `tfe_workspace.ecr`", "the state and the run history"],
    );
}

/// Stating the account that a platform is in changes nothing.
#[test]
fn the_account_can_be_stated_and_left_out() {
    let without = spec("repositories: { cart: {} }\nmonitoring: { audit_trail: { bucket: create } }\n");
    let with = format!("{without}account: \"123456789012\"\n");
    let case = committed(&without);
    accepted(&case, &with);
    accepted(&case, &without);
}

#[test]
fn a_name_that_aws_still_has_is_a_warning() {
    for removal in ["retain", "delete"] {
        let before = spec("repositories: { cart: { force_delete: true }, search: {} }\n");
        let after = spec(&format!(
            "repositories: {{ basket: {{ name: cart }}, search: {{}} }}\nremoved: {{ cart: {removal} }}\n"
        ));
        let err = said(&committed(&before), &after);
        assert!(err.contains("returning-repository") && err.contains("write `was: cart` under `basket`"), "{err}");
    }
}

#[test]
fn a_repository_cannot_be_renamed_and_removed() {
    let before = spec("repositories: { cart: {}, search: {} }\n");
    let after = spec("repositories: { basket: { was: cart, name: cart }, search: {} }\nremoved: { cart: retain }\n");
    refused(&committed(&before), &after, &["removed-and-there", "under `was` of `basket`"]);
}

#[test]
fn a_removed_repository_that_returns_is_not_a_dropped_entry() {
    let both = spec("repositories: { cart: {}, search: {} }\n");
    let case = committed(&both);
    said(&case, &spec("repositories: { cart: {} }\nremoved: { search: retain }\n"));
    assert!(!said(&case, &both).contains("removal-dropped"));
    let created = |provider: &str, rest: &str| {
        spec(&format!("repositories: {{ cart: {{}} }}\noidc_providers: {{ github: {provider} }}\n{rest}"))
    };
    let case = committed(&created("create", ""));
    said(&case, &created("existing", "removed: { aws_iam_openid_connect_provider.github: retain }\n"));
    assert!(!said(&case, &created("create", "")).contains("removal-dropped"));
}

/// The roles of the runs name the workspace and the boundary, so both must be known to them first.
#[test]
fn another_boundary_or_workspace_needs_the_bootstrap_module_first() {
    let ci = "access: { ci: { can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:role/a\"] } }\n";
    let base = spec(&format!("{WORKSPACE}repositories: {{ cart: {{}} }}\n{ci}"));
    let boundary = "iam: { permissions_boundary: \"arn:aws:iam::123456789012:policy/x\" }\nremoved: { aws_iam_policy.boundary: retain }\n";
    let err = said(&committed(&base), &format!("{base}{boundary}"));
    assert!(
        err.contains("bootstrap-first") && err.contains("the permissions boundary arn:aws:iam::123456789012:policy/x"),
        "{err}"
    );
    let renamed = base.replace("organization: acme", "organization: acme, name: registry");
    let renamed = renamed + "terraform: { state_was: [workspace acme/shop-ecr-shared] }\n";
    let err = said(&committed(&base), &renamed);
    assert!(
        err.contains("bootstrap-first")
            && err.contains("the workspace `acme/")
            && err.contains("which the roles must trust"),
        "{err}"
    );
}

#[test]
fn another_environment_is_refused_with_the_earlier_name() {
    let before = spec("repositories: { cart: {}, search: {} }\n");
    let after = before.replace("environment: shared", "environment: prod");
    refused(&committed(&before), &after, &["all-repositories-lost", "restore the name of the environment, `shared`"]);
}

/// The tfe provider renames a workspace in place, and its state stays with it.
#[test]
fn a_renamed_workspace_keeps_its_state() {
    let before = spec(&format!("{WORKSPACE}repositories: {{ cart: {{}} }}\n"));
    let after = before.replace("organization: acme", "organization: acme, name: registry");
    let words = ["the workspace changes from `acme/shop-ecr-shared` to `acme/registry`", "its state stays with it"];
    refused(&committed(&before), &after, &words);
}

/// One line of a spec is for all environments.
#[test]
fn the_name_to_keep_has_a_placeholder_for_the_environment() {
    let of = |keys: &str| {
        format!(
            "platform: shop\nregion: eu-central-1\nnames: {{ repository: \"{{environment}}/{{repository}}\" }}\n\
             environments: {{ dev: {{}}, prod: {{}} }}\nrepositories: {{ cart: {{}}, {keys} }}\n"
        )
    };
    let case = committed(&of("search: {}"));
    refused(&case, &of("finder: {}"), &["write `was: search` and `name: \"{environment}/search\"` under that key"]);
    accepted(&case, &of("finder: { was: search, name: \"{environment}/search\" }"));
}

/// A repository that only one environment had is removed there, and the help says where.
#[test]
fn the_entry_of_a_repository_of_one_environment_is_listed_there() {
    let of = |dev: &str, rest: &str| {
        format!(
            "platform: shop\nregion: eu-central-1\nnames: {{ repository: \"{{environment}}/{{repository}}\" }}\n\
             environments: {{ dev: {{ {dev} }}, prod: {{}} }}\nrepositories: {{ cart: {{}} }}\n{rest}"
        )
    };
    let case = committed(&of("repositories: { thumbnailer: {} }", ""));
    let words = [
        "to keep it in AWS, write `removed: { thumbnailer: retain }` under `environments.dev`\n",
        "`environments.dev.repositories.thumbnailer`, then write `removed: { thumbnailer: delete }` under `environments.dev`\n",
    ];
    refused(&case, &of("", ""), &words);
    case.write("shop.yaml", of("", "removed: { thumbnailer: retain }\n"));
    let err = case.run(&["check", "shop.yaml", "--out", "out"]).err;
    for words in [
        "warning[removed-unknown]",
        "in environment `prod`",
        "list it only where it was, under `environments.dev.removed`",
    ] {
        assert!(err.contains(words), "{err}");
    }
    assert!(!said(&case, &of("removed: { thumbnailer: retain }", "")).contains("removed-"));
}

/// An entry for all environments would remove the repository from the one that still has it.
#[test]
fn a_repository_that_one_environment_gives_up_is_listed_there() {
    let spec = |prod: &str| {
        format!(
            "platform: shop\nregion: eu-central-1\nrepositories: {{ cart: {{}}, mail: {{}} }}\nenvironments:\n  dev: {{ account: \
             \"111111111111\" }}\n  prod: {{ account: \"222222222222\"{prod} }}\n"
        )
    };
    let without = ", repositories: { mail: none }";
    let words = ["repository-lost", "write `removed: { mail: retain }` under `environments.prod`"];
    refused(&committed(&spec("")), &spec(without), &words);
    accepted(&committed(&spec("")), &spec(&format!("{without}, removed: {{ mail: retain }}")));
}
