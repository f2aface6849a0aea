//! What an editor offers: the YAML language server, which most editors use, completes specs by the JSON Schema.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};

use crate::harness::{Case, HEAD, repository, skipped};

/// The server in `.npm`, where `tests/node-env.sh` installs it. `.ci/run` requires it if it can install it.
fn server() -> Option<PathBuf> {
    let server = repository().join(".npm/node_modules/yaml-language-server/bin/yaml-language-server");
    if server.exists() {
        return Some(server);
    }
    assert!(std::env::var_os("ECRGEN_REQUIRE_NODE").is_none(), "the YAML language server is not installed");
    skipped("the YAML language server is not installed; run tests/node-env.sh");
    None
}

/// The items that are offered at the `|` of each document: label, inserted text, documentation.
fn offered(documents: &[String]) -> Option<Vec<Vec<[String; 3]>>> {
    let server = server()?;
    let case = Case::new();
    case.write("schema.json", case.run(&["schema"]).out);
    let mut node = Command::new("node")
        .arg(repository().join("tests/language-server.mjs"))
        .args([server, case.path("schema.json")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let requests = json!(documents).to_string();
    node.stdin.take().expect("a pipe").write_all(requests.as_bytes()).expect("the requests are written");
    let output = node.wait_with_output().expect("node ends");
    assert!(output.status.success(), "node failed");
    let answers: Vec<Vec<Json>> = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |item: &Json, key: &str| item[key].as_str().unwrap_or_default().to_owned();
    let item = |item: &Json| ["label", "inserted", "documentation"].map(|key| text(item, key));
    Some(answers.iter().map(|items| items.iter().map(item).collect()).collect())
}

const TWO: &str = "platform: shop\nregion: eu-central-1\nenvironments: { dev: {}, prod: {} }\n";

/// A cursor where a key is typed, and some of the keys that must be offered there.
fn keys() -> Vec<(String, &'static [&'static str])> {
    let head = |rest: &str| format!("{HEAD}{rest}");
    let ci = "access:\n  ci:\n    can: [push]\n    repositories: all\n";
    vec![
        ("pla|".to_owned(), &["platform", "environment", "region", "repositories", "environments"]),
        (head("\nrep|"), &["repositories", "repository_defaults", "access", "waive"]),
        (format!("{TWO}rep|"), &["repositories", "access"]),
        (head("repositories:\n  cart:\n    ret|"), &["retention", "encryption", "tag_mutability"]),
        (format!("{TWO}repositories:\n  cart:\n    ret|"), &["retention", "encryption"]),
        (
            "platform: shop\nregion: eu-central-1\nenvironments:\n  dev:\n    repositories:\n      cart:\n        ret|"
                .to_owned(),
            &["retention", "encryption"],
        ),
        (
            head("repositories:\n  cart:\n    retention:\n      - ke|"),
            &["keep", "expire_after", "of", "of_each", "then"],
        ),
        (head(&format!("{ci}    git|")), &["github", "gitlab", "node_roles", "lambda"]),
        (head(&format!("{ci}    github:\n      rep|")), &["repository", "organization", "branches"]),
        (head(&format!("{ci}    github:\n      repository: a/b\n      bra|")), &["branches", "owner_id", "url"]),
        (head(&format!("{ci}    oidc:\n      iss|")), &["issuer", "audience", "subjects"]),
        (head("waive:\n  any|"), &["any-branch-trust", "dead-retention-rule", "shared-retention-count"]),
        (head("oidc_providers:\n  git|"), &["github", "gitlab", "hcp"]),
        (head("registry:\n  acc|"), &["accept_replication_from"]),
    ]
}

/// A cursor where a value is typed, and all values that must be offered there.
fn values() -> Vec<(String, &'static [&'static str])> {
    let head = |rest: &str| format!("{HEAD}{rest}");
    let cart = |rest: &str| head(&format!("repositories:\n  cart:\n    {rest}"));
    vec![
        (cart("retention:\n      - keep: 5\n        of: |"), &["any", "cosign", "none", "tagged", "untagged"]),
        (cart("retention:\n      - keep: |"), &["all", "none"]),
        (cart("encryption: |"), &["aes256", "kms", "kms_dsse", "none"]),
        (cart("tag_mutability: |"), &["immutable", "mutable", "none"]),
        (cart("scan_on_push: |"), &["false", "none", "true"]),
        (head("oidc_providers:\n  github: |"), &["create", "existing", "look_up", "none"]),
        (head("access:\n  ci:\n    can:\n      - |"), &["create", "delete", "import", "pull", "push", "read"]),
        (head("access:\n  ci:\n    can: [pull]\n    repositories: |"), &["all"]),
    ]
}

#[test]
fn keys_are_inserted_with_their_colon() {
    let documents: Vec<String> = keys().into_iter().map(|(document, _)| document).collect();
    let Some(answers) = offered(&documents) else { return };
    for ((document, expected), items) in keys().into_iter().zip(answers) {
        for key in expected {
            let named: Vec<_> = items.iter().filter(|[label, ..]| label == key).collect();
            let [[_, inserted, documentation]] = named[..] else { panic!("{document}: {key}: {items:#?}") };
            assert!(inserted.starts_with(&format!("{key}:")), "{document}: {key}: {inserted:?}");
            assert!(!documentation.is_empty(), "{document}: {key}");
        }
        // A condition of the schema is not a suggestion.
        let none = items.iter().find(|[_, inserted, _]| inserted.contains(":none}") || inserted.contains("|none"));
        assert_eq!(none, None, "{document}");
    }
}

#[test]
fn values_are_the_words_of_the_language() {
    let documents: Vec<String> = values().into_iter().map(|(document, _)| document).collect();
    let Some(answers) = offered(&documents) else { return };
    for ((document, expected), items) in values().into_iter().zip(answers) {
        let mut labels: Vec<&str> = items.iter().map(|[label, ..]| label.as_str()).collect();
        labels.sort_unstable();
        assert_eq!(labels, expected, "{document}");
    }
}
