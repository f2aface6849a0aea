//! A platform that has another name than its committed output.

use std::fs;

use super::guard::{accepted, committed, refused};
use crate::harness::Case;

const SHOP: &str =
    "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: { cart: {}, search: {} }\n";

fn mart(rest: &str) -> String {
    SHOP.replace("platform: shop", "platform: mart") + rest
}

/// One error states the cause, and not one for each file and each resource.
#[test]
fn another_name_is_one_error() {
    let case = committed(SHOP);
    let words = [
        "error[platform-renamed]: this spec describes platform `mart`, but `shared/ecr` holds the output of platform `shop`",
        "restore `platform: shop`",
        "delete `out/shared/ecr` and `out/.ecrgen/shop.json`, and render again",
        "could not compile shop.yaml: 1 error\n",
        "shop.yaml:1:11\n",
    ];
    refused(&case, &mart(""), &words);
}

#[test]
fn another_name_and_other_repositories_are_one_error() {
    let case = committed(SHOP);
    let spec = mart("").replace("cart: {}, search: {}", "flour: {}");
    refused(&case, &spec, &["error[platform-renamed]", "could not compile shop.yaml: 1 error\n"]);
}

/// The headers of the files tell the earlier name.
#[test]
fn another_name_is_one_error_without_the_manifest() {
    let case = committed(SHOP);
    fs::remove_dir_all(case.path("out/.ecrgen")).expect("a folder");
    refused(&case, &mart(""), &["error[platform-renamed]", "delete `out/shared/ecr`, and render again"]);
}

/// The folder can hold several platforms whose specs are rendered separately.
#[test]
fn another_platform_in_another_folder_is_accepted() {
    let case = committed(SHOP);
    let spec = mart("terraform: { directory: mart/ecr }\n").replace("cart: {}, search: {}", "flour: {}");
    accepted(&case, &spec);
    assert!(!case.run(&["render", "shop.yaml", "--out", "out"]).err.contains("platform-without-spec"));
}

/// The specs that ecrgen finds are all there are, so no spec describes the earlier platform.
#[test]
fn another_name_in_another_folder_is_a_warning_if_ecrgen_finds_the_specs() {
    let case = Case::new().file("ecrgen.yaml", SHOP);
    assert_eq!(case.run(&["render"]).status, 0);
    let spec = "platform: mart\nenvironment: prod\nregion: eu-central-1\nrepositories: { flour: {} }\n\
                terraform: { directory: mart/ecr }\n";
    case.write("ecrgen.yaml", spec);
    let words = "warning[platform-without-spec]: `shared/ecr` and `.ecrgen/shop.json` hold the output of platform `shop`, \
                 which none of the specs describes";
    for arguments in [&["check"][..], &["render", "--deny", "warnings"], &["render"], &["check"]] {
        let outcome = case.run(arguments);
        let denied = outcome.err.replace("error[", "warning[");
        assert!(denied.contains(words), "{arguments:?}: {}", outcome.err);
        assert_eq!(arguments.len() == 3, outcome.status == 2, "{arguments:?}: {}", outcome.err);
    }
}
