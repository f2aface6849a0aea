//! What checkov says about the Terraform code of `generated/`, and of a spec for every key.
//!
//! checkov runs once for all tests, over two copies: the output, and the output without the comments that skip checks.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use crate::harness::{Compiled, checkov, has_checkov, repository, texts_below};
use crate::language::accepted::{ACCEPTED, BASE};

/// Settings that no accepted fragment has: two layers of encryption, tags that are immutable although others are mutable, a trail
/// without an end, and a topic without a key.
const MORE: &str = "\
platform: shop
environment: shared
region: us-gov-west-1
image_tags: { release: { tag: \"v{version}\", moving: false } }
repositories: { cart: { tag_mutability: mutable, encryption: kms_dsse } }
monitoring: { audit_trail: { bucket: create }, alerts: { pushes: { events: [push], sns: create } } }
";

/// The comment that skips a check, up to the name of the check.
const COMMENT: &str = "# checkov:skip=";

/// A check and where it failed, was skipped or has a comment: file, block and check.
type Place = (String, String, String);

/// What checkov found.
struct Judged {
    failed: BTreeSet<Place>,
    skipped: BTreeSet<Place>,
    failed_without_comments: BTreeSet<Place>,
    /// The comments in the files.
    comments: BTreeSet<Place>,
}

/// The Terraform files of the shipped specs as they are committed, and of specs with every key.
fn files() -> Vec<(String, String)> {
    let committed = texts_below(&repository().join("generated")).into_iter();
    let committed = committed.map(|(path, text)| (format!("generated/{path}"), text));
    let documents = ACCEPTED.iter().map(|fragment| {
        let repositories =
            if fragment.starts_with("repositories:") { "" } else { "repositories: { a: {}, b: {}, c/d: {} }\n" };
        // Fragments have short keys, which are too short for names in AWS.
        let names = if fragment.starts_with("names:") { "" } else { "names: { repository: \"it-{repository}\" }\n" };
        format!("{BASE}{repositories}{names}{fragment}\n")
    });
    let compiled = documents.map(Compiled::of).filter(|compiled| compiled.errors().is_empty());
    let made = compiled.chain([Compiled::of(MORE)]).enumerate().flat_map(|(number, compiled)| {
        let files = compiled.files();
        files.into_iter().map(move |(path, text)| (format!("accepted/{number}/{path}"), text))
    });
    committed.chain(made).filter(|(path, _)| path.ends_with(".tf")).collect()
}

/// Trivy skips checks for the block that begins in the line after the comment (Trivy documentation, "By inline comments"). Each comment
/// has the reason of a check of checkov in the same block.
#[test]
fn checks_of_trivy_are_skipped_for_the_reasons_of_those_of_checkov() {
    let same = [
        ("AWS-0015", "CKV_AWS_35"),
        ("AWS-0030", "CKV_AWS_163"),
        ("AWS-0031", "CKV_AWS_51"),
        ("AWS-0088", "CKV_AWS_145"),
        ("AWS-0095", "CKV_AWS_26"),
        ("AWS-0132", "CKV_AWS_145"),
    ];
    let mut seen = BTreeSet::new();
    for (path, text) in files() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("resource ")) {
            let body: Vec<&str> = lines[at..].iter().copied().take_while(|line| *line != "}").collect();
            let reasons = |check: &str| body.iter().any(|line| line.contains(&format!("{COMMENT}{check}:")));
            let above =
                lines[at - 1].strip_prefix("# ").filter(|above| above.starts_with("trivy:ignore:")).unwrap_or("");
            let found: BTreeSet<&str> =
                above.split_whitespace().filter_map(|word| word.strip_prefix("trivy:ignore:")).collect();
            let expected = same.iter().filter(|(_, check)| reasons(check)).map(|(trivy, _)| *trivy).collect();
            assert_eq!(found, expected, "{path}: {line}");
            seen.extend(found.into_iter().map(str::to_owned));
        }
    }
    assert_eq!(seen.len(), same.len(), "{seen:?}");
}

/// `None` if checkov is not installed.
fn judged() -> Option<&'static Judged> {
    static JUDGED: OnceLock<Judged> = OnceLock::new();
    has_checkov().then(|| JUDGED.get_or_init(judge))
}

fn judge() -> Judged {
    let folder = tempfile::tempdir().expect("a folder");
    let mut comments = BTreeSet::new();
    for (path, text) in files() {
        write(&folder.path().join("with").join(&path), &text);
        let rest: Vec<&str> = text.lines().filter(|line| !line.contains(COMMENT)).collect();
        write(&folder.path().join("without").join(&path), &rest.join("\n"));
        comments.extend(comments_of(&path, &text));
    }
    // Nothing may come from the network: neither modules nor policies.
    let offline = ["--skip-download", "--download-external-modules", "false"];
    let arguments = [&["--directory", ".", "--framework", "terraform", "--compact", "--output", "json"], &offline[..]];
    let outcome = checkov(&arguments.concat(), folder.path());
    let report: Value = serde_json::from_str(&outcome.out).unwrap_or_else(|error| panic!("{error}: {outcome:?}"));
    assert_eq!(report["summary"]["parsing_errors"], 0, "{}", report["results"]["parsing_errors"]);
    let places = |result: &str, copy: &str| -> BTreeSet<Place> {
        let checks = report["results"][result].as_array().expect("a list");
        checks.iter().filter_map(|check| place(check, copy)).collect()
    };
    assert_eq!(places("skipped_checks", "/without/"), BTreeSet::new());
    Judged {
        failed: places("failed_checks", "/with/"),
        skipped: places("skipped_checks", "/with/"),
        failed_without_comments: places("failed_checks", "/without/"),
        comments,
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// A check in this copy of the files. A block with `for_each` counts once, and not for each instance.
fn place(check: &Value, copy: &str) -> Option<Place> {
    let text = |key: &str| check[key].as_str().expect("a text").to_owned();
    let file = text("file_path").strip_prefix(copy)?.to_owned();
    let resource = text("resource");
    let block = resource.split('[').next().expect("an address").to_owned();
    Some((file, block, text("check_id")))
}

/// The comments of a file. Blocks at the top begin and end without indentation.
fn comments_of(path: &str, text: &str) -> Vec<Place> {
    let mut block = String::new();
    let mut comments = Vec::new();
    for line in text.lines() {
        if line.ends_with('{') && !line.starts_with(' ') {
            let labels: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            block = labels.join(".");
        } else if let Some((_, rest)) = line.split_once(COMMENT) {
            let (check, reason) = rest.split_once(':').unwrap_or_else(|| panic!("{path}: no reason in {line}"));
            assert!(reason.contains(' '), "{path}: no reason in {line}");
            comments.push((path.to_owned(), block.clone(), check.to_owned()));
        }
    }
    comments
}

#[test]
fn no_check_fails() {
    let Some(judged) = judged() else { return };
    assert!(judged.failed.is_empty(), "{:#?}", judged.failed);
}

#[test]
fn each_skipped_check_fails_without_its_comment() {
    let Some(judged) = judged() else { return };
    assert_eq!(judged.skipped, judged.failed_without_comments);
}

#[test]
fn each_comment_skips_a_check() {
    let Some(judged) = judged() else { return };
    assert_eq!(judged.comments, judged.skipped);
}

#[test]
fn the_documentation_lists_the_skipped_checks() {
    let Some(judged) = judged() else { return };
    let skipped: BTreeSet<&str> = judged.skipped.iter().map(|(_, _, check)| check.as_str()).collect();
    let page = fs::read_to_string(repository().join("docs/output.md")).expect("a page");
    let rows = page.lines().filter(|line| line.starts_with("| `CKV"));
    let listed: BTreeSet<&str> = rows.flat_map(|row| row.split('`')).filter(|text| text.starts_with("CKV")).collect();
    assert_eq!(listed, skipped);
}
