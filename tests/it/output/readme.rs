//! What the README of the root module claims, derived from the Terraform code next to it.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use crate::harness::{Compiled, shipped_names, shop};

const RICH: &str = "image_tags: { release: \"v{version}\", build: \"build-{sha:8}\" }
repositories:
  cart:
    retention:
      - { keep: { variable: releases, default: 30 }, of: release }
      - { archive_unpulled_after: 90d, of: build }
      - { expire_after: 1d, of: untagged }
  search: { retention: [{ keep: all, of: release }, { keep: 5, of: any }, { expire_archived_after: 200d }] }
  mail: {}
monitoring: { alerts: { ops: { events: [delete, push], pulls_over: 500/day, sns: create, emails: [ops@example.com] } } }
workspace: { organization: acme }
outputs: { topic: alerts.ops.topic_arn }
";

/// The rows of the table below a heading, without the head of the table.
fn table(readme: &str, heading: &str) -> Vec<Vec<String>> {
    let section = readme.split_once(&format!("\n## {heading}\n")).map(|(_, rest)| rest).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(2);
    let cells = |row: &str| {
        row.trim_matches('|').split(" | ").map(|cell| cell.trim().replace('\\', "").replace("&#8203;", "")).collect()
    };
    rows.map(cells).collect()
}

/// The README of the module in a folder, which may be shared with hand-written files.
fn readme<'f>(files: &'f BTreeMap<String, String>, folder: &str) -> &'f str {
    let named = ["README.md", "ecr_README.md"].map(|name| files.get(&format!("{folder}/{name}")));
    named.into_iter().flatten().next().expect("a README")
}

/// Each platform with its folder.
fn platforms() -> Vec<(Rc<Compiled>, String)> {
    let shipped = shipped_names().into_iter().map(|name| Compiled::shipped(&name));
    let of_all = [shop(RICH)].into_iter().chain(shipped).flat_map(|compiled| {
        let folders: Vec<String> =
            compiled.platforms().map(|platform| platform.root.directory.as_str().to_owned()).collect();
        let compiled = Rc::new(compiled);
        folders.into_iter().map(move |folder| (Rc::clone(&compiled), folder))
    });
    of_all.collect()
}

fn lifecycle_policies(compiled: &Compiled, folder: &str) -> Vec<(String, Value)> {
    let module = compiled.module(folder);
    let plain = module.heads("resource aws_ecr_lifecycle_policy ").into_iter().map(|head| (head, "policy"));
    let modules = module.heads("module ").into_iter().map(|head| (head, "repository_lifecycle_policy"));
    let policy = |(head, key): (String, &str)| (head.clone(), module.value(&head, key));
    plain.chain(modules).map(policy).collect()
}

#[test]
fn lists_every_output_of_the_module() {
    for (compiled, folder) in platforms() {
        let files = compiled.files();
        let readme = readme(&files, &folder);
        let module = compiled.module(&folder);
        let outputs = table(readme, "Outputs");
        let heads: Vec<String> = outputs.iter().map(|row| format!("output {}", row[0])).collect();
        assert_eq!(heads, module.heads("output "));
        for (head, row) in heads.iter().zip(&outputs) {
            assert_eq!(module.value(head, "description"), row[1]);
        }
        let variables = table(readme, "Variables");
        let names: Vec<String> = variables.iter().map(|row| format!("variable {}", row[0])).collect();
        assert_eq!(names, module.heads("variable "));
    }
}

/// Each rule of a lifecycle policy is a row, with its number, its tags and its action.
#[test]
fn states_what_each_lifecycle_rule_keeps() {
    for (compiled, folder) in platforms() {
        let files = compiled.files();
        let readme = readme(&files, &folder);
        let rows = table(readme, "What is kept");
        let policies = lifecycle_policies(&compiled, &folder);
        assert!(!policies.is_empty() && !rows.is_empty());
        for (head, policy) in policies {
            for rule in policy["rules"].as_array().expect("rules") {
                let number = match &rule["selection"]["countNumber"] {
                    Value::Number(number) if number.as_u64() == Some(999_999) => "kept".to_owned(),
                    Value::Number(number) => number.to_string(),
                    variable => variable.as_str().expect("a variable").trim_matches(['$', '{', '}']).to_owned(),
                };
                let does = match rule["action"]["type"].as_str() {
                    _ if number == "kept" => "kept",
                    Some("expire") => "deleted",
                    _ => "archived",
                };
                let selection = &rule["selection"];
                let tags = ["tagPatternList", "tagPrefixList"].into_iter().filter_map(|key| selection[key].as_array());
                let tags: Vec<&str> = tags.flatten().filter_map(Value::as_str).collect();
                let is_row = |row: &Vec<String>| {
                    row[1].parse().ok() == rule["rulePriority"].as_u64()
                        && row[3].contains(&number)
                        && row[3].contains(does)
                        && (tags == ["*"] || tags.iter().all(|tag| row[2].contains(tag)))
                        && (tags == ["*"]) == (row[2] == "tagged images")
                        && (selection["tagStatus"] == "untagged") == row[2].contains("without a tag")
                };
                assert!(rows.iter().any(is_row), "{head}: {rule} is not in {rows:#?}");
            }
        }
    }
}

#[test]
fn names_repositories_without_a_policy_and_the_alerts() {
    let files = shop(RICH).files();
    let readme = &files["shared/ecr/README.md"];
    let rows = table(readme, "What is kept");
    assert!(rows.contains(&["mail", "-", "all images", "kept"].map(str::to_owned).to_vec()), "{rows:?}");
    let sent = "delete, push, more than 500 pulls of a repository per day";
    assert_eq!(table(readme, "Alerts"), [["ops", sent, "shop-shared-ecr-ops", "ops@example.com"]]);
}

/// The steps before a deletion are those that the guard asks for.
#[test]
fn says_what_to_do_before_something_is_destroyed() {
    for (compiled, folder) in platforms() {
        let files = compiled.files();
        let readme = readme(&files, &folder);
        let (_, steps) = readme.split_once("## Before a repository is destroyed").expect("the section");
        for key in ["removed: { KEY: retain }", "force_delete: true", "removed: { KEY: delete }", "replace"] {
            assert!(steps.contains(key), "{key}");
        }
        let has_workspace = files.keys().any(|path| path.starts_with(&format!("{folder}-workspace/")));
        assert_eq!(steps.contains("an administrator applies shared/ecr-workspace"), has_workspace, "{steps}");
    }
}
