//! Entries of `removed` that change before their change is applied, and what the manifest remembers of a spec.

use super::found::{said, spec};
use super::guard::{accepted, committed, refused};
use crate::harness::Case;

const BOTH: &str = "repositories: { cart: {}, search: {} }\noidc_providers: { github: create }\n";
const PROVIDER: &str = "aws_iam_openid_connect_provider.github";

fn removed(removal: &str) -> String {
    spec(&format!("repositories: {{ cart: {{}} }}\nremoved: {{ search: {removal}, {PROVIDER}: {removal} }}\n"))
}

/// The status of `check` with warnings denied.
fn denied(case: &Case) -> i32 {
    case.run(&["check", "shop.yaml", "--out", "out", "--deny", "warnings"]).status
}

/// If the first change is not applied, the second one deletes what the first one would have kept.
#[test]
fn an_entry_cannot_change_from_retain_to_delete() {
    for settings in ["", "force_delete: true"] {
        let case = committed(&spec(&BOTH.replace("search: {}", &format!("search: {{ {settings} }}"))));
        accepted(&case, &removed("retain"));
        // Also after another render.
        accepted(&case, &removed("retain"));
        let words = ["removal-changed", "`search` changes from `retain` to `delete`", PROVIDER, ": 2 errors"];
        refused(&case, &removed("delete"), &words);
    }
}

#[test]
fn a_manifest_of_an_earlier_version_says_retain() {
    let case = committed(&spec(BOTH));
    accepted(&case, &removed("retain"));
    let path = "out/.ecrgen/shop.json";
    let mut manifest: serde_json::Value = serde_json::from_str(&case.read(path)).expect("JSON");
    let names = manifest["modules"]["shared/ecr"]["removed"].as_object().expect("entries").keys().cloned();
    manifest["modules"]["shared/ecr"]["removed"] = names.collect::<Vec<_>>().into();
    case.write(path, manifest.to_string());
    refused(&case, &removed("delete"), &["removal-changed"]);
}

/// What the help says, each from the state in which it is printed.
#[test]
fn the_ways_out_of_retain_are_accepted() {
    let after_retain = || {
        let case = committed(&spec("repositories: { cart: {}, search: {} }\n"));
        let retain = spec("repositories: { cart: {} }\nremoved: { search: retain }\n");
        accepted(&case, &retain);
        refused(
            &case,
            &retain.replace("retain", "delete"),
            &["write `search: retain` again", "write `search: applied`"],
        );
        (case, retain)
    };
    let (case, retain) = after_retain();
    accepted(&case, &retain);

    let (case, retain) = after_retain();
    accepted(&case, &spec("repositories: { cart: {}, search: { force_delete: true } }\n"));
    accepted(&case, &retain.replace("retain", "delete"));

    let (case, retain) = after_retain();
    assert!(!said(&case, &retain.replace("retain", "applied")).contains("removed-"));
    assert_eq!(denied(&case), 0);
    assert_eq!(said(&case, &spec("repositories: { cart: {} }\n")), "");
    assert!(!case.read("out/.ecrgen/shop.json").contains("search"));
}

#[test]
fn a_change_from_delete_to_retain_loses_nothing() {
    let case = committed(&spec("repositories: { cart: {}, search: { force_delete: true } }\n"));
    for removal in ["delete", "retain", "retain"] {
        let spec = spec(&format!("repositories: {{ cart: {{}} }}\nremoved: {{ search: {removal} }}\n"));
        assert!(!said(&case, &spec).contains("removed-earlier"));
    }
    assert!(case.read("out/shared/ecr/removed.tf").contains("aws_ecr_repository.search"));
}

#[test]
fn a_finished_deletion_is_a_note_and_its_entry_can_be_deleted() {
    let case = committed(&spec("repositories: { cart: {}, search: { force_delete: true } }\n"));
    let removed = spec("repositories: { cart: {} }\nremoved: { search: delete }\n");
    assert!(!said(&case, &removed).contains("removed-earlier"));
    assert!(said(&case, &removed).contains("note[removed-earlier]: `search` is no longer in"));
    assert_eq!(said(&case, &spec("repositories: { cart: {} }\n")), "");
}

/// Nothing tells that something in the output was removed, so it is lost.
#[test]
fn applied_removes_nothing() {
    let case = committed(&spec(BOTH));
    refused(&case, &removed("applied"), &["repository-lost", "resource-lost", "write `removed: { search: retain }`"]);
    let all = spec("removed: { cart: applied, search: applied }\n");
    refused(&case, &all, &["all-repositories-lost"]);
}

#[test]
fn an_entry_that_is_dropped_is_a_warning_until_the_spec_states_that_it_is_applied() {
    let case = committed(&spec(BOTH));
    assert!(!said(&case, &removed("retain")).contains("removal-dropped"));
    let dropped = spec("repositories: { cart: {} }\n");
    for _ in 0..3 {
        let err = said(&case, &dropped);
        for name in ["search", PROVIDER] {
            let words = format!("warning[removal-dropped]: `{name}` is no longer listed under `removed`");
            assert!(err.contains(&words), "{err}");
        }
        assert!(err.contains("restore `removed: { search: retain }`\n"), "{err}");
        assert!(err.contains("write `removed: { search: applied }`, and delete that entry in a later change"), "{err}");
        assert_eq!(denied(&case), 2);
    }
    // Both ways of the help.
    accepted(&case, &removed("retain"));
    assert_eq!(denied(&case), 0);
    said(&case, &dropped);
    accepted(&case, &removed("applied"));
    assert_eq!(denied(&case), 0);
    assert_eq!(said(&case, &dropped), "");
    assert_eq!(denied(&case), 0);
}

fn staged(environments: &str, rest: &str) -> String {
    format!(
        "platform: shop\nregion: eu-central-1\nnames: {{ repository: \"{{environment}}/{{repository}}\" }}\n\
         repositories: {{ cart: {{}} }}\nenvironments: {{ {environments} }}\n{rest}"
    )
}

#[test]
fn the_entries_of_an_environment_that_is_deleted_are_remembered() {
    let case = committed(&staged("dev: {}, prod: {}", ""));
    let prod = |removal: &str| {
        staged(&format!("dev: {{}}, prod: {{ repositories: none, removed: {{ cart: {removal} }} }}"), "")
    };
    accepted(&case, &prod("retain"));
    for _ in 0..2 {
        let err = said(&case, &staged("dev: {}", ""));
        assert!(err.contains("warning[removal-dropped]: `cart` of environment `prod` is no longer listed"), "{err}");
        assert!(
            err.contains("restore `prod: { repositories: none, removed: { cart: retain } }` under `environments`"),
            "{err}"
        );
    }
    assert!(!case.path("out/prod").exists());
    accepted(&case, &prod("applied"));
    assert_eq!(said(&case, &staged("dev: {}", "")), "");
    assert!(!case.read("out/.ecrgen/shop.json").contains("prod"));
}

/// An entry at the top is for all environments, and only those that had the resource are about it.
#[test]
fn an_entry_at_the_top_is_recorded_where_the_resource_was() {
    let case = committed(&staged("dev: { repositories: { search: {} } }, prod: {}", ""));
    for _ in 0..2 {
        let err = said(&case, &staged("dev: {}, prod: {}", "removed: { search: retain }\n"));
        assert!(err.contains("removed-unknown") && err.contains("in environment `prod`"), "{err}");
    }
    let manifest: serde_json::Value = serde_json::from_str(&case.read("out/.ecrgen/shop.json")).expect("JSON");
    let having =
        manifest["modules"].as_object().expect("modules").values().filter(|module| module.get("removed").is_some());
    assert_eq!(having.map(|module| module["environment"].as_str().expect("a name")).collect::<Vec<_>>(), ["dev"]);

    let err = said(&case, &staged("dev: {}, prod: {}", ""));
    assert_eq!(err.matches("removal-dropped").count(), 1, "{err}");
    assert!(err.contains("restore `removed: { search: retain }` under `environments.dev`\n"), "{err}");
    accepted(&case, &staged("dev: { removed: { search: retain } }, prod: {}", ""));
    assert_eq!(denied(&case), 0);
}

#[test]
fn a_removed_repository_that_returns_with_another_key_is_a_warning() {
    let case = committed(&spec("repositories: { cart: {}, search: {} }\n"));
    accepted(&case, &spec("repositories: { cart: {} }\nremoved: { search: retain }\n"));
    for entry in ["removed: { search: retain }\n", ""] {
        case.write("shop.yaml", spec(&format!("repositories: {{ cart: {{}}, finder: {{ name: search }} }}\n{entry}")));
        let err = case.run(&["check", "shop.yaml", "--out", "out"]).err;
        assert!(err.contains("warning[returning-repository]: repository `finder` was removed earlier"), "{err}");
    }
}

/// The account is left out in one change, and another one is stated in the next.
#[test]
fn an_account_that_the_spec_leaves_out_is_remembered() {
    let with = |account: &str| spec(&format!("{account}repositories: {{ cart: {{}} }}\n"));
    let case = committed(&with("account: \"111111111111\"\n"));
    for _ in 0..2 {
        accepted(&case, &with(""));
    }
    let other = with("account: \"333333333333\"\n");
    refused(&case, &other, &["account-changed", "from 111111111111 to 333333333333"]);
    accepted(&case, &with("account: \"333333333333\"\naccount_was: \"111111111111\"\n"));
    refused(&case, &with("account: \"111111111111\"\n"), &["from 333333333333 to 111111111111"]);
}
