//! Images that a schedule pushes, and what a policy does to them day by day.

use ecrgen::simulation::{Activity, ChangeKind, Line, PullLine, Pulls, Pushes, Rate, Schedule, parse_days, parse_size};
use serde_json::json;

use super::{policy, rule};
use crate::harness::{Case, Outcome};
use ecrgen::time::Time;

const SPEC: &str = "
platform: shop
environment: dev
region: eu-central-1
image_tags: { build: \"{sha:8}-{timestamp}\", latest: { tag: latest, moving: true } }
repositories:
  shop: { retention: [{ keep: 10, of: any }] }
";

fn run(more: &[&str]) -> Outcome {
    let case = Case::new().file("spec.yaml", SPEC);
    case.run(&[&["simulate", "spec.yaml", "--at", "2026-11-21"], more].concat())
}

fn pushes(tags: &[&str], count: u32, seconds: i64, days: u32) -> Pushes {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    Pushes { tags, rate: Rate { count, seconds }, days, size: 1 }
}

#[test]
fn saves_71_percent_when_keeping_ten_of_35_builds() {
    // 25 of 35 images are deleted: 71.4%. At 400 MB per image and $0.10 per GB-month, 3.9 GB for $0.39 instead of 13.7 GB
    // for $1.37.
    let out = run(&["--schedule", "build: 5/day for 7d of 400MB"]).out;
    for part in [
        "shop from 2026-11-14 to 2026-11-21: 35 images pushed",
        "left at the end            10 images    3.9 GB      $0.39 per month",
        "without the policy         35 images   13.7 GB      $1.37 per month",
        "71% of the images saved",
        "rule 1 expired 25 images",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn prints_a_verdict_for_each_pushed_image() {
    let out = run(&["--schedule", "build: 5/day for 7d", "--format", "json"]).out;
    let document: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let verdicts = document["repositories"][0]["verdicts"].as_array().expect("a list");
    let actions: Vec<_> = verdicts.iter().map(|verdict| verdict["action"].as_str().expect("a word")).collect();
    assert_eq!(actions, [vec!["expire"; 25], vec!["keep"; 10]].concat());
    // There are ten images on the second evening, so the first images are deleted on the third.
    assert_eq!(verdicts[0]["reason"], "rule 1, on 2026-11-17");
    assert!(verdicts.iter().all(|verdict| verdict["rule"] == 1 && verdict["certain"] == true));
}

#[test]
fn moves_a_tag_that_is_pushed_again() {
    let case = Case::new();
    let untagged =
        json!({ "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 3 });
    case.write("policy.json", policy(&[rule(1, untagged)]));
    let schedule = ["simulate", "--policy", "policy.json", "--at", "2026-11-21", "--schedule", "latest: 1/day for 10d"];
    // Images are pushed at noon. On the last evening, those of the last four days are at most 3.5 days old, and the oldest
    // of them has been deleted.
    let out = case.run(&schedule).out;
    assert!(out.contains("left at the end             3 images"), "{out}");
}

#[test]
fn shows_and_draws_a_year_of_growth() {
    let case = Case::new().file("spec.yaml", SPEC);
    let schedule = ["--schedule", "build+latest: 2/day for 1y", "--schedule", "untagged: 1/week for 1y"];
    let outcome =
        case.run(&[&["simulate", "spec.yaml", "--at", "2026-11-21", "--plot", "chart.svg"], &schedule[..]].concat());
    assert_eq!(outcome.status, 0, "{outcome:?}");
    // 730 builds and 52 untagged images.
    assert!(outcome.out.contains("782 images pushed"), "{outcome:?}");
    let chart = case.read("chart.svg");
    assert!(chart.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    assert!(chart.contains("prefers-color-scheme: dark") && chart.contains("role=\"img\""));
    assert!(chart.contains("10 with policy") && chart.contains("782 without policy"), "{chart}");
    assert_eq!(chart.matches("<polyline").count(), 4);
    let numbers =
        chart.split("points=\"").skip(1).flat_map(|points| points.split('"').next().unwrap_or("").split([' ', ',']));
    assert!(numbers.map(str::parse::<f64>).all(|number| number.is_ok_and(f64::is_finite)));
}

#[test]
fn shows_the_cost_of_the_archive_if_the_spec_has_a_price() {
    let spec = SPEC.replace("{ keep: 10, of: any }", "{ keep: 10, of: any, then: archive }");
    let case = Case::new().file("spec.yaml", &spec);
    let arguments = ["simulate", "spec.yaml", "--at", "2026-11-21", "--schedule", "build: 5/day for 4d of 1GB"];
    let out = case.run(&arguments).out;
    assert!(out.contains("in the archive             10 images   10.0 GB           not priced\n"), "{out}");
    case.write("spec.yaml", spec + "prices: { as_of: \"2030-01\", archive_gb_month: 0.05 }\n");
    let out = case.run(&arguments).out;
    assert!(out.contains("in the archive             10 images   10.0 GB      $0.50 per month\n"), "{out}");
}

#[test]
fn compares_the_result_with_another_policy() {
    let case = Case::new().file("spec.yaml", SPEC).file("other.yaml", SPEC.replace("keep: 10", "keep: 20"));
    let out = case.run(&["simulate", "spec.yaml", "--schedule", "build: 5/day for 7d", "--against", "other.yaml"]).out;
    let compared = "Compared with other.yaml, which leaves 20 images, this policy leaves 10. Images that differ:\n";
    let (_, images) = out.split_once(compared).expect("the comparison");
    // The images 16 to 25 of 35: their deletion is in the past.
    assert_eq!(images.lines().filter(|line| line.ends_with("  expire instead of keep")).count(), 10, "{images}");
}

#[test]
fn reads_the_lines_of_a_schedule() {
    let line = Line::parse("build+commit: 5/day for 2w of 400MB").expect("a valid schedule");
    assert_eq!(
        (line.names.join(" ").as_str(), line.rate, line.days),
        ("build commit", Rate { count: 5, seconds: 86_400 }, 14)
    );
    assert_eq!(line.size, Some(400 * 1024 * 1024));
    assert_eq!(Line::parse("b-{sha:8}: 1/hour for 1y").expect("a valid schedule").names, ["b-{sha:8}"]);
    assert_eq!((parse_days("7d"), parse_days("1y"), parse_size("2GB")), (Ok(7), Ok(365), Ok(2 << 30)));
    for bad in [
        "",
        "build",
        "build: 5/day",
        "build: 5 for 7d",
        "build: 0/day for 7d",
        "build: 5/fortnight for 7d",
        "build: 5/day for 7",
        "build: 5/day for 99y",
        "build: 5/day for 7d of 400",
        ": 5/day for 7d",
        "a+: 5/day for 7d",
    ] {
        assert!(Line::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn rejects_impossible_schedules() {
    assert!(run(&["--schedule", "bild: 5/day for 7d"]).err.contains("did you mean `build`?"));
    assert!(
        run(&["--schedule", "build: 999/hour for 1y"])
            .err
            .contains("pushes 8751240 images, but a simulation has at most 100000, ")
    );
    assert_eq!(run(&["--schedule", "build: 5/day for 7d", "--in-use", "x"]).status, 2);
    assert_eq!(run(&["--plot", "y"]).status, 2);
}

#[test]
fn spaces_pushes_evenly_and_makes_tags_unique() {
    let services = ["cart".to_owned(), "search".to_owned()];
    let pushes = vec![
        pushes(&["{service}-{sha:7}"], 100, 86_400, 365),
        pushes(&["v{version}", "{environment}-{date}"], 1, 604_800, 365),
    ];
    let activity = Activity { pushes, ..Activity::default() };
    let images = Schedule::of(&activity, &services, "prod", Time(0)).expect("a valid schedule").images;
    assert_eq!(images.len(), 36_500 + 52);
    assert!(
        images.is_sorted_by_key(|image| image.pushed)
            && images.iter().all(|image| (0..365 * 86_400).contains(&image.pushed.0))
    );
    let tags: std::collections::HashSet<&str> = images.iter().map(|image| image.tags[0].as_str()).collect();
    assert_eq!(tags.len(), images.len());
    assert!(images.iter().filter(|image| image.tags[0].starts_with("cart-")).count() > 18_000);
    let release = images.iter().find(|image| image.tags.len() == 2).expect("a release");
    assert!(release.tags[0].starts_with("v1.0.") && release.tags[1] == "prod-19700105", "{:?}", release.tags);
}

#[test]
fn signs_each_image_and_pulls_the_newest() {
    let activity = Activity {
        pushes: vec![pushes(&["v{version}", "latest"], 1, 86_400, 4), pushes(&[], 1, 86_400, 4)],
        pulls: vec![Pulls { tags: vec!["latest".to_owned()], rate: Rate { count: 1, seconds: 2 * 86_400 } }],
        signed: vec!["sig".to_owned(), "att".to_owned()],
    };
    let schedule = Schedule::of(&activity, &[], "prod", Time(0)).expect("a valid schedule");
    assert_eq!(schedule.images.len(), 3 * 8);
    assert!(schedule.images.is_sorted_by(|a, b| (a.pushed, &a.digest) < (b.pushed, &b.digest)));
    for image in schedule.images.iter().filter(|image| !image.tags.iter().any(|tag| tag.starts_with("sha256-"))) {
        let hex = image.digest.trim_start_matches("sha256:");
        for (after, suffix) in [(1, "sig"), (2, "att")] {
            let tag = format!("sha256-{hex}.{suffix}");
            let signature = schedule.images.iter().find(|other| other.tags == [tag.as_str()]).expect("a signature");
            assert_eq!(signature.pushed.0, image.pushed.0 + after);
        }
    }
    // After two and four days, the newest image with these tags is the second and the fourth.
    let pulled: Vec<_> = schedule.changes.iter().map(|change| (change.time.0, change.kind, change.image)).collect();
    let releases: Vec<usize> = (0..24).filter(|&i| schedule.images[i].tags.len() == 2).collect();
    let pull = |day: i64, release: usize| (day * 86_400, ChangeKind::Pull, releases[release]);
    assert_eq!(pulled, [pull(2, 1), pull(4, 3)]);
    let too_many =
        Activity { pushes: vec![pushes(&[], 50, 86_400, 700)], signed: activity.signed, ..Activity::default() };
    let fault = Schedule::of(&too_many, &[], "prod", Time(0)).unwrap_err();
    assert!(fault.starts_with("the schedule pushes 105000 images"), "{fault}");
}

#[test]
fn signatures_push_builds_out_of_a_count() {
    let out = run(&["--schedule", "build: 15/day for 1d", "--signed", "sig,att"]).out;
    assert!(out.contains("45 images pushed") && out.contains("rule 1 expired 35 images"), "{out}");
}

#[test]
fn pulls_of_a_schedule_keep_an_image_out_of_the_archive() {
    let spec = SPEC.replace("{ keep: 10, of: any }", "{ archive_unpulled_after: 5d }");
    let case = Case::new().file("spec.yaml", spec);
    let schedule = ["simulate", "spec.yaml", "--at", "2026-11-21", "--schedule", "build: 1/month for 30d"];
    let line = ["--schedule", "untagged: 1/day for 30d", "--pulls", "untagged: 1/day"];
    let pulled = case.run(&[&schedule[..], &line].concat()).out;
    let alone = case.run(&[&schedule[..], &line[..2]].concat()).out;
    // Each image is pulled until the next one is pushed, half a day to a day later, and archived six evenings later.
    assert!(alone.contains("in the archive") && pulled.contains("in the archive"), "{alone}{pulled}");
    assert_ne!(alone, pulled);
    assert_eq!(PullLine::parse("a+b: 2/week").map(|line| (line.names.len(), line.rate.count)), Ok((2, 2)));
    for bad in ["a", "a: 1", ": 1/day", "a+: 1/day"] {
        assert!(PullLine::parse(bad).is_err(), "{bad}");
    }
    assert!(case.run(&[&schedule[..], &["--pulls", "latest: 1/day"]].concat()).err.contains("does not push: latest"));
}
