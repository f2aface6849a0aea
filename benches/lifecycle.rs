//! The time and memory that 50 rules take over a large inventory, in the library and in `ecrgen simulate` over a listing.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, iter, thread};

use ecrgen::lifecycle::{Image, Outcome, Policy, Storage, Verdict, evaluate};
use ecrgen::simulation::{Activity, History, Pushes, Rate, Schedule};
use ecrgen::time::{Time, second};
use serde_json::{Value, json};

const NOW: Time = Time(1_800_000_000);

/// Runs per measurement, each in a new process: a second run in the same process would reuse the memory of the first, and
/// a small inventory would profit more. The shortest run counts, because other programs can only make a run longer.
const RUNS: usize = 5;

/// The variable that makes a copy of this benchmark evaluate once. Its value is the number of images.
const ONCE: &str = "ECRGEN_BENCH_IMAGES";

fn main() {
    let policy = policy();
    if let Some(count) = env::var(ONCE).ok().and_then(|count| count.parse().ok()) {
        return evaluate_once(&policy, count);
    }
    let [small, large] = [100_000, 1_000_000].map(|count| shortest(&policy, count));
    println!("ten times as many images take {:.1} times as long", large as f64 / small as f64);
    simulate(&policy, 1_000_000);
    advance(&policy);
}

/// Prints how long the history of ten years takes, with almost as many images as a schedule can have.
fn advance(policy: &Policy) {
    let line = |tag: &str, count| {
        let tags = vec![tag.to_owned(), "service-1-latest".to_owned()];
        Pushes { tags, rate: Rate { count, seconds: 86_400 }, days: 3650, size: 1 }
    };
    let start = Instant::now();
    let lines = vec![line("service-1-v{version}", 7), line("service-2-{sha:8}", 20)];
    let schedule = Schedule::of(&Activity { pushes: lines, ..Activity::default() }, &[], "dev", Time(0))
        .expect("a valid schedule");
    let history = History::run(policy, schedule, Time(0), 3650);
    let (images, left) = (history.last().pushed.images, history.last().left());
    println!("{images} images pushed in ten years\n  {:>6} ms, {left} left", start.elapsed().as_millis());
}

/// Prints the time in microseconds that one evaluation takes, then how many images are affected, and the memory.
fn evaluate_once(policy: &Policy, count: u64) {
    let images: Vec<Image> = (0..count).map(image).collect();
    let inventory = peak_memory("self");
    let start = Instant::now();
    let verdicts = evaluate(policy, &images, NOW);
    let time = start.elapsed();
    let acted = verdicts.iter().filter(|verdict: &&Verdict| verdict.outcome != Outcome::Kept).count();
    let memory = peak_memory("self");
    println!("{}\n{acted} affected, peak memory {memory}, with only the inventory {inventory}", time.as_micros());
}

/// The shortest of several evaluations of this many images, in microseconds.
fn shortest(policy: &Policy, count: u64) -> u64 {
    let runs = (0..RUNS).map(|_| {
        let mut command = Command::new(env::current_exe().expect("the path of this program"));
        let output = command.env(ONCE, count.to_string()).output().expect("this program starts again");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let (time, rest) = text.split_once('\n').expect("two lines");
        (time.parse().expect("a number"), rest.trim_end().to_owned())
    });
    let (time, rest): (u64, String) = runs.min().expect("there is a run");
    println!("{count} images, {} rules\n  {:>6} ms, {rest}", policy.rules.len(), time / 1000);
    time
}

/// Runs the command over a listing of this many images. Its JSON output is discarded.
fn simulate(policy: &Policy, count: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [images, rules] = ["images.json", "policy.json"].map(|name| folder.path().join(name));
    fs::write(&rules, policy.to_json()).expect("a policy can be written");
    let mut listing = BufWriter::new(File::create(&images).expect("a listing can be created"));
    for (number, before) in (0..count).zip(["{ \"imageDetails\": ["].into_iter().chain(iter::repeat(","))) {
        writeln!(listing, "{before}{:#}", detail(&image(number))).expect("a listing can be written");
    }
    writeln!(listing, "] }}").and_then(|()| listing.flush()).expect("a listing can be written");
    let size = fs::metadata(&images).expect("the listing exists").len() >> 20;
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecrgen"));
    command.args(["simulate", "--at", "2027-01-15", "--format", "json", "--policy"]).arg(rules);
    let mut child = command.arg("--images").arg(images).stdout(Stdio::null()).spawn().expect("the program starts");
    let mut memory = String::new();
    while child.try_wait().expect("its state is known").is_none() {
        // A process that has just ended no longer has this line.
        memory = Some(peak_memory(&child.id().to_string())).filter(|peak| peak != UNKNOWN).unwrap_or(memory);
        thread::sleep(Duration::from_millis(10));
    }
    println!("simulate --images, {count} images in {size} MiB of JSON");
    println!("  {:>6} ms, peak memory {memory}", start.elapsed().as_millis());
}

/// An image as `aws ecr describe-images` prints it.
fn detail(image: &Image) -> Value {
    let mut detail = json!({
        "registryId": "123456789012",
        "repositoryName": "shop",
        "imageDigest": image.digest,
        "imageTags": image.tags,
        "imageSizeInBytes": image.size,
        "imagePushedAt": second(image.pushed),
        "imageManifestMediaType": image.media_type,
        "artifactMediaType": "application/vnd.oci.image.config.v1+json",
        "lastRecordedPullTime": second(image.pushed),
    });
    if let Some(subject) = &image.subject {
        detail["subjectManifestDigest"] = subject.as_str().into();
    }
    detail
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

/// Every tenth image is an index that lists the two untagged images after it. The third image after it is the index's
/// signature. The others are builds of branches, releases and release candidates, each with its own tag.
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

const UNKNOWN: &str = "unknown";

/// The peak memory of a process, as Linux reports it.
fn peak_memory(process: &str) -> String {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or(UNKNOWN.to_owned(), |line| line.trim().to_owned())
}
