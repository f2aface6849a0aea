//! Linters judge the workflows, the action, the Dockerfile, the scripts and the configuration of bots.

use std::collections::BTreeMap;

use super::{blocks, text_of};
use crate::harness::{Case, accepts, files_below, repository, tool};

/// The commits of the actions that ecrgen uses, looked up in their repositories.
const PINS: &[(&str, &str, &str)] = &[
    ("actions/checkout", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    ("actions/attest", "1e69f48acb82d1966a394da916b4c1698aa569d6", "v4.2.2"),
    ("anchore/sbom-action", "e22c389904149dbc22b58101806040fa8d37a610", "v0.24.0"),
    ("hashicorp/setup-terraform", "dfe3c3f87815947d99a8997f908cb6525fc44e9e", "v4.0.1"),
];

fn workflows() -> Vec<String> {
    let files = files_below(&repository().join(".github/workflows"));
    files.into_iter().map(|(path, _)| format!(".github/workflows/{}", path.display())).collect()
}

#[test]
fn zizmor_finds_nothing() {
    let files =
        [workflows(), ["action.yml", ".github/dependabot.yml", ".pre-commit-hooks.yaml"].map(str::to_owned).to_vec()]
            .concat();
    let arguments = [
        ["--offline", "--quiet", "--strict-collection", "--collect=all"].as_slice(),
        &files.iter().map(String::as_str).collect::<Vec<_>>(),
    ]
    .concat();
    accepts("zizmor", &arguments, repository());
}

/// Without this, the test above could pass because zizmor reads nothing.
#[test]
fn zizmor_finds_an_action_that_is_not_pinned() {
    let bad = text_of(".github/workflows/ci.yml").replace("@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7");
    let case = Case::new().file("ci.yml", bad);
    if let Some(outcome) = tool("zizmor", &["--offline", "--quiet", "ci.yml"], &case.path("")) {
        assert!(outcome.status != 0 && outcome.out.contains("unpinned-uses"), "{outcome:?}");
    }
}

#[test]
fn each_file_has_its_schema() {
    let check =
        |schema: &str, file: &str| accepts("check-jsonschema", &["--builtin-schema", schema, file], repository());
    workflows().iter().for_each(|file| check("vendor.github-workflows", file));
    workflows().iter().for_each(|file| check("custom.github-workflows-require-timeout", file));
    check("vendor.github-actions", "action.yml");
    check("vendor.dependabot", ".github/dependabot.yml");
}

#[test]
fn hadolint_and_shellcheck_find_nothing() {
    accepts("hadolint", &["--strict-labels", "Dockerfile"], repository());
    let scripts = [
        "action/install.sh",
        "action/run.sh",
        ".github/pack.sh",
        "tests/python-env.sh",
        "tests/node-env.sh",
        ".ci/run",
    ];
    accepts("shellcheck", &[["--severity=style"].as_slice(), &scripts].concat(), repository());
}

/// Each `uses:`, also on the pages, names a commit of the list, with its version in a comment.
#[test]
fn every_action_is_pinned_to_a_known_commit() {
    let uses = regex_lite::Regex::new(r"(?m)uses: ([^@\s]+)@(\S+)(?: # (\S+))?$").expect("a pattern");
    let pages = ["README.md", "docs/ci.md"].map(|page| blocks(&text_of(page), "yaml").concat());
    let texts = workflows().into_iter().map(|path| text_of(&path)).chain(pages);
    let mut found = BTreeMap::new();
    for text in texts {
        for action in uses.captures_iter(&text) {
            let part = |at: usize| action.get(at).map_or("", |found| found.as_str());
            if part(1) != "OWNER/ecrgen" {
                found.insert((part(1).to_owned(), part(2).to_owned(), part(3).to_owned()), ());
            }
        }
    }
    let found: Vec<(&str, &str, &str)> = found.keys().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    let mut known = PINS.to_vec();
    known.sort_unstable();
    assert_eq!(found, known);
}

/// The image has a static program, runs without privileges, and gets nothing of the repository that it does not need.
#[test]
fn the_image_contains_what_the_build_needs() {
    let (file, ignored) = (text_of("Dockerfile"), text_of(".dockerignore"));
    let copied = file.lines().filter(|line| line.starts_with("COPY ") && !line.contains("--from"));
    let copied: Vec<&str> = copied.flat_map(|line| line.split(' ').skip(1)).collect();
    let admitted: Vec<&str> = ignored.lines().filter_map(|line| line.strip_prefix('!')).collect();
    assert_eq!(ignored.lines().next(), Some("*"));
    for path in &admitted {
        assert!(repository().join(path).exists() && copied.contains(path), "{path} is admitted, and not copied");
    }
    let last = file.split("\nUSER 65532:65532\n").nth(1).expect("a user without privileges");
    assert!(!last.contains("\nRUN ") && !last.contains("\nUSER "), "{last}");
    // Files outside of `src` that the code includes, and targets that Cargo.toml names.
    for (_, text) in crate::harness::texts_below(&repository().join("src")) {
        for path in text.split("include_str!(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let is_outside = path.contains("../templates/");
            assert!(!path.contains("../") || is_outside, "{path} is not in the image");
        }
    }
}
