//! Repositories that are declared together with `for_each`.

use std::collections::BTreeSet;

use serde_json::json;

use crate::harness::module::value;
use crate::harness::{Compiled, HEAD, shop};

const SET: &str = "terraform: { for_each: true }\n";

/// The keys of the set that a spec becomes.
fn members(rest: &str) -> BTreeSet<String> {
    let compiled = shop(rest);
    compiled.platform().root.set.iter().flat_map(|set| set.keys.clone()).collect()
}

fn keys<const N: usize>(keys: [&str; N]) -> BTreeSet<String> {
    keys.map(str::to_owned).into()
}

/// A repository is in the set if nothing but its key makes it what it is.
#[test]
fn holds_the_repositories_without_settings_of_their_own() {
    let cases = [
        ("repositories: { a1: {}, b1: {} }", keys(["a1", "b1"])),
        ("repositories: { a1: {}, b1: { tag_mutability: mutable } }", keys(["a1"])),
        // Written out, and equal.
        ("repositories: { a1: {}, b1: { tag_mutability: immutable, scan_on_push: true } }", keys(["a1", "b1"])),
        ("repositories: { a1: {}, b1: { encryption: kms }, c1: { force_delete: true } }", keys(["a1"])),
        ("repositories: { a1: {}, b1: { resource_tags: { Team: web } } }", keys(["a1"])),
        ("repositories: { a1: {}, b1: { name: other } }", keys(["a1"])),
        ("repositories: { a1: {}, b1: { name: b1, was: c1 } }", keys(["a1", "b1"])),
        ("repositories: { a1: {}, b1: { retention: [{ keep: 5, of: any }] } }", keys(["a1"])),
        (
            "repositories: { a1: {}, b1: { retention: none } }\nrepository_defaults: { retention: [{ keep: 5, of: any }] }",
            keys(["a1"]),
        ),
        (
            "repositories: { a1: {}, b1: { retention: [{ keep: 5, of: any, description: Five }] } }\n\
             repository_defaults: { retention: [{ keep: 5, of: any }] }",
            keys(["a1"]),
        ),
        // What is only in the defaults is the same for all.
        (
            "repositories: { a1: {}, b1: {} }\nrepository_defaults: { tag_mutability: mutable, encryption: kms }",
            keys(["a1", "b1"]),
        ),
        // Services have an effect on tags with `{service}` only.
        ("repositories: { a1: {}, b1: { services: [web, api] } }", keys(["a1", "b1"])),
        (
            "image_tags: { build: \"{service}-{sha}\" }\nrepositories: { a1: { services: [web, api] }, b1: {} }\n\
             repository_defaults: { services: [web, api], retention: [{ keep: 5, of: build }] }",
            keys(["a1", "b1"]),
        ),
    ];
    for (rest, expected) in cases {
        assert_eq!(members(&format!("{rest}\n{SET}")), expected, "{rest}");
        assert_eq!(members(rest), keys([]), "{rest}");
    }
}

#[test]
fn is_refused_where_it_would_hold_nothing_or_is_not_possible() {
    let cases = [
        (
            "repositories: { a1: { encryption: kms } }\nterraform: { for_each: true }",
            "every one has individual settings",
        ),
        (
            "image_tags: { build: \"{service}-{sha}\" }\nrepositories: { a1: {}, b1: {} }\n\
             repository_defaults: { retention: [{ keep: 5, of: build }] }\nterraform: { for_each: true }",
            "the tag patterns of each one contain its own name",
        ),
        (
            "repositories: { a1: { deletion_protection: false } }\nterraform: { for_each: true, ecr_module: 3.2.0 }",
            "`for_each` cannot be used with `ecr_module`",
        ),
        (
            "names: { repository: \"{platform}\" }\nrepositories: { a1: {} }\nterraform: { for_each: { variable: v } }",
            "`names.repository` does not contain `{repository}`",
        ),
    ];
    for (rest, message) in cases {
        let compiled = shop(rest);
        assert_eq!(compiled.errors().len(), 1, "{rest}: {:#?}", compiled.findings());
        assert!(compiled.errors()[0].contains(message), "{rest}: {:?}", compiled.errors());
        let finding = compiled.findings().iter().find(|finding| finding.code.name == "impossible-set");
        assert_eq!(&*finding.expect("the code").path, "terraform.for_each");
    }
    // Without repositories there is nothing to declare together.
    for rest in ["repositories: none", "repositories: {}"] {
        assert_eq!(shop(format!("{rest}\n{SET}")).errors(), [""; 0]);
    }
}

/// One mistake, one message: a repository with an error could be in the set.
#[test]
fn an_error_in_a_repository_is_the_only_one() {
    let cases = [
        "repositories: { a1: { encryption: kms }, b1: { name: \"b//b\" } }",
        "repositories: { a1: { encryption: kms }, b1: { scan: true } }",
        "repositories: [a1]",
    ];
    for rest in cases {
        let compiled = shop(format!("{rest}\n{SET}"));
        assert_eq!(compiled.errors().len(), 1, "{rest}: {:#?}", compiled.findings());
    }
}

/// An error under `terraform` says nothing about `root`, so a reference beside it is not reported.
#[test]
fn an_error_under_terraform_is_the_only_one() {
    let rest = "repositories: { a1: { scan_on_push: { ref: local.scan } } }\n";
    for terraform in ["for_each: [a1]", "for_each: services", "direktory: x"] {
        let compiled = shop(format!("{rest}terraform: {{ root: shared, {terraform} }}\n"));
        assert_eq!(compiled.errors().len(), 1, "{terraform}: {:#?}", compiled.findings());
    }
}

#[test]
fn the_name_in_aws_contains_the_key() {
    let name = |template: &str| {
        let names = format!("names: {{ repository: \"{template}\" }}\nrepositories: {{ cart: {{}}, search: {{}} }}\n");
        shop(names + SET).module("shared/ecr").value("resource aws_ecr_repository this", "name")
    };
    assert_eq!(name("{repository}"), json!("${each.key}"));
    let written = |template: &str| match name(template) {
        serde_json::Value::String(text) => text,
        other => panic!("{other}"),
    };
    assert_eq!(written("{platform}/{environment}-{repository}"), "shop/shared-${each.key}");
    assert_eq!(written("{repository}/{region}/{repository}"), "${each.key}/eu-central-1/${each.key}");
}

#[test]
fn policies_that_differ_are_given_by_key_and_references_name_the_instance() {
    let access = "access:\n  other: { can: [pull], repositories: REPOSITORIES, accounts: [\"111111111111\"] }\n  \
                  ops: { can: [pull], repositories: [cart], roles: [ops] }\n";
    let module = |repositories: &str| {
        let access = access.replace("REPOSITORIES", repositories);
        let compiled = shop(format!("repositories: {{ cart: {{}}, search: {{}}, users: {{}} }}\n{access}{SET}"));
        compiled.module("shared/ecr")
    };
    let policy = "resource aws_ecr_repository_policy this";
    assert_eq!(module("all").value(policy, "for_each"), json!("${aws_ecr_repository.this}"));
    let some = module("[cart, users]");
    let each = some.value(policy, "for_each");
    assert_eq!(each.as_object().expect("an object").keys().collect::<Vec<_>>(), ["cart", "users"]);
    assert_eq!(some.value(policy, "repository"), json!("${aws_ecr_repository.this[each.key].name}"));
    let statement = &some.value("resource aws_iam_policy ops", "policy")["Statement"];
    assert!(statement.to_string().contains("aws_ecr_repository.this[\\\"cart\\\"].arn"), "{statement}");
}

/// Outputs contain the repositories that a value of the variable adds.
#[test]
fn outputs_are_by_key_and_the_variable_has_the_keys_as_its_default() {
    let by_variable = "terraform: { for_each: { variable: services } }\n";
    let compiled =
        shop(format!("repositories: {{ cart: {{}}, search: {{}}, users: {{ encryption: kms }} }}\n{by_variable}"));
    let module = compiled.module("shared/ecr");
    let urls = value(crate::harness::module::expression(module.block("output repository_urls"), "value"));
    let urls = urls.as_str().expect("code").replace('\n', " ");
    for part in ["for key, repository in aws_ecr_repository.this", "users = aws_ecr_repository.users.repository_url"] {
        assert!(urls.contains(part), "{urls}");
    }
    assert_eq!(module.value("variable services", "default"), json!(["cart", "search"]));
    assert_eq!(module.value("resource aws_ecr_repository this", "for_each"), json!("${var.services}"));
    assert_eq!(compiled.codes(), ["repositories-by-variable"]);
}

/// Each environment has the set of its own repositories.
#[test]
fn environments_have_a_set_each() {
    let spec = "platform: shop\nregion: eu-central-1\nrepositories: { cart: {}, search: {} }\nnames: { repository: \
                \"{environment}/{repository}\" }\nterraform: { for_each: true }\nenvironments:\n  dev: { repositories: { \
                search: { tag_mutability: mutable } } }\n  qa: { repository_defaults: { tag_mutability: mutable } }\n  \
                prod: { terraform: { for_each: none } }\n";
    let compiled = Compiled::of(spec);
    let sets: Vec<Option<BTreeSet<String>>> =
        compiled.platforms().map(|platform| platform.root.set.as_ref().map(|set| set.keys.clone())).collect();
    assert_eq!(sets, [Some(keys(["cart"])), Some(keys(["cart", "search"])), None]);
    let files = compiled.files();
    for (path, exists) in [
        ("dev/ecr/repositories.tf", true),
        ("dev/ecr/repository_search.tf", true),
        ("dev/ecr/repository_cart.tf", false),
        ("qa/ecr/repositories.tf", true),
        ("prod/ecr/repositories.tf", false),
        ("prod/ecr/repository_cart.tf", true),
    ] {
        assert_eq!(files.contains_key(path), exists, "{path}");
    }
}

/// A `moved` block from an address that something else has would fail every plan.
#[test]
fn labels_of_the_set_and_of_other_repositories_must_differ() {
    let colliding =
        ["my-app: {}, my_app: { encryption: kms }", "a1: {}, this: { encryption: kms }", "a1: {}, this: {}"];
    for repositories in colliding {
        let compiled = Compiled::of(format!("{HEAD}repositories: {{ {repositories} }}\n{SET}"));
        assert_eq!(compiled.codes(), ["labels-collide"], "{repositories}: {:#?}", compiled.messages());
    }
}
