//! Other manifests: of another platform in the same folder, and of the same platform in another folder.

use std::fs;

use super::guard::{accepted, committed};
use crate::harness::{Case, Outcome};

const WORKSPACE: &str = "workspace: { organization: acme, name: registry }\n";

fn platform(name: &str, rest: &str) -> String {
    format!("platform: {name}\nenvironment: shared\nregion: eu-central-1\nterraform: {{ directory: {name} }}\n{rest}")
}

/// Renders `mill` into the folder that holds the output of `shop`.
fn mill(shop: &str, mill: &str) -> (Case, Outcome) {
    let case = committed(&platform("shop", shop));
    case.write("mill.yaml", platform("mill", mill));
    let outcome = case.run(&["render", "mill.yaml", "--out", "out"]);
    (case, outcome)
}

const CART: &str = "repositories: { cart: {}, search: {} }\n";

#[test]
fn two_specs_rendered_one_after_the_other_cannot_have_the_same_repository() {
    let (case, outcome) = mill(CART, "repositories:\n  cart: {}\n  flour: {}\n");
    assert_eq!(outcome.status, 2, "{}", outcome.err);
    for words in [
        "error[claimed-twice]: the repository `cart` in eu-central-1 is also in the committed output of platform `shop`",
        "mill.yaml:6",
        "in the spec of `shop`",
    ] {
        assert!(outcome.err.contains(words), "{words}: {}", outcome.err);
    }
    assert!(!case.path("out/mill").exists(), "nothing is written");
}

#[test]
fn a_manifest_of_format_1_claims_its_repositories() {
    let case = Case::new().file(
        "out/.ecrgen/shop.json",
        r#"{ "format_version": 1, "platform": "shop", "files": [], "repositories": { "shared/cart": { "encryption": "AES256", "name": "cart", "region": "eu-central-1" } } }"#,
    );
    case.write("mill.yaml", platform("mill", CART));
    let outcome = case.run(&["render", "mill.yaml", "--out", "out"]);
    assert!(outcome.status == 2 && outcome.err.contains("the repository `cart` in eu-central-1 is"), "{}", outcome.err);
}

#[test]
fn roles_policies_providers_and_workspaces_are_claimed_too() {
    let rest = |key: &str| {
        format!(
            "repositories: {{ {key}: {{}} }}\n{WORKSPACE}oidc_providers: {{ hcp: create }}\nnames: {{ role: ci-role, policy: ci-policy }}\n\
             access: {{ ci: {{ can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:role/a\"] }} }}\n"
        )
    };
    let (_, outcome) = mill(&rest("cart"), &rest("flour"));
    assert_eq!(outcome.status, 2, "{}", outcome.err);
    let line = outcome.err.lines().find(|line| line.contains("claimed-twice")).expect("an error");
    for what in
        ["the role `ci-role`", "the policy `ci-policy`", "the workspace `acme/registry`", "OIDC provider `https://"]
    {
        assert!(line.contains(what), "{what}: {line}");
    }
}

/// A spec without an account could be for any.
#[test]
fn another_account_or_region_has_its_own_repositories() {
    let of = |account: &str| format!("{CART}account: \"{account}\"\n");
    for (shop, spec, status) in [
        (of("111122223333"), of("444455556666"), 0),
        (of("111122223333"), of("111122223333"), 2),
        (of("111122223333"), CART.to_owned(), 2),
        (CART.to_owned(), of("111122223333"), 2),
        (CART.to_owned(), "names: { repository: \"mill/{repository}\" }\n".to_owned() + CART, 0),
    ] {
        let (_, outcome) = mill(&shop, &spec);
        assert_eq!(outcome.status, status, "{}", outcome.err);
    }
    let case = committed(&platform("shop", CART));
    case.write("mill.yaml", platform("mill", CART).replace("eu-central-1", "eu-west-1"));
    assert_eq!(case.run(&["render", "mill.yaml", "--out", "out"]).status, 0);
}

#[test]
fn a_repository_is_handed_over_when_the_first_spec_lets_go() {
    let (case, outcome) = mill(CART, "repositories: { cart: {} }\n");
    assert_eq!(outcome.status, 2);
    accepted(&case, &platform("shop", "repositories: { search: {} }\nremoved: { cart: retain }\n"));
    assert_eq!(case.run(&["render", "mill.yaml", "--out", "out"]).status, 0);
    assert_eq!(case.run(&["check", "mill.yaml", "shop.yaml", "--out", "out"]).status, 0);
}

/// A platform with an output in `infra`, in a git repository.
fn in_infra() -> Case {
    let case = Case::new().file("shop.yaml", platform("shop", CART));
    fs::create_dir(case.path(".git")).expect("a folder");
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "infra"]).status, 0);
    case
}

#[test]
fn another_output_folder_of_the_repository_is_a_warning() {
    let case = in_infra();
    case.write("shop.yaml", platform("shop", "repositories: { search: {} }\n"));
    for out in [".", "other/new"] {
        let check = case.run(&["check", "shop.yaml", "--out", out]);
        let words = "warning[manifest-elsewhere]: the folder `infra` of this git repository already holds the output of platform `shop`";
        assert!(check.err.contains(words) && check.status == 1, "{}", check.err);
        let render = case.run(&["render", "shop.yaml", "--out", out, "--deny", "warnings"]);
        assert!(render.status == 2 && render.err.contains("error[manifest-elsewhere]"), "{}", render.err);
    }
    // Once it is rendered, there are two outputs on purpose.
    let render = case.run(&["render", "shop.yaml", "--out", "other"]);
    assert!(render.status == 0 && render.err.contains("manifest-elsewhere"), "{}", render.err);
    assert!(!case.run(&["check", "shop.yaml", "--out", "other"]).err.contains("manifest-elsewhere"));
}

#[test]
fn other_repositories_platforms_and_hidden_folders_are_not_looked_at() {
    let case = in_infra();
    case.write("mill.yaml", platform("mill", "repositories: { flour: {} }\n"));
    let quiet = |arguments: &[&str]| {
        let outcome = case.run(arguments);
        assert!(!outcome.err.contains("manifest-elsewhere"), "{}", outcome.err);
    };
    quiet(&["render", "mill.yaml", "--out", "other"]);
    fs::rename(case.path("infra"), case.path(".infra")).expect("our folder");
    quiet(&["check", "shop.yaml", "--out", "other"]);
    fs::rename(case.path(".infra"), case.path("infra")).expect("our folder");
    case.write("infra/.git", "gitdir: ../elsewhere\n");
    quiet(&["check", "shop.yaml", "--out", "other"]);
    fs::remove_file(case.path("infra/.git")).expect("our file");
    fs::remove_dir(case.path(".git")).expect("our folder");
    quiet(&["check", "shop.yaml", "--out", "other"]);
}
