//! Labels that ecrgen spelled in another way before: `my-u-app` where it is `my_app` now.

use super::guard::{accepted, committed, refused};
use super::plans::Applied;
use crate::harness::{Case, texts_below};

const HEAD: &str = "platform: shop\nenvironment: shared\nregion: ap-southeast-3\n";
const PLAIN: &str = "terraform: { providers: { aws: \"~> 5.100\" } }\n";
const SHOP: &str = "\
repository_defaults: { deletion_protection: false }
repositories: { my_app: { retention: [{ keep: 9, of: tagged }] }, web.api: {}, a--b: {} }
access: { ops: { can: [pull], repositories: all, roles: [ops_x, ops.y] } }
";

/// What labels are now, and what they were: written by hand from the old rule.
const LABELS: &[(&str, &str)] = &[
    ("my_app", "my-u-app"),
    ("web_api", "web-d-api"),
    ("a__b", "a-2-b"),
    ("ops__ops_x", "ops__ops-u-x"),
    ("ops__ops_y", "ops__ops-d-y"),
];

/// A generated file or manifest as it was.
fn earlier(text: &str) -> String {
    LABELS.iter().fold(text.to_owned(), |text, (now, was)| {
        text.replace(&format!("\" \"{now}\" {{"), &format!("\" \"{was}\" {{"))
            .replace(&format!("aws_ecr_repository.{now}"), &format!("aws_ecr_repository.{was}"))
            .replace(&format!("module.{now}."), &format!("module.{was}."))
    })
}

fn spec(terraform: &str) -> String {
    format!("{HEAD}{terraform}{SHOP}")
}

fn committed_earlier(spec: &str) -> Case {
    let case = committed(spec);
    for (path, text) in texts_below(&case.path("out")) {
        case.write(&format!("out/{path}"), earlier(&text));
    }
    case
}

#[test]
fn labels_of_another_spelling_are_refused_and_moved() {
    let words = &[
        "address-changed",
        "from aws_ecr_repository.my-u-app to aws_ecr_repository.my_app",
        "add `labels_were: escaped` under `terraform`",
    ];
    refused(&committed_earlier(&spec("")), &spec(""), words);
    let case = committed_earlier(&spec(""));
    accepted(&case, &spec("terraform: { labels_were: escaped }\n"));
    let moved = |file: &str, kind: &str, (now, was): (&str, &str)| {
        let text = case.read(&format!("out/shared/ecr/{file}"));
        assert!(text.contains(&format!("moved {{\n  from = {kind}.{was}\n  to   = {kind}.{now}\n}}\n")), "{text}");
    };
    moved("repository_my_app.tf", "aws_ecr_repository", LABELS[0]);
    moved("repository_my_app.tf", "aws_ecr_lifecycle_policy", LABELS[0]);
    moved("repository_web_api.tf", "aws_ecr_repository", LABELS[1]);
    moved("repository_a__b.tf", "aws_ecr_repository", LABELS[2]);
    moved("access_ops.tf", "aws_iam_role_policy_attachment", LABELS[3]);
    moved("access_ops.tf", "aws_iam_role_policy_attachment", LABELS[4]);
}

#[test]
fn labels_and_the_form_of_repositories_change_together() {
    let to_module = "terraform: { ecr_module: 3.2.0 }\n";
    let words = &[
        "from aws_ecr_repository.my-u-app to module.my_app.",
        "add `ecr_module_was: plain` and `labels_were: escaped` under `terraform`, next to `ecr_module`",
    ];
    refused(&committed_earlier(&spec("")), &spec(to_module), words);
    let case = committed_earlier(&spec(""));
    accepted(&case, &spec("terraform: { ecr_module: 3.2.0, ecr_module_was: plain, labels_were: escaped }\n"));
    let file = case.read("out/shared/ecr/repository_my_app.tf");
    assert!(
        file.contains("from = aws_ecr_repository.my-u-app\n  to   = module.my_app.aws_ecr_repository.this[0]\n"),
        "{file}"
    );
}

#[test]
fn a_retained_repository_is_forgotten_where_the_state_has_it() {
    let removed = |terraform: &str| spec(terraform).replace("web.api: {}, ", "") + "removed: { web.api: retain }\n";
    refused(
        &committed_earlier(&spec("")),
        &removed(""),
        &["`web.api` was at aws_ecr_repository.web-d-api", "labels_were: escaped"],
    );
    let case = committed_earlier(&spec(""));
    accepted(&case, &removed("terraform: { labels_were: escaped }\n"));
    let file = case.read("out/shared/ecr/removed.tf");
    assert!(file.contains("from = aws_ecr_repository.web-d-api\n"), "{file}");

    let module = "terraform: { ecr_module: 3.2.0 }\n";
    refused(&committed(&spec(module)), &removed(""), &["`web.api` was at module.web_api.", "ecr_module_was: module"]);
    let case = committed(&spec(module));
    accepted(&case, &removed("terraform: { ecr_module_was: module }\n"));
    let file = case.read("out/shared/ecr/removed.tf");
    assert!(file.contains("from = module.web_api\n"), "{file}");
}

#[test]
fn terraform_changes_nothing_when_labels_move() {
    // moto takes no name with two hyphens, and no attachment to a role that does not exist.
    let access = SHOP.find("access:").expect("an entry");
    let plain = format!("{HEAD}{PLAIN}{}", &SHOP[..access]).replace(", a--b: {}", "");
    let Some(applied) = Applied::changed(&plain, earlier) else { return };
    let without = applied.plan(&plain);
    assert!(without.contains("3 to destroy"), "{without}");
    let moved = plain.replace("terraform: {", "terraform: { labels_were: escaped,");
    let plan = applied.plan(&moved);
    assert!(plan.contains("Plan: 0 to add, 0 to change, 0 to destroy."), "{plan}");
    assert_eq!(plan.matches("has moved to").count(), 3, "{plan}");
}
