//! How long 50 rules over a big inventory take, and how much memory inventory and evaluation need together.

use std::fs;
use std::time::{Duration, Instant};

use ecrgen::lifecycle::{Image, Outcome, Policy, Storage, Time, Verdict, evaluate, foresee};
use serde_json::{Value, json};

const NOW: Time = Time(1_800_000_000);

/// Runs of each measurement; the shortest counts, because other programs can only make one longer.
const RUNS: usize = 5;

fn main() {
    let policy = policy();
    let [small, large] = [100_000, 1_000_000].map(|count| measure(&policy, count));
    println!("ten times as many images take {:.1} times as long", large.as_secs_f64() / small.as_secs_f64());
}

/// The time of an evaluation of so many images.
fn measure(policy: &Policy, count: u64) -> Duration {
    let images: Vec<Image> = (0..count).map(image).collect();
    let inventory = peak_memory();
    let (evaluated, verdicts) = shortest(|| evaluate(policy, &images, NOW));
    let memory = peak_memory();
    let (foreseen, (_, forecasts)) = shortest(|| foresee(policy, &images, NOW));
    let acted = verdicts.iter().filter(|verdict: &&Verdict| verdict.outcome != Outcome::Kept).count();
    let going = forecasts.iter().filter(|forecast| forecast.acted_on.is_some()).count();
    println!("{count} images, {} rules", policy.rules.len());
    println!("  evaluate {:>6} ms, {acted} acted on", evaluated.as_millis());
    println!("  foresee  {:>6} ms, {going} will go", foreseen.as_millis());
    println!("  peak memory {memory}, with the inventory alone {inventory}");
    evaluated
}

fn shortest<T>(run: impl Fn() -> T) -> (Duration, T) {
    let runs = (0..RUNS).map(|_| {
        let start = Instant::now();
        let result = run();
        (start.elapsed(), result)
    });
    runs.min_by_key(|(time, _)| *time).expect("there is a run")
}

/// Three rules for each of 16 services, then untagged, then any.
fn policy() -> Policy {
    let mut selections: Vec<Value> = Vec::new();
    for service in 0..16 {
        for (patterns, keep) in [
            (vec![format!("service-{service}-v*")], 500),
            (vec![format!("service-{service}-*"), "*-rc*".to_owned()], 20),
        ] {
            selections.push(json!({ "tagStatus": "tagged", "tagPatternList": patterns, "countType": "imageCountMoreThan", "countNumber": keep }));
        }
        selections.push(json!({ "tagStatus": "tagged", "tagPatternList": [format!("service-{service}-*-*")], "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30 + service }));
    }
    selections.push(
        json!({ "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7 }),
    );
    selections.push(json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 100_000 }));
    let rules: Vec<Value> = (1..)
        .zip(selections)
        .map(|(priority, selection)| json!({ "rulePriority": priority, "selection": selection, "action": { "type": "expire" } }))
        .collect();
    Policy::from_value(&json!({ "rules": rules })).expect("is well formed")
}

/// Every tenth image is an index of the two untagged ones after it, the fourth after it is the index's signature; the
/// others are builds of branches, releases and candidates, each with a tag of its own.
fn image(number: u64) -> Image {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let digest = |number: u64| format!("sha256:{number:064x}");
    let service = mixed % 17;
    let (role, index) = (number % 10, number - number % 10);
    let tags = match role {
        1..=3 => Vec::new(),
        0 | 4 => vec![format!("service-{service}-v1.{}.{number}", mixed % 90)],
        5 => vec![format!("service-{service}-v2.{}.{number}-rc1", mixed % 90), format!("candidate-{number}")],
        _ => vec![format!("service-{service}-feature-{}-{mixed:016x}", mixed % 1000)],
    };
    Image {
        digest: digest(number),
        tags,
        pushed: Time(NOW.0 - (mixed >> 20) as i64 % (400 * 86_400)),
        pulled: None,
        storage: Storage::Standard { activated_at: None },
        size: 100_000_000,
        media_type: Some(
            if role == 0 {
                "application/vnd.oci.image.index.v1+json"
            } else {
                "application/vnd.oci.image.manifest.v1+json"
            }
            .to_owned(),
        ),
        subject: (role == 3).then(|| digest(index)),
        children: if role == 0 { vec![digest(index + 1), digest(index + 2)] } else { Vec::new() },
    }
}

/// As Linux reports it.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("unknown".to_owned(), |line| line.trim().to_owned())
}
