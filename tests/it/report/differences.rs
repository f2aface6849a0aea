//! Reports of `check` and `render` about files.

use ecrgen::escape::terminal::Charset;
use ecrgen::report::files::{self, Action, Drift, DriftKind, DriftedFile, WrittenFile};
use ecrgen::report::{Color, Style};
use ecrgen::source::Span;
use insta::assert_snapshot;
use serde_json::Value;

use super::github::read;
use super::{PLAIN, Spec, warning};

const SPEC: &str = "platform: piksel\nrepositories:\n  web-app:\n    retention: []\n  worker: {}\n";

fn drift(files: Vec<DriftedFile>) -> Drift {
    Drift { checked: 12, files, remedy: "run: ecrgen render specs/piksel.yaml".to_owned(), full: false }
}

fn text(files: Vec<DriftedFile>) -> String {
    files::text::drift(PLAIN, &Spec::new(SPEC).sources, &[], &drift(files))
}

fn json(files: Vec<DriftedFile>) -> String {
    files::json::drift(&Spec::new(SPEC).sources, &[], &drift(files))
}

fn github(files: Vec<DriftedFile>) -> String {
    files::github::drift(&Spec::new(SPEC).sources, &[], &drift(files))
}

fn changed(old: &str, new: &str) -> DriftedFile {
    let kind = DriftKind::Changed { old: old.to_owned(), new: new.to_owned() };
    DriftedFile { path: "shared/ecr/repository_web_app.tf".to_owned(), kind, origin: origin("web-app"), cause: None }
}

fn missing(new: &str) -> DriftedFile {
    let kind = DriftKind::Missing { new: new.to_owned() };
    DriftedFile { path: "shared/ecr/repository_worker.tf".to_owned(), kind, origin: origin("worker"), cause: None }
}

fn orphaned() -> DriftedFile {
    DriftedFile {
        path: "shared/ecr/repository_old.tf".to_owned(),
        kind: DriftKind::Orphaned,
        origin: None,
        cause: None,
    }
}

fn origin(key: &str) -> Option<Span> {
    Some(Spec::new(SPEC).first(key))
}

const ON_DISK: &str = "resource \"aws_ecr_repository\" \"web_app\" {\n  name = \"web-app\"\n\n  force_delete = true\n\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n";

fn from_spec() -> String {
    ON_DISK.replace("force_delete = true", "force_delete = false")
}

#[test]
fn shows_the_problem_the_spec_line_and_the_diff_of_each_file() {
    let new = "resource \"aws_ecr_repository\" \"worker\" {\n  name = \"worker\"\n}\n";
    assert_snapshot!(text(vec![changed(ON_DISK, &from_spec()), missing(new), orphaned()]), @r#"
    changed: shared/ecr/repository_web_app.tf does not match the spec
      generated from specs/piksel.yaml:3
    --- shared/ecr/repository_web_app.tf (on disk)
    +++ shared/ecr/repository_web_app.tf (from the spec)
    @@ -1,7 +1,7 @@
     resource "aws_ecr_repository" "web_app" {
       name = "web-app"
     
    -  force_delete = true
    +  force_delete = false
     
       lifecycle {
         prevent_destroy = true

    missing: shared/ecr/repository_worker.tf does not exist on disk
      generated from specs/piksel.yaml:5

    orphaned: shared/ecr/repository_old.tf is no longer generated from the spec

    1 more diff not shown; pass --full to see everything

    error: 3 files do not match the spec: 1 changed, 1 missing, 1 orphaned
    help: run: ecrgen render specs/piksel.yaml
    "#);
}

#[test]
fn lists_files_with_one_cause_together_and_shows_the_first_diff() {
    let cause = || Some("repositories.web-app.retention".to_owned());
    let file = |name: &str| DriftedFile { path: name.to_owned(), cause: cause(), ..changed("a\n", "b\n") };
    let files = || vec![file("one.tf"), orphaned(), file("two.tf"), file("three.tf")];
    assert_snapshot!(text(files()), @r#"
    changed: 3 files do not match the spec
      generated from specs/piksel.yaml:3 (`repositories.web-app.retention`)
        one.tf
        two.tf
        three.tf
    --- one.tf (on disk)
    +++ one.tf (from the spec)
    @@ -1 +1 @@
    -a
    +b

    orphaned: shared/ecr/repository_old.tf is no longer generated from the spec

    2 more diffs not shown; pass --full to see everything

    error: 4 files do not match the spec: 3 changed, 1 orphaned
    help: run: ecrgen render specs/piksel.yaml
    "#);
    let full = Drift { full: true, ..drift(files()) };
    let full = files::text::drift(PLAIN, &Spec::new(SPEC).sources, &[], &full);
    assert_eq!((full.matches("\n+b\n").count(), full.contains("--full")), (3, false), "{full}");
}

#[test]
fn a_clean_check_states_the_number_of_files() {
    assert_snapshot!(text(vec![]), @"12 files checked, all in sync with the spec");
    assert_snapshot!(github(vec![]), @"::notice title=check::12 files checked, all in sync with the spec");
}

#[test]
fn findings_come_before_the_files() {
    let spec = Spec::new(SPEC);
    let finding = warning("dead-rule", spec.first("retention"), "the rule never matches");
    let outcome = Drift { checked: 12, files: vec![orphaned()], remedy: "run: ecrgen render".to_owned(), full: false };
    assert_snapshot!(files::text::drift(PLAIN, &spec.sources, &[finding], &outcome), @"
    warning[dead-rule]: the rule never matches
     --> specs/piksel.yaml:4:5
      |
    4 |     retention: []
      |     ^^^^^^^^^

    1 warning

    orphaned: shared/ecr/repository_old.tf is no longer generated from the spec

    error: 1 file does not match the spec: 1 orphaned
    help: run: ecrgen render
    ");
}

#[test]
fn shows_the_first_diff_whole_and_cuts_it_in_an_annotation() {
    let new: String = (1..=100).map(|n| format!("line {n}\n")).collect();
    let out = text(vec![missing(&new)]);
    assert!(out.contains("+line 100\n") && !out.contains("more line"), "{out}");
    let (_, _, message) = read(github(vec![missing(&new)]).trim_end());
    // Two lines with file names and one hunk header come before the 17 lines that still fit.
    assert!(message.contains("+line 17\n... 83 more lines") && !message.contains("+line 18\n"), "{message}");
}

#[test]
fn shortens_an_overlong_line() {
    let out = text(vec![missing(&"x".repeat(1_000_000))]);
    assert!(out.lines().all(|line| line.len() < 1100));
    assert!(out.contains("xxx...\n"));
}

#[test]
fn makes_invisible_differences_visible() {
    let out = text(vec![changed("a\r\nb\tc\nd", "a\nb c\nd\n")]);
    assert!(out.contains("-a␍\n"), "{out}");
    assert!(out.contains("-b␉c\n"), "{out}");
    assert!(out.contains("-d\n\\ No newline at end of file\n"), "{out}");

    let out = text(vec![changed("a\rb\n", "a\nb\n")]);
    assert!(out.contains("@@ -1 +1,2 @@\n-a␍b\n+a\n+b\n"), "{out}");
}

/// Applies the hunks as GNU patch does: the old text and the diff give the new text.
#[test]
fn the_json_diff_is_complete_and_patches_the_old_text() {
    let old: String = (0..200).map(|n| format!("line {n}\n")).collect();
    let new: String = (0..200).filter(|n| n % 7 != 3).map(|n| format!("line {}\n", n - n % 5)).collect();
    let json: Value = serde_json::from_str(&json(vec![changed(&old, &new)])).unwrap();
    let diff = json["drift"][0]["diff"].as_str().unwrap();

    let (mut patched, mut rest) = (Vec::new(), old.lines());
    let mut taken = 0;
    for line in diff.lines().skip(2) {
        if let Some(header) = line.strip_prefix("@@ -") {
            let start: usize = header.split([',', ' ']).next().unwrap().parse().unwrap();
            patched.extend(rest.by_ref().take(start - 1 - taken));
            taken = start - 1;
        } else if let Some(added) = line.strip_prefix('+') {
            patched.push(added);
        } else {
            let (tag, text) = line.split_at(1);
            assert_eq!(rest.next(), Some(text));
            taken += 1;
            if tag == " " {
                patched.push(text);
            }
        }
    }
    patched.extend(rest);
    assert_eq!(patched, new.lines().collect::<Vec<_>>());
}

#[test]
fn json_states_the_kind_and_the_spec_line_of_drift() {
    assert_snapshot!(json(vec![changed("a\n", "b\n"), orphaned()]), @r#"
    {
      "format_version": 2,
      "findings": [],
      "checked": 12,
      "drift": [
        {
          "path": "shared/ecr/repository_web_app.tf",
          "kind": "changed",
          "file": "specs/piksel.yaml",
          "line": 3,
          "cause": null,
          "diff": "--- shared/ecr/repository_web_app.tf (on disk)\n+++ shared/ecr/repository_web_app.tf (from the spec)\n@@ -1 +1 @@\n-a\n+b\n"
        },
        {
          "path": "shared/ecr/repository_old.tf",
          "kind": "orphaned",
          "file": null,
          "line": null,
          "cause": null,
          "diff": null
        }
      ],
      "remedy": "run: ecrgen render specs/piksel.yaml",
      "files": [
        "specs/piksel.yaml"
      ]
    }
    "#);
}

#[test]
fn github_annotates_the_first_line_that_differs() {
    let out = github(vec![changed(ON_DISK, &from_spec())]);
    let (name, properties, message) = read(out.trim_end());
    assert_eq!(name, "error");
    assert_eq!(properties["file"], "shared/ecr/repository_web_app.tf");
    assert_eq!(properties["line"], "4");
    assert_eq!(properties["title"], "changed");
    assert!(message.starts_with(
        "shared/ecr/repository_web_app.tf does not match the spec\ngenerated from specs/piksel.yaml:3\nrun: ecrgen render specs/piksel.yaml\n--- "
    ));
}

#[test]
fn github_never_annotates_a_line_after_the_end_of_a_file() {
    for (old, new, line) in [("a\nb\n", "a\nb\nc\n", "2"), ("", "a\n", "1"), ("a\n", "", "1"), ("a\n", "b\n", "1")] {
        let (_, properties, _) = read(github(vec![changed(old, new)]).trim_end());
        assert_eq!(properties["line"], line, "from {old:?} to {new:?}");
    }
}

#[test]
fn github_annotates_the_spec_for_a_missing_file_and_the_file_for_an_orphan() {
    let out = github(vec![missing("a\n"), orphaned()]);
    let places: Vec<_> = out
        .lines()
        .map(|line| {
            let (_, properties, _) = read(line);
            format!("{}:{}", properties["file"], properties["line"])
        })
        .collect();
    assert_eq!(places, ["specs/piksel.yaml:5", "shared/ecr/repository_old.tf:1"]);
}

#[test]
fn a_missing_file_without_an_origin_annotates_no_file() {
    let file = DriftedFile { origin: None, ..missing("a\n") };
    let (_, properties, message) = read(github(vec![file]).trim_end());
    assert_eq!(properties.keys().collect::<Vec<_>>(), ["title"]);
    assert!(message.starts_with("shared/ecr/repository_worker.tf does not exist on disk\nrun: "), "{message}");
}

fn touched() -> [WrittenFile; 5] {
    [
        ("shared/ecr/versions.tf", Action::Created),
        ("shared/ecr/registry.tf", Action::Updated),
        ("shared/ecr/repository_old.tf", Action::Removed),
        ("shared/ecr/outputs.tf", Action::Unchanged),
        ("shared/ecr/locals.tf", Action::Unchanged),
    ]
    .map(|(path, action)| WrittenFile { path: path.to_owned(), action })
}

#[test]
fn render_lists_the_files_it_touched() {
    let sources = Spec::new(SPEC).sources;
    assert_snapshot!(files::text::written(PLAIN, &sources, &[], &touched()), @"
    wrote shared/ecr/versions.tf
    wrote shared/ecr/registry.tf
    removed shared/ecr/repository_old.tf
    2 files written, 1 removed, 2 unchanged
    ");
    assert_snapshot!(files::github::written(&sources, &[], &touched()), @"::notice title=render::2 files written, 1 removed, 2 unchanged");
}

#[test]
fn render_lists_every_file_in_json() {
    let json: Value = serde_json::from_str(&files::json::written(&Spec::new(SPEC).sources, &[], &touched())).unwrap();
    assert_eq!(json["format_version"], 2);
    let kinds: Vec<_> = json["written"].as_array().unwrap().iter().map(|file| file["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["created", "updated", "removed", "unchanged", "unchanged"]);
    assert_eq!(json["written"][0]["path"], "shared/ecr/versions.tf");
}

#[test]
fn colored_text_is_the_plain_text_plus_colors() {
    let outcome = Drift {
        checked: 2,
        files: vec![changed(ON_DISK, &from_spec()), orphaned()],
        remedy: "run: x".to_owned(),
        full: false,
    };
    let show = |color| {
        let style = Style { color, charset: Charset::Utf8, width: None };
        files::text::drift(style, &Spec::new(SPEC).sources, &[], &outcome)
    };
    let colored = show(Color::Colored);
    assert!(colored.contains("\u{1b}[91m-  force_delete = true\u{1b}[0m\n"), "{colored:?}");
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), show(Color::Plain));
}

#[test]
fn shows_at_most_500_files_and_the_number_of_the_others() {
    let files: Vec<DriftedFile> = std::iter::repeat_n(orphaned(), 503).collect();
    let text = text(files.clone());
    assert_eq!(text.matches("orphaned: ").count(), 500);
    assert!(text.contains("\n... 3 more files\n"), "{text}");
    let github = github(files.clone());
    assert_eq!(github.lines().count(), 501);
    assert!(github.lines().last().expect("a command").contains("not shown: 3 more files"), "{github}");
    let document: Value = serde_json::from_str(&json(files)).expect("JSON");
    assert_eq!(document["drift"].as_array().map(Vec::len), Some(503));
}
