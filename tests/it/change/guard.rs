//! A change that would delete images of the committed output is refused until the spec confirms it.

use std::fs;

use crate::harness::{Case, Outcome};

const SHOP: &str = "\
platform: shop
environment: shared
region: eu-central-1
repositories:
  cart: { retention: [{ keep: 9, of: tagged }] }
  search: {}
  users: {}
";

/// A spec whose output is committed.
pub fn committed(spec: &str) -> Case {
    let case = Case::new().file("shop.yaml", spec);
    let outcome = render(&case);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    case
}

fn render(case: &Case) -> Outcome {
    case.run(&["render", "shop.yaml", "--out", "out"])
}

/// Renders and checks another spec over it: both are refused with these words, and nothing is written.
pub fn refused(case: &Case, spec: &str, words: &[&str]) {
    case.write("shop.yaml", spec);
    let before = case.snapshot();
    let check = case.run(&["check", "shop.yaml", "--out", "out"]);
    let outcome = render(case);
    assert_eq!((outcome.status, check.status), (2, 2), "{}{}", outcome.out, outcome.err);
    for word in words {
        assert!(outcome.err.contains(word), "`{word}` is missing from\n{}", outcome.err);
    }
    assert!(case.snapshot() == before, "something was written");
}

/// Renders another spec over it: it is accepted, and in sync afterward.
pub fn accepted(case: &Case, spec: &str) {
    case.write("shop.yaml", spec);
    let outcome = render(case);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    assert_eq!(case.run(&["check", "shop.yaml", "--out", "out"]).status, 0);
}

fn manifest(case: &Case) -> String {
    case.read("out/.ecrgen/shop.json")
}

mod a_removed_repository {
    use super::*;

    fn without_search() -> String {
        SHOP.replace("  search: {}\n", "")
    }

    #[test]
    fn is_refused_with_a_message_that_names_what_would_be_lost() {
        let named = SHOP.replace("search: {}", "search: { name: shop/search-engine }");
        let words = [
            "repository-lost",
            "`search` (shop/search-engine in AWS)",
            "delete it and its images",
            "to keep it in AWS, write `removed: { search: retain }`",
            "then write `removed: { search: delete }`",
            "if it has a new key, write `was: search` and `name: shop/search-engine` under that key",
        ];
        refused(&committed(&named), &without_search(), &words);
    }

    #[test]
    fn stays_in_aws_with_retain_and_removed_can_be_deleted_later() {
        let case = committed(SHOP);
        accepted(&case, &format!("{}removed: {{ search: retain }}\n", without_search()));
        let removed = case.read("out/shared/ecr/removed.tf");
        let body = hcl::parse(&removed).expect("HCL");
        let from = |block: &hcl::Block| {
            let from = block.body.attributes().find(|attribute| attribute.key() == "from").expect("`from`");
            let lifecycle = block.body.blocks().find(|block| block.identifier() == "lifecycle").expect("`lifecycle`");
            let destroy =
                lifecycle.body.attributes().find(|attribute| attribute.key() == "destroy").expect("`destroy`");
            (from.expr().to_string(), destroy.expr().clone())
        };
        let blocks: Vec<_> = body.blocks().filter(|block| block.identifier() == "removed").map(from).collect();
        assert!(blocks.contains(&("aws_ecr_repository.search".into(), false.into())), "{removed}");
        // A policy that stays in the state without its resource would be detached from the repository.
        for policy in ["aws_ecr_lifecycle_policy.search", "aws_ecr_repository_policy.search"] {
            assert!(blocks.contains(&(policy.into(), false.into())), "{policy} is missing from\n{removed}");
        }
        assert!(!manifest(&case).contains("aws_ecr_repository.search"));

        accepted(&case, &format!("{}removed: {{ search: retain }}\n", without_search().replace("keep: 9", "keep: 8")));
        assert_eq!(case.read("out/shared/ecr/removed.tf"), removed);
        accepted(&case, &without_search());
        assert!(!case.path("out/shared/ecr/removed.tf").exists());
    }

    #[test]
    fn is_not_deleted_before_its_images_can_be() {
        let delete = format!("{}removed: {{ search: delete }}\n", without_search());
        refused(&committed(SHOP), &delete, &["not-deletable", "`search`", "first keep `search`", "force_delete: true"]);
    }

    #[test]
    fn is_deleted_once_its_images_can_be() {
        let case = committed(SHOP);
        accepted(&case, &SHOP.replace("search: {}", "search: { force_delete: true }"));
        let file = case.read("out/shared/ecr/repository_search.tf");
        assert!(file.contains("force_delete         = true") && !file.contains("prevent_destroy"), "{file}");
        accepted(&case, &format!("{}removed: {{ search: delete }}\n", without_search()));
        assert!(!case.path("out/shared/ecr/removed.tf").exists());
        assert!(!case.path("out/shared/ecr/repository_search.tf").exists());
    }

    #[test]
    fn is_reported_for_each_repository_in_one_run() {
        let spec = without_search().replace("  users: {}\n", "");
        refused(&committed(SHOP), &spec, &["`search`", "`users`", ": 2 errors"]);
    }

    #[test]
    fn cannot_be_listed_under_repositories_too() {
        let spec = format!("{SHOP}removed: {{ search: retain }}\n");
        refused(&committed(SHOP), &spec, &["removed-and-there", "shop.yaml:8", "delete it from `removed`"]);
    }

    #[test]
    fn is_refused_again_after_a_failed_render() {
        let case = committed(SHOP);
        refused(&case, &without_search(), &["repository-lost"]);
        refused(&case, &without_search(), &["repository-lost"]);
    }
}

mod a_changed_key {
    use super::*;

    #[test]
    fn is_a_removed_repository_without_was() {
        refused(&committed(SHOP), &SHOP.replace("search: {}", "finder: {}"), &["repository-lost", "`was: search`"]);
    }

    #[test]
    fn moves_the_state_with_was_and_the_old_name() {
        let case = committed(SHOP);
        accepted(&case, &SHOP.replace("cart: {", "basket: { was: cart, name: cart,"));
        let body = hcl::parse(&case.read("out/shared/ecr/repository_basket.tf")).expect("HCL");
        let moved: Vec<(String, String)> = body
            .blocks()
            .filter(|block| block.identifier() == "moved")
            .map(|block| {
                let text = |key| block.body.attributes().find(|a| a.key() == key).expect("a key").expr().to_string();
                (text("from"), text("to"))
            })
            .collect();
        let pair = |kind: &str| (format!("{kind}.cart"), format!("{kind}.basket"));
        assert_eq!(moved, [pair("aws_ecr_repository"), pair("aws_ecr_lifecycle_policy")]);
        assert!(!case.path("out/shared/ecr/repository_cart.tf").exists());
        assert!(
            manifest(&case).contains("aws_ecr_repository.basket")
                && !manifest(&case).contains("aws_ecr_repository.cart")
        );
    }

    #[test]
    fn moves_the_repository_policy_too() {
        let access = "access: { others: { can: [pull], repositories: all, accounts: [\"111122223333\"] } }\n";
        let case = committed(&format!("{SHOP}{access}"));
        accepted(&case, &format!("{}{access}", SHOP.replace("search: {}", "finder: { was: search, name: search }")));
        let file = case.read("out/shared/ecr/repository_finder.tf");
        assert!(file.contains("from = aws_ecr_repository_policy.search\n"), "{file}");
    }

    #[test]
    fn changes_the_name_unless_the_spec_keeps_it() {
        let spec = SHOP.replace("search: {}", "finder: { was: search }");
        refused(
            &committed(SHOP),
            &spec,
            &["repository-replaced", "from search to finder", "write `name: search` under `repositories.finder`"],
        );
    }

    #[test]
    fn may_change_the_name_with_a_reason() {
        let case = committed(&SHOP.replace("search: {}", "search: { force_delete: true }"));
        let finder = "finder: { was: search, force_delete: true, replace: \"it is empty\" }";
        accepted(&case, &SHOP.replace("search: {}", finder));
    }
}

mod a_change_that_replaces_a_repository {
    use super::*;

    /// The name of the changed value in the message, the spec before and the spec after.
    fn changes() -> Vec<(&'static str, String, String)> {
        let with = |settings: &str| SHOP.replace("search: {}", &format!("search: {{ {settings} }}"));
        let key = |end: char| format!("arn:aws:kms:eu-central-1:111122223333:key/abc{end}");
        vec![
            ("name", SHOP.into(), with("name: finder")),
            ("name", SHOP.into(), format!("names: {{ repository: \"shop/{{repository}}\" }}\n{SHOP}")),
            ("encryption", SHOP.into(), with("encryption: kms")),
            ("encryption", with("encryption: kms"), SHOP.into()),
            ("encryption", SHOP.into(), format!("repository_defaults: {{ encryption: kms }}\n{SHOP}")),
            (
                "encryption",
                with(&format!("encryption: {{ kms: \"{}\" }}", key('1'))),
                with(&format!("encryption: {{ kms: \"{}\" }}", key('2'))),
            ),
            ("encryption", with("encryption: { kms: { variable: a } }"), with("encryption: { kms: { variable: b } }")),
            ("region", SHOP.into(), SHOP.replace("eu-central-1", "eu-west-1")),
        ]
    }

    #[test]
    fn is_refused_without_a_reason() {
        for (what, before, after) in changes() {
            let words = [
                "repository-replaced",
                &format!("changing the {what} of `search` from"),
                "images would be lost",
                "replace:",
            ];
            refused(&committed(&before), &after, &words);
        }
    }

    #[test]
    fn is_accepted_with_a_reason_and_recorded() {
        for (what, before, after) in changes() {
            let with_defaults = |spec: &str, settings: &str| match spec.contains("repository_defaults: {") {
                true => spec.replace("repository_defaults: {", &format!("repository_defaults: {{ {settings},")),
                false => format!("repository_defaults: {{ {settings} }}\n{spec}"),
            };
            let after = with_reason(&after, "agreed with the team");
            refused(&committed(&before), &after, &["not-deletable", "first write only"]);

            let case = committed(&with_defaults(&before, "force_delete: true"));
            refused(&case, &after, &["not-deletable", "keep `force_delete: true`"]);
            let old = manifest(&case);
            accepted(&case, &with_defaults(&after, "force_delete: true"));
            assert_ne!(manifest(&case), old, "{what}");
        }
    }

    /// The reason under each repository.
    fn with_reason(spec: &str, reason: &str) -> String {
        ["cart", "search", "users"].iter().fold(spec.to_owned(), |spec, key| {
            spec.replace(&format!("  {key}: {{"), &format!("  {key}: {{ replace: \"{reason}\","))
                .replace(&format!("\"{reason}\",}}"), &format!("\"{reason}\" }}"))
        })
    }

    #[test]
    fn needs_another_reason_than_an_earlier_change() {
        let with =
            |settings: &str| SHOP.replace("search: {}", &format!("search: {{ force_delete: true, {settings} }}"));
        let case = committed(&with("encryption: aes256"));
        accepted(&case, &with("encryption: kms, replace: \"new key\""));
        let again = with("encryption: { kms: create }, replace: \"new key\"");
        refused(&case, &again, &["repository-replaced", "another reason than for the earlier change"]);
        accepted(&case, &with("encryption: { kms: create }, replace: \"own key\""));
    }

    /// An entry that was left over, or was written in advance.
    #[test]
    fn is_refused_with_a_reason_that_was_in_the_spec_before() {
        let with =
            |settings: &str| SHOP.replace("search: {}", &format!("search: {{ force_delete: true, {settings} }}"));
        let case = committed(&with("replace: \"some day\""));
        for change in ["encryption: kms", "name: finder"] {
            let again = with(&format!("{change}, replace: \"some day\""));
            refused(&case, &again, &["repository-replaced", "another reason than for the earlier change"]);
        }
        accepted(&case, &with("encryption: kms, replace: \"new key\""));
        // A change back is another change.
        refused(&case, &with("encryption: aes256, replace: \"new key\""), &["repository-replaced"]);
    }

    #[test]
    fn cannot_be_confirmed_for_all_repositories_at_once() {
        let after = format!("repository_defaults: {{ replace: x, force_delete: true }}\n{SHOP}")
            .replace("eu-central-1", "eu-west-1");
        refused(&committed(SHOP), &after, &["not-a-default", "write `replace` under the repository to replace"]);
    }

    #[test]
    fn can_be_another_default_of_a_variable() {
        let with = |key: &str| SHOP.replace("search: {}", &format!("search: {{ encryption: {{ kms: {{ {key} }} }} }}"));
        let case = committed(&with("variable: k, default: alias/a"));
        refused(&case, &with("variable: k, default: alias/b"), &["repository-replaced", "alias/a", "alias/b"]);
        // A manifest of an earlier version does not have the default.
        let earlier = manifest(&case).replace(", by default alias/a", "");
        case.write("out/.ecrgen/shop.json", earlier);
        accepted(&case, &with("variable: k, default: alias/a"));
    }

    #[test]
    fn needs_a_reason_for_each_repository() {
        let before = SHOP.replace("search: {}", "search: { force_delete: true }");
        let after = before
            .replace("eu-central-1", "eu-west-1")
            .replace("force_delete: true", "force_delete: true, replace: \"empty\"");
        refused(&committed(&before), &after, &["of `cart` from", "of `users` from", ": 2 errors"]);
    }

    #[test]
    fn does_not_include_other_settings() {
        let after = SHOP.replace(
            "search: {}",
            "search: { tag_mutability: mutable, scan_on_push: false, deletion_protection: false }",
        );
        accepted(&committed(SHOP), &after);
    }
}

mod everything_removed {
    use super::*;

    #[test]
    fn rejects_the_loss_of_all_repositories() {
        let other = "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: { other: {} }\n";
        let words = [
            "all-repositories-lost",
            "all 3 repositories",
            "`removed: { cart: retain, search: retain, users: retain }`",
        ];
        refused(&committed(SHOP), other, &words);
        let none = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";
        refused(&committed(SHOP), none, &words);
    }

    /// A message with a thousand keys would hide what to do.
    #[test]
    fn names_some_of_many_repositories_and_counts_the_others() {
        let keys: String = (10..30).map(|number| format!("  r{number}: {{}}\n")).collect();
        let head = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";
        let case = committed(&format!("{head}repositories:\n{keys}"));
        let rest = "r17: retain }`, with `KEY: retain` for each of the 12 other keys as well";
        refused(&case, head, &["all 20 repositories", "`removed: { r10: retain, ", rest]);
        let removed: String = (10..30).map(|number| format!("  r{number}: retain\n")).collect();
        accepted(&case, &format!("{head}removed:\n{removed}"));
    }

    #[test]
    fn accepts_the_loss_of_all_repositories_listed_under_removed() {
        let removed = "removed: { cart: delete, search: retain, users: delete }\n";
        let before = SHOP.replace("search: {}\n  users: {}", "search: {}\n  users: { force_delete: true }");
        let before = before.replace("cart: {", "cart: { force_delete: true,");
        accepted(&committed(&before), &format!("platform: shop\nenvironment: shared\nregion: eu-central-1\n{removed}"));
    }

    fn staged(environments: &str) -> String {
        format!(
            "platform: shop\nregion: eu-central-1\nnames: {{ repository: \"{{environment}}/{{repository}}\" }}\nenvironments: {environments}\nrepositories: {{ cart: {{}} }}\n"
        )
    }

    #[test]
    fn rejects_a_removed_environment() {
        let case = committed(&staged("{ dev: {}, prod: {} }"));
        refused(&case, &staged("{ dev: {} }"), &["repository-lost", "environment `prod`", "`cart`"]);
        accepted(&case, &staged("{ dev: {}, prod: { repositories: none, removed: { cart: retain } } }"));
        accepted(&case, &staged("{ dev: {} }"));
        assert!(!case.path("out/prod").exists());
    }

    #[test]
    fn rejects_a_renamed_environment() {
        refused(&committed(&staged("{ dev: {}, prod: {} }")), &staged("{ dev: {}, live: {} }"), &["`prod`"]);
    }
}

mod a_damaged_manifest {
    use super::*;

    const PATH: &str = "out/.ecrgen/shop.json";

    /// Neither the unchanged spec nor one without a repository renders.
    fn refused_both(case: &Case, words: &[&str]) {
        refused(case, SHOP, words);
        refused(case, &SHOP.replace("  search: {}\n", ""), words);
    }

    #[test]
    fn is_refused_when_missing() {
        let case = committed(SHOP);
        fs::remove_file(case.path(PATH)).expect("our file");
        refused_both(&case, &["`.ecrgen/shop.json` is missing", "restore the manifest from git"]);
    }

    #[test]
    fn is_refused_when_missing_next_to_edited_files() {
        let case = committed(SHOP);
        fs::remove_file(case.path(PATH)).expect("our file");
        for file in ["versions.tf", "repository_cart.tf"] {
            let path = format!("out/shared/ecr/{file}");
            case.write(&path, case.read(&path) + "\n# edited\n");
        }
        refused_both(&case, &["is missing"]);
    }

    #[test]
    fn is_refused_when_unreadable() {
        let texts = ["", "{", "[]", "{}", "null", "<<<<<<< HEAD\n", "{\"format_version\": 1}"];
        for text in texts {
            let case = committed(SHOP);
            case.write(PATH, text);
            refused_both(&case, &[PATH, "restore it from git"]);
        }
    }

    #[test]
    fn is_refused_in_a_newer_format() {
        let case = committed(SHOP);
        case.write(PATH, manifest(&case).replace("\"format_version\": 2", "\"format_version\": 3"));
        refused_both(&case, &[PATH, "format_version 3"]);
    }

    #[test]
    fn is_refused_for_another_platform() {
        let case = committed(SHOP);
        case.write(PATH, manifest(&case).replace("\"shop\"", "\"mill\""));
        refused_both(&case, &[PATH, "mill"]);
    }

    #[test]
    fn is_refused_with_paths_outside_the_output() {
        let case =
            committed(SHOP).file("victim.tf", "# Generated by ecrgen from the spec of platform shop. Do not edit.\n");
        case.write(PATH, manifest(&case).replace("shared/ecr/repository_search.tf", "../victim.tf"));
        refused_both(&case, &[PATH]);
        assert!(case.path("victim.tf").exists());
    }
}

/// Manifests of both formats, and both ways to write a repository.
#[test]
fn refuses_a_change_if_the_manifest_does_not_list_a_repository_of_a_generated_file() {
    for module in ["", "terraform: { ecr_module: 3.2.0 }\n"] {
        let case = committed(&format!("{SHOP}{module}"));
        let mut emptied: serde_json::Value = serde_json::from_str(&manifest(&case)).expect("JSON");
        for module in emptied["modules"].as_object_mut().expect("modules").values_mut() {
            module["resources"] = serde_json::json!({});
        }
        let mut first = emptied.clone();
        first.as_object_mut().expect("an object").remove("modules");
        first["format_version"] = 1.into();
        first["repositories"] = serde_json::json!({});
        let mut none = emptied.clone();
        none["modules"] = serde_json::json!({});
        for hidden in [emptied, none, first] {
            case.write("out/.ecrgen/shop.json", hidden.to_string());
            let words = "error[manifest-incomplete]: `shared/ecr/repository_search.tf` holds a resource";
            refused(&case, &format!("{}{module}", SHOP.replace("  search: {}\n", "")), &[words]);
        }
    }
}

/// The same for a key, a provider, a bucket: everything whose loss hurts.
#[test]
fn refuses_a_change_if_the_manifest_does_not_list_another_resource_of_a_generated_file() {
    let spec = |rest: &str| format!("{SHOP}{rest}");
    let case =
        committed(&spec("oidc_providers: { github: create }\nmonitoring: { audit_trail: { bucket: create } }\n"));
    let mut edited: serde_json::Value = serde_json::from_str(&manifest(&case)).expect("JSON");
    let resources = edited["modules"]["shared/ecr"]["resources"].as_object_mut().expect("resources");
    resources.retain(|address, _| address.starts_with("aws_ecr_repository."));
    case.write("out/.ecrgen/shop.json", edited.to_string());
    refused(
        &case,
        &spec(""),
        &[
            "error[manifest-incomplete]",
            "`shared/ecr/oidc_providers.tf` holds a resource",
            "`shared/ecr/monitoring.tf`",
        ],
    );
}

/// Both ways out of it.
#[test]
fn accepts_the_change_once_the_manifest_is_restored_or_the_file_deleted() {
    for is_restored in [true, false] {
        let case = committed(SHOP);
        let complete = manifest(&case);
        let after = format!("{}removed: {{ search: retain }}\n", SHOP.replace("  search: {}\n", ""));
        let mut edited: serde_json::Value = serde_json::from_str(&complete).expect("JSON");
        let resources = edited["modules"]["shared/ecr"]["resources"].as_object_mut().expect("resources");
        resources.remove("aws_ecr_repository.search");
        case.write("out/.ecrgen/shop.json", edited.to_string());
        refused(&case, &after, &["manifest-incomplete", "git checkout -- .ecrgen/shop.json", "delete it"]);
        match is_restored {
            true => case.write("out/.ecrgen/shop.json", complete),
            false => fs::remove_file(case.path("out/shared/ecr/repository_search.tf")).expect("a generated file"),
        }
        accepted(&case, &after);
    }
}
