//! The output for people, pipes, other programs and GitHub.

use serde_json::Value;

use super::{BROKEN, SHOP, WARNED, rendered};
use crate::harness::Case;

/// A case with an edited, a missing and an orphaned file.
fn drifted() -> Case {
    let case = rendered();
    let path = "out/shared/ecr/repository_cart.tf";
    case.write(path, case.read(path).replace("= 10\n", "= 99\n"));
    std::fs::remove_file(case.path("out/shared/ecr/outputs.tf")).expect("our file");
    case.write("shop.yaml", SHOP.replace("  search: {}\n", "removed: { search: retain }\n"));
    case
}

#[test]
fn pipes_and_no_color_disable_escape_sequences() {
    let case = drifted().file("warned.yaml", WARNED).file("broken.yaml", BROKEN);
    for line in [
        "check shop.yaml --out out",
        "lint warned.yaml broken.yaml",
        "render broken.yaml",
        "render missing.yaml",
        "render shop.yaml --out out/shared/ecr/versions.tf",
        "explain",
        "explain policy-too-large",
        "schema",
        "completions fish",
        "--help",
        "render --help",
        "rendr",
    ] {
        for no_color in [Some("1"), None] {
            let mut command = case.command(&line.split(' ').collect::<Vec<_>>());
            command.env_remove("NO_COLOR").env("TERM", "xterm-256color").env("COLORTERM", "truecolor");
            command.envs(no_color.map(|value| ("NO_COLOR", value)));
            let output = command.output().expect("the program runs");
            for (name, stream) in [("standard output", output.stdout), ("standard error", output.stderr)] {
                assert!(!stream.contains(&0x1b), "{line}: escape sequence on {name}");
            }
        }
    }
}

#[test]
fn results_go_to_standard_output_and_findings_to_standard_error() {
    let case = drifted().file("broken.yaml", BROKEN);
    let check = case.run(&["check", "shop.yaml", "--out", "out"]);
    assert!(!check.out.is_empty() && check.err.is_empty());
    let render = case.run(&["render", "broken.yaml"]);
    assert!(render.out.is_empty() && !render.err.is_empty());
}

#[test]
fn deny_warnings_turns_warnings_into_errors() {
    let case = Case::new().file("warned.yaml", WARNED);
    let allowed = case.run(&["render", "warned.yaml"]);
    assert!(allowed.err.starts_with("warning[shared-retention-count]"), "{}", allowed.err);
    let check = case.run(&["check", "warned.yaml"]);
    assert_eq!(check.status, 0);
    let denied = case.run(&["check", "warned.yaml", "--deny", "warnings"]);
    assert_eq!(denied.status, 2);
    assert!(denied.err.starts_with("error[shared-retention-count]"), "{}", denied.err);
}

#[test]
fn check_reports_the_same_drift_as_json() {
    let case = drifted();
    let outcome = case.run(&["check", "shop.yaml", "--out", "out", "--format", "json"]);
    assert_eq!(outcome.status, 1);
    let json: Value = serde_json::from_str(&outcome.out).expect("one JSON document on standard output");
    assert_eq!(json["format_version"], 2);
    assert_eq!(json["checked"], 9);
    let drift = |path: &str| {
        let drift = json["drift"].as_array().expect("a list");
        let file = drift.iter().find(|file| file["path"] == path);
        file.unwrap_or_else(|| panic!("{path} is missing from {json:#}"))
    };
    let edited = drift("out/shared/ecr/repository_cart.tf");
    assert_eq!(
        (&edited["kind"], &edited["file"], &edited["line"], &edited["cause"]),
        (&"changed".into(), &"shop.yaml".into(), &7.into(), &"repositories.cart.retention".into())
    );
    let diff = edited["diff"].as_str().expect("a diff");
    assert!(diff.contains("99") && diff.contains("10"), "{diff}");
    assert_eq!(drift("out/shared/ecr/outputs.tf")["kind"], "missing");
    assert_eq!(drift("out/shared/ecr/repository_search.tf")["kind"], "orphaned");
    assert_eq!(drift("out/.ecrgen/shop.json")["kind"], "changed");
}

#[test]
fn check_prints_json_in_sync_and_with_errors() {
    let case = rendered();
    let outcome = case.run(&["check", "shop.yaml", "--out", "out", "--format", "json"]);
    let json: Value = serde_json::from_str(&outcome.out).expect("JSON");
    assert_eq!((json["checked"].as_u64(), json["drift"].as_array().map(Vec::len)), (Some(9), Some(0)));
    case.write("shop.yaml", SHOP.replace("search: {}", "search: { nmae: x }"));
    let outcome = case.run(&["check", "shop.yaml", "--out", "out", "--format", "json"]);
    assert_eq!(outcome.status, 2);
    let json: Value = serde_json::from_str(&outcome.out).expect("JSON");
    let finding = &json["findings"][0];
    assert_eq!(
        (&finding["code"], &finding["line"], &finding["file"]),
        (&"unknown-key".into(), &8.into(), &"shop.yaml".into())
    );
}

#[test]
fn check_annotates_the_files_on_github() {
    let outcome = drifted().run(&["check", "shop.yaml", "--out", "out", "--format", "github"]);
    assert_eq!(outcome.status, 1);
    for path in ["repository_cart.tf", "outputs.tf", "repository_search.tf"] {
        let annotates = |line: &str| line.starts_with("::error ") && line.contains(&format!("out/shared/ecr/{path}"));
        assert!(outcome.out.lines().any(annotates), "{path}: {}", outcome.out);
    }
}

/// A case whose errors are not about a spec and contain text from a pull request.
fn hostile() -> Case {
    let case = super::rendered();
    let manifest = case
        .read("out/.ecrgen/shop.json")
        .replace("\"platform\"", "\"a\\n::error ::x\\u001b[8m ##[error]\": 1, \"platform\"");
    case.write("out/.ecrgen/shop.json", manifest);
    case.write(
        "images.json",
        "{ \"imageDetails\": [{ \"imageDigest\": \"sha256:1\", \"imagePushedAt\": \"2026-01-01T00:00:00Z\", \"imageSizeInBytes\": 1, \"repositoryName\": \"a\\n::error ::x\\u001b[8m\" }] }",
    );
    case
}

#[test]
fn an_error_outside_of_a_spec_is_one_line_without_control_characters() {
    let case = hostile();
    for arguments in [
        &["check", "shop.yaml", "--out", "out"][..],
        &["render", "shop.yaml", "--out", "out"],
        &["simulate", "shop.yaml", "--images", "images.json"],
        &["explain", "a\n::error ::x\u{1b}[8m"],
        &["access", "shop.yaml", "--can", "a\n::error ::x\u{1b}[8m", "pull", "cart"],
        &["access", "shop.yaml", "--environment", "a\n::error ::x\u{1b}[8m"],
        &["init", "missing\n::error ::x\u{1b}[8m/x.yaml"],
    ] {
        let outcome = case.run(arguments);
        assert_eq!(outcome.status, 2, "{arguments:?}");
        assert!(outcome.err.starts_with("error: "), "{}", outcome.err);
        let printed = outcome.out + &outcome.err;
        assert!(printed.contains("::error") && !printed.contains('\u{1b}'), "{printed:?}");
        assert!(!printed.lines().any(|line| line.trim().starts_with("::")), "{printed}");
    }
}

/// Texts that are not errors: the sentence of an expectation, digests of image manifests, and names of drifted files.
#[test]
fn what_reports_quote_is_one_line_without_control_characters() {
    let sentence = "\"a\\n::error ::x\\e[8m\": { repository: cart, pushes: { release: 1/day }, for: 7d, kept: 70 }";
    let digest = "sha256:1\\n::error ::x\\u001b[8m";
    let index = "{ \"images\": [{ \"imageId\": { \"imageDigest\": \"DIGEST\" }, \"imageManifest\": \"{\" }] }"
        .replace("DIGEST", digest);
    let case = hostile()
        .file("expect.yaml", format!("{SHOP}expect:\n  {sentence}\n"))
        .file("listing.json", "{ \"imageDetails\": [] }\n")
        .file("manifests.json", index);
    for arguments in [
        &["simulate", "expect.yaml"][..],
        &["lint", "expect.yaml"],
        &[
            "simulate",
            "expect.yaml",
            "--repository",
            "cart",
            "--images",
            "listing.json",
            "--manifests",
            "manifests.json",
        ],
        &["check", "shop.yaml", "--out", "a\n::error ::x\u{1b}[8m"],
    ] {
        for actions in ["false", "true"] {
            let output = case.command(arguments).env("GITHUB_ACTIONS", actions).output().expect("it runs");
            let printed = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
            assert!(printed.contains("::error") && !printed.contains('\u{1b}'), "{arguments:?}: {printed:?}");
            let command = if actions == "true" { "::" } else { "::error" };
            assert!(!printed.lines().any(|line| line.trim().starts_with(command)), "{arguments:?}: {printed}");
        }
    }
}

/// A pattern of the shell can expand to file names of a pull request.
#[test]
fn an_error_about_arguments_is_one_line_without_control_characters() {
    let case = Case::new();
    for arguments in [
        &["lint", "--x\n::error::y\u{1b}[8m.yaml"][..],
        &["x\n::error::y\u{1b}[8m"],
        &["lint", "shop.yaml", "--format", "\n::error::y\u{1b}[8m"],
        &["check", "shop.yaml", "--base=main", "--base=x\n::error::y\u{1b}[8m"],
        &["completions", "\r::error::y\u{1b}[8m"],
    ] {
        for actions in ["false", "true"] {
            let output = case.command(arguments).env("GITHUB_ACTIONS", actions).output().expect("it runs");
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
            let printed = String::from_utf8(output.stderr).expect("UTF-8");
            assert!(printed.starts_with("error: ") && printed.contains("--help"), "{printed}");
            assert!(!printed.contains(['\u{1b}', '\r']), "{arguments:?}: {printed:?}");
            assert!(!printed.lines().any(|line| line.trim().starts_with("::")), "{arguments:?}: {printed}");
        }
    }
}

#[test]
fn an_error_outside_of_a_spec_has_the_selected_format() {
    let case = hostile();
    let json = case.run(&["check", "shop.yaml", "--out", "out", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("one JSON document");
    let message = document["error"]["message"].as_str().expect("a message");
    assert!(message.contains("is damaged") && message.contains("a\n::error ::x\u{1b}[8m"), "{message}");
    assert!(!json.out.contains("##["), "{}", json.out);
    let github = case.run(&["check", "shop.yaml", "--out", "out", "--format", "github"]);
    assert!(github.out.starts_with("::error title=ecrgen::out/.ecrgen/shop.json is damaged"), "{}", github.out);
    assert_eq!(github.out.lines().count(), 1, "{}", github.out);
}

#[test]
fn text_in_github_actions_contains_no_workflow_commands() {
    let spec = format!("{SHOP}\"a\\n::warning::x\": 1 # ##[error]x\n");
    let case = Case::new().file("shop.yaml", &spec).file("out/shop.yaml", SHOP);
    let run = |value: &str| {
        let output = case.command(&["lint", "shop.yaml"]).env("GITHUB_ACTIONS", value).output().expect("it runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let (outside, inside) = (run("false"), run("true"));
    assert!(outside.contains("unknown key `a␊::warning::x`"), "{outside}");
    assert!(outside.contains("##[error]x") && !inside.contains("##["), "{inside}");
    assert!(inside.contains("#\\#[error]x"), "{inside}");
    let case = super::rendered();
    case.write(
        "out/shared/ecr/outputs.tf",
        case.read("out/shared/ecr/outputs.tf") + "::error::drift\n  ::error::drift\n",
    );
    let mut command = case.command(&["check", "shop.yaml", "--out", "out"]);
    let drift = command.env("GITHUB_ACTIONS", "true").output().expect("it runs");
    let drift = String::from_utf8(drift.stdout).expect("UTF-8");
    assert!(drift.contains("::error::drift"), "{drift}");
    assert!(!drift.lines().any(|line| line.trim().starts_with("::")), "{drift}");
}

#[test]
fn the_remedy_of_check_is_quoted_for_the_shell() {
    let case = Case::new().file("my $(id) spec.yaml", SHOP);
    let outcome = case.run(&["check", "my $(id) spec.yaml", "--out", "a b"]);
    assert!(outcome.out.contains("run: ecrgen render 'my $(id) spec.yaml' --out 'a b'\n"), "{}", outcome.out);
}

#[test]
fn the_commands_in_errors_are_quoted_for_the_shell() {
    let case = Case::new().file("shop.yaml", SHOP);
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "a $(id)"]).status, 0);
    for text in ["{", "{\"format_version\": 2, \"platform\": \"mill\", \"files\": [], \"modules\": {}}"] {
        case.write("a $(id)/.ecrgen/shop.json", text);
        let outcome = case.run(&["check", "shop.yaml", "--out", "a $(id)"]);
        assert!(outcome.err.contains("`git checkout -- 'a $(id)/.ecrgen/shop.json'`"), "{}", outcome.err);
    }
}
