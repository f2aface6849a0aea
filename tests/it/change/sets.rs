//! Repositories that are declared together: what the guard says when they leave the set.

use super::guard::{accepted, committed, refused};

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";
const SHOP: &str = "repositories: { cart: {}, search: {}, users: { tag_mutability: mutable } }\n";

fn spec(terraform: &str) -> String {
    format!("{HEAD}{SHOP}{terraform}")
}

const SET: &str = "terraform: { for_each: true }\n";

#[test]
fn without_for_each_the_spec_must_state_that_it_was_there() {
    let words = &[
        "address-changed",
        "`cart` moves from aws_ecr_repository.this[\"cart\"] to aws_ecr_repository.cart",
        "add `for_each_was: true` under `terraform`",
    ];
    refused(&committed(&spec(SET)), &spec(""), words);
    accepted(&committed(&spec(SET)), &spec("terraform: { for_each_was: true }\n"));
    let to_module = "terraform: { ecr_module: 3.2.0 }\nrepository_defaults: { deletion_protection: false }\n";
    refused(&committed(&spec(SET)), &spec(to_module), &["add `ecr_module_was: plain` and `for_each_was: true`"]);
}

/// The addresses that the issue asks for are in the output whenever there is a set: each repository of it may have had a
/// file, and each other one may have been in it.
#[test]
fn changes_between_the_forms_need_nothing_in_the_spec() {
    let moved = |case: &crate::harness::Case, file: &str, from: &str, to: &str| {
        let text = case.read(&format!("out/shared/ecr/{file}"));
        assert!(text.contains(&format!("moved {{\n  from = {from}\n  to   = {to}\n}}\n")), "{text}");
    };
    let case = committed(&spec(""));
    accepted(&case, &spec(SET));
    moved(&case, "repositories.tf", "aws_ecr_repository.cart", "aws_ecr_repository.this[\"cart\"]");
    moved(&case, "repository_users.tf", "aws_ecr_repository.this[\"users\"]", "aws_ecr_repository.users");
    accepted(&case, &spec(SET).replace("search: {}", "search: { scan_on_push: false }"));
    moved(&case, "repository_search.tf", "aws_ecr_repository.this[\"search\"]", "aws_ecr_repository.search");
    accepted(&case, &spec(SET).replace("users: { tag_mutability: mutable }", "users: {}"));
    accepted(&case, &spec("terraform: { for_each: { variable: services } }\n"));
}

#[test]
fn a_retained_repository_leaves_the_set_before_it_is_forgotten() {
    let case = committed(&spec(SET));
    let removed = |terraform: &str| spec(terraform).replace("search: {}, ", "") + "removed: { search: retain }\n";
    refused(&case, &spec(SET).replace("search: {}, ", ""), &["repository-lost", "`search`"]);
    accepted(&case, &removed(SET));
    let text = case.read("out/shared/ecr/removed.tf");
    let body = hcl::parse(&text).expect("HCL");
    let blocks: Vec<&hcl::Block> = body.blocks().collect();
    let argument = |block: &hcl::Block, name: &str| crate::harness::module::expression(block, name).to_string();
    let [moved, removed_block] = blocks[..2] else { panic!("{text}") };
    assert_eq!(argument(moved, "from"), "aws_ecr_repository.this[\"search\"]");
    assert_eq!(argument(moved, "to"), "aws_ecr_repository.search");
    assert_eq!(argument(removed_block, "from"), "aws_ecr_repository.search");
    let words = &["`search` was at aws_ecr_repository.this[\"search\"]", "for_each_was: true"];
    refused(&committed(&spec(SET)), &removed(""), words);
}

#[test]
fn warns_if_the_keys_leave_the_variable_that_may_hold_more_of_them() {
    let by = |name: &str| spec(&format!("terraform: {{ for_each: {{ variable: {name} }} }}\n"));
    let said = |after: &str| {
        let case = committed(&by("services"));
        case.write("shop.yaml", after);
        case.run(&["render", "shop.yaml", "--out", "out", "--dry-run"]).err
    };
    let of_true = said(&spec(SET));
    assert!(of_true.contains("warning[set-variable-dropped]") && of_true.contains("`services`"), "{of_true}");
    let of_other = said(&by("names"));
    assert!(of_other.contains("give `names` the same value as `services`"), "{of_other}");
    let of_same = said(&by("services"));
    assert!(!of_same.contains("set-variable-dropped"), "{of_same}");
    // The first output without it is compared with one that has none.
    let case = committed(&by("services"));
    accepted(&case, &spec(SET));
    let again = case.run(&["render", "shop.yaml", "--out", "out"]).err;
    assert!(!again.contains("set-variable-dropped"), "{again}");
}

/// The manifest is part of a pull request, which may also edit it.
#[test]
fn refuses_a_change_if_the_manifest_does_not_list_an_instance() {
    for terraform in [SET, "terraform: { for_each: { variable: services } }\n"] {
        let case = committed(&spec(terraform));
        let mut edited: serde_json::Value = serde_json::from_str(&case.read("out/.ecrgen/shop.json")).expect("JSON");
        let resources = edited["modules"]["shared/ecr"]["resources"].as_object_mut().expect("resources");
        assert!(resources.remove("aws_ecr_repository.this[\"search\"]").is_some(), "{resources:#?}");
        case.write("out/.ecrgen/shop.json", edited.to_string());
        let after = spec(terraform).replace("search: {}, ", "");
        refused(&case, &after, &["error[manifest-incomplete]: `shared/ecr/repositories.tf` holds a resource"]);
    }
}
