//! The reports of `ecrgen access`.

use insta::assert_snapshot;
use serde_json::Value;

use super::SHOP;
use crate::harness::{Case, repository};

fn shown(arguments: &[&str]) -> String {
    let case = Case::new().file("shop.yaml", SHOP);
    let outcome = case.run(&[&["access", "shop.yaml"], arguments].concat());
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""), "{}", outcome.out);
    outcome.out
}

#[test]
fn text() {
    let text = shown(&[]);
    assert!(text.is_ascii(), "a terminal without UTF-8 can show it");
    let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > 100 || line.ends_with(' ')).collect();
    assert_eq!(wide, [""; 0]);
    assert_snapshot!(text);
}

#[test]
fn markdown() {
    assert_snapshot!(shown(&["--format", "markdown"]));
}

#[test]
fn piksel() {
    let spec = repository().join("specs/piksel.yaml");
    let outcome = Case::new().run(&["access", spec.to_str().expect("UTF-8")]);
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""));
    assert_snapshot!(outcome.out);
}

/// Without `account`, no report shows a number that could be taken for the account.
#[test]
fn does_not_invent_an_account() {
    let spec = |account: &str| {
        format!(
            "platform: shop\nenvironment: shared\nregion: eu-central-1\n{account}repositories: {{ web: {{}} }}\naccess:\n  \
             functions: {{ can: [pull], repositories: all, lambda: {{ functions: [resize] }} }}\n  \
             pods: {{ can: [pull], repositories: all, pod_identity: {{ cluster: eks, service_accounts: [ci/a] }} }}\n"
        )
    };
    let case = Case::new().file("open.yaml", spec("")).file("pinned.yaml", spec("account: \"111122223333\"\n"));
    for format in ["text", "markdown", "json"] {
        let open = case.run(&["access", "open.yaml", "--format", format]).out;
        assert!(open.contains("ACCOUNT_ID") && !open.contains("123456789012"), "{open}");
        let pinned = case.run(&["access", "pinned.yaml", "--format", format]).out;
        assert!(pinned.contains("111122223333") && !pinned.contains("ACCOUNT_ID"), "{pinned}");
    }
}

/// Text of a spec has no meaning in Markdown.
#[test]
fn escapes_markdown_in_text() {
    let spec = "\
platform: shop
environment: shared
region: eu-central-1
repositories: { a__b: {} }
access:
  pipeline:
    can: [push]
    repositories: all
    github: { repository: o/r, owner_id: 1, repository_id: 2, environments: [\"a|b`c\"] }
";
    let outcome = Case::new().file("s.yaml", spec).run(&["access", "s.yaml", "--format", "markdown"]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    assert!(outcome.out.contains("### Access to a\\_\\_b\n"), "{}", outcome.out);
    assert!(outcome.out.contains(r"in the environment a\|b\`c"), "{}", outcome.out);
    assert!(outcome.out.contains("`` repo:o/r:environment:a|b`c ``"), "{}", outcome.out);
    let rows = outcome.out.lines().filter(|line| line.starts_with('|'));
    assert!(rows.clone().count() > 4 && rows.clone().all(|row| row.ends_with('|')), "{}", outcome.out);
}

/// Each row of the JSON is in the matrix, and each entry of the matrix is in the JSON.
#[test]
fn json_and_text_contain_the_same() {
    let json: Value = serde_json::from_str(&shown(&["--format", "json"])).expect("JSON");
    assert_eq!(json["format_version"], 2);
    let rights = json["platforms"][0]["permissions"].as_array().expect("a list").clone();
    let text = shown(&[]);
    let mut marks = 0;
    for (repository, part) in
        ["cart", "search"].iter().zip(text.split("\nPrincipals\n").next().expect("tables").split("Access to ").skip(1))
    {
        assert!(part.starts_with(repository));
        for line in part.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
            let words: Vec<&str> = line.split_whitespace().take(6).collect();
            let [who, verbs @ ..] = words.as_slice() else { continue };
            if *who == "principal" || verbs.len() < 5 || verbs[0] == "has" {
                continue;
            }
            let row = rights.iter().find(|row| row["principal"] == **who && row["repository"] == **repository);
            let row = row.unwrap_or_else(|| panic!("{who} on {repository}: {rights:#?}"));
            let held: Vec<&str> = verbs.iter().copied().filter(|verb| *verb != "-").collect();
            assert_eq!(row["verbs"], serde_json::json!(held), "{who} on {repository}");
            marks += 1;
        }
    }
    assert_eq!(marks, rights.len());
}
