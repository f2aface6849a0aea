//! Which images `simulate` lists, in which order, and how wide its lines are.

use serde_json::{Value, json};

use super::{digest, listing, policy, rule};
use crate::harness::{Case, Outcome};

/// Untagged images go after 7 days, builds after 14 and 20 days, others never.
fn case() -> Case {
    let age = |tags: Value, days: u32| {
        let mut selection = json!({ "countType": "sinceImagePushed", "countUnit": "days", "countNumber": days });
        match tags {
            Value::Null => selection["tagStatus"] = json!("untagged"),
            patterns => {
                selection["tagStatus"] = json!("tagged");
                selection["tagPatternList"] = json!([patterns]);
            }
        }
        selection
    };
    let rules = |builds| policy(&[rule(1, age(json!("build-*"), builds)), rule(2, age(Value::Null, 7))]);
    let images = listing(&[
        ('a', &["v1"], 300, 100),
        ('b', &["build-2"], 10, 100),
        ('c', &["build-1"], 12, 100),
        ('d', &["build-0"], 18, 100),
        ('e', &["build-00"], 30, 100),
        ('f', &[], 9, 100),
    ]);
    Case::new().file("policy.json", rules(14)).file("other.json", rules(20)).file("images.json", images)
}

fn run(case: &Case, more: &[&str]) -> Outcome {
    let arguments = ["simulate", "--policy", "policy.json", "--images", "images.json", "--at", "2026-11-21"];
    case.run(&[&arguments[..], more].concat())
}

/// The letters of the digests that lines of a text begin with, after the action.
fn letters(text: &str, actions: &[&str]) -> String {
    let of = |line: &str| {
        let mut words = line.split_whitespace();
        let action = words.next()?;
        actions.contains(&action).then(|| words.next()?.strip_prefix("sha256:")?.chars().next()).flatten()
    };
    text.lines().filter_map(of).collect()
}

#[test]
fn lists_images_that_go_first_and_the_others_by_date() {
    let out = run(&case(), &[]).out;
    // e and d are older than 14 days, and f is untagged and older than 7. No index is listed, so f cannot belong to one.
    // c goes on the 24th, b on the 26th, a never.
    let order = letters(&out, &["expire", "keep"]);
    assert_eq!(order, "edfcba", "{out}");
    assert!(out.contains("sha256:cccccccccccc  2026-11-09  build-1"), "{out}");
    assert!(out.contains("pushed no more than 14 days ago; until 2026-11-23"), "{out}");
}

#[test]
fn lists_only_the_images_with_an_action_and_counts_all() {
    let case = case();
    let out = run(&case, &["--only", "keep"]).out;
    assert!(out.starts_with("shop at 2026-11-21T00:00:00Z: 6 images, "), "{out}");
    assert_eq!(letters(&out, &["expire", "keep"]), "cba", "{out}");
    let total = |out: &str| out.lines().find(|line| line.starts_with("  total ")).map(str::to_owned);
    assert_eq!(total(&out), total(&run(&case, &[]).out));
    let out = run(&case, &["--only", "archive"]).out;
    assert_eq!(letters(&out, &["expire", "keep", "archive"]), "", "{out}");
    let both = run(&case, &["--only", "keep,expire"]).out;
    assert_eq!(both, run(&case, &[]).out);
    let json: Value = serde_json::from_str(&run(&case, &["--only", "expire", "--format", "json"]).out).expect("JSON");
    let listed = json["repositories"][0]["verdicts"].as_array().expect("a list");
    assert!(listed.iter().all(|verdict| verdict["action"] == "expire"), "{json}");
    assert_eq!(json["repositories"][0]["totals"]["total"]["images"], 6);
}

#[test]
fn lists_only_uncertain_images() {
    // The untagged image may belong to the first one, which is an image index.
    let case = case();
    let index = case.read("images.json").replacen("image.manifest.v1", "image.index.v1", 1);
    case.write("images.json", index);
    let out = run(&case, &["--only", "uncertain"]).out;
    assert_eq!(letters(&out, &["expire", "keep"]), "f", "{out}");
}

#[test]
fn lists_the_images_that_another_policy_treats_differently() {
    let out = run(&case(), &["--against", "other.json"]).out;
    let (_, compared) = out.split_once("Compared with other.json, ").expect("the comparison");
    // d is 18 days old: it goes after 14 days, and not yet after 20. b and c go six days later.
    assert_eq!(
        compared,
        "this policy expires 1 more; acts on 2 at another time:
  sha256:dddddddddddd  2026-11-03  build-0  expire instead of keep until 2026-11-23
  sha256:bbbbbbbbbbbb  2026-11-11  build-2  keep until 2026-11-25 instead of keep until 2026-12-01
  sha256:cccccccccccc  2026-11-09  build-1  keep until 2026-11-23 instead of keep until 2026-11-29
"
    );
    let json = run(&case(), &["--against", "other.json", "--format", "json"]).out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["repositories"][0]["against"]["later"], json!([digest('b'), digest('c')]));
}

#[test]
fn fits_the_width_of_the_terminal() {
    let case = case();
    let arguments = ["simulate", "--policy", "policy.json", "--images", "images.json", "--at", "2026-11-21"];
    let wide = case.run(&arguments).out;
    assert!(wide.lines().any(|line| line.chars().count() > 80), "{wide}");
    for width in [60, 80, 100] {
        let output = case.command(&arguments).env("COLUMNS", width.to_string()).output().expect("the program runs");
        let narrow = String::from_utf8(output.stdout).expect("UTF-8");
        let command = |line: &&str| !line.contains("aws ecr");
        let longest = narrow.lines().filter(command).map(|line| line.chars().count()).max();
        assert!(longest <= Some(width), "{width}: {narrow}");
        // Nothing is lost: the words are the same.
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&narrow), words(&wide));
    }
}
