//! The SVG charts of `ecrgen simulate --plot`.

use super::{listing, policy, rule};
use crate::harness::{Case, Outcome};
use serde_json::json;

const NAME: &str = "a-repository-with-quite-a-long-name/that-has-several-parts/and-goes-on-until-the-end-of-the-line";

fn spec(name: &str, keep: u32) -> String {
    format!(
        "
platform: shop
environment: dev
region: eu-central-1
image_tags: {{ build: \"{{sha:8}}\" }}
repositories:
  cart: {{ name: {name}, retention: [{{ keep: {keep}, of: any }}] }}
"
    )
}

fn images() -> String {
    // 421,000,000 bytes are 401.5 MB: in units of 1,048,576 bytes, as AWS bills storage.
    let listing = listing(&[('a', &["aaaaaaaa"], 9, 1), ('b', &["bbbbbbbb"], 8, 1), ('c', &["cccccccc"], 7, 1)]);
    listing.replace(":1048576", ":421000000")
}

fn chart(name: &str, more: &[&str]) -> (Case, Outcome) {
    let case = Case::new().file("spec.yaml", spec(name, 1)).file("other.yaml", spec(name, 2));
    let case = case.file("images.json", images().replace("\"shop\"", &format!("\"{name}\"")));
    let arguments = ["simulate", "spec.yaml", "--at", "2026-11-21", "--plot", "chart.svg"];
    let outcome = case.run(&[&arguments[..], more].concat());
    (case, outcome)
}

/// The texts of the elements with a class.
fn texts(chart: &str, class: &str) -> Vec<String> {
    let start = format!("<text class=\"{class}\"");
    let lines = chart.lines().filter(|line| line.starts_with(&start));
    lines.map(|line| line.split(['<', '>']).nth(2).expect("a text").to_owned()).collect()
}

#[test]
fn a_long_name_is_broken_and_the_title_names_the_environment() {
    let (case, outcome) = chart(NAME, &["--images", "images.json"]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let chart = case.read("chart.svg");
    let title = texts(&chart, "title");
    assert!(title.len() > 1 && title.iter().all(|line| line.chars().count() <= 72), "{title:?}");
    let title = title.concat().replace(' ', "");
    assert_eq!(title, format!("{NAME}(dev)from2026-11-21,ifnothingispushedorpulled"));
    let height =
        |chart: &str| chart.split("height=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse::<u32>().ok());
    let (short, _) = self::chart("cart", &["--images", "images.json"]);
    assert_eq!(height(&chart).map(|height| height - 44), height(&short.read("chart.svg")));
}

#[test]
fn draws_the_curve_of_the_other_policy() {
    for input in [["--images", "images.json"], ["--schedule", "build: 1/day for 5d"]] {
        let (case, outcome) = chart("cart", &[&input[..], &["--against", "other.yaml"]].concat());
        assert_eq!(outcome.status, 0, "{outcome:?}");
        let chart = case.read("chart.svg");
        assert!(chart.contains(">1 with policy<") && chart.contains(">2 with other policy<"), "{chart}");
        assert!(chart.contains(">other policy: other.yaml<"), "{chart}");
        assert_eq!(chart.matches("<polyline class=\"other\"").count(), 2);
    }
}

#[test]
fn a_fall_on_the_first_day_is_to_the_right_of_the_axis() {
    let (case, _) = chart("cart", &["--images", "images.json"]);
    let chart = case.read("chart.svg");
    let points = chart.split("<polyline class=\"with\" points=\"").nth(1).and_then(|rest| rest.split('"').next());
    let points: Vec<(f64, f64)> = points
        .expect("the curve of the policy")
        .split(' ')
        .map(|point| point.split_once(',').expect("a pair"))
        .map(|(x, y)| (x.parse().expect("a number"), y.parse().expect("a number")))
        .collect();
    let fall = points.windows(2).find(|pair| pair[0].1 != pair[1].1).expect("a fall");
    assert_eq!(fall[0].0, fall[1].0, "it is vertical");
    assert!(fall[0].0 > points[0].0 + 10.0, "{points:?}");
}

#[test]
fn each_axis_has_one_unit() {
    let (case, _) = chart("cart", &["--images", "images.json"]);
    let chart = case.read("chart.svg");
    // 3 images of 421,000,000 bytes are 1.2 GB, and one is 401.5 MB: the axis is in MB, and so are the labels.
    assert!(chart.contains(">1204.5 MB without policy<") && chart.contains(">401.5 MB with policy<"), "{chart}");
    assert!(chart.contains(">500 MB<") && !chart.contains(" GB"), "{chart}");
}

#[test]
fn refuses_to_write_svg_to_a_file_of_another_format() {
    let case = Case::new().file(
        "policy.json",
        policy(&[rule(1, json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1 }))]),
    );
    let case = case.file("images.json", images());
    for (name, written) in [("chart.png", false), ("chart.SVG", true), ("chart", true)] {
        let outcome = case.run(&["simulate", "--policy", "policy.json", "--images", "images.json", "--plot", name]);
        assert_eq!((outcome.status == 0, case.path(name).exists()), (written, written), "{outcome:?}");
        assert_eq!(outcome.err.contains("charts are SVG files; write chart.svg"), !written, "{outcome:?}");
    }
}
