//! How the time grows with specs, listings and output folders that a stranger could choose to be expensive.
//!
//! Each series doubles the size three times. Its exponent is fitted to the times, less the time to start the program: 1 is
//! linear, 2 is quadratic. `cargo bench --bench growth` fails if an exponent is greater than the limit.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_ecrgen");

/// The greatest exponent that counts as near linear.
const LIMIT: f64 = 1.2;

/// Runs per measurement. The shortest counts, because other programs can only make a run longer.
const RUNS: usize = 3;

const HEAD: &str = "platform: load\nenvironment: shared\nregion: eu-central-1\naccount: \"123456789012\"\n";

/// What grows.
struct Series {
    what: &'static str,
    /// The smallest size.
    from: usize,
    /// Writes the input of a size to a folder, and returns the arguments of the program.
    arguments: fn(&Path, usize) -> Vec<String>,
}

const SERIES: &[Series] = &[
    Series { what: "lint: services, up to 100 tag classes, 45 rules", from: 50, arguments: classes },
    Series { what: "lint: repositories with a rule for one of 100 tag classes", from: 50, arguments: class_rules },
    Series { what: "lint: assertions, entries, repositories", from: 250, arguments: assertions },
    Series { what: "lint: settings that assertions are about", from: 250, arguments: settings },
    Series { what: "lint: expectations, up to the limit of days", from: 20, arguments: expectations },
    Series { what: "lint: repositories with a denial, 600 exceptions", from: 100, arguments: denials },
    Series { what: "lint: waived paths, findings, repositories", from: 1_000, arguments: waivers },
    Series { what: "lint: 500 findings in one line of n KB", from: 1_000, arguments: one_line },
    Series { what: "access: entries with accounts", from: 250, arguments: |folder, n| access(folder, n, "accounts") },
    Series { what: "access: entries with roles", from: 250, arguments: |folder, n| access(folder, n, "roles") },
    Series { what: "lint: entries with roles", from: 1_250, arguments: roles },
    Series { what: "lint: repositories: all", from: 6_250, arguments: all },
    Series { what: "check: specs in one folder", from: 125, arguments: specs },
    Series { what: "check: changed files", from: 2_500, arguments: drift },
    Series { what: "simulate: a chain of referrers", from: 10_000, arguments: chain },
    Series { what: "simulate: nested image indexes", from: 10_000, arguments: |folder, n| indexes(folder, n, 1) },
    Series { what: "simulate: indexes with shared images", from: 1_000, arguments: |folder, n| indexes(folder, n, 20) },
];

fn main() -> ExitCode {
    let start = time(&["--version".to_owned()]);
    let mut exceeded = false;
    for series in SERIES {
        let sizes = [1, 2, 4, 8].map(|factor| series.from * factor);
        let points = sizes.map(|size| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let arguments = (series.arguments)(folder.path(), size);
            (size as f64, (time(&arguments) - start).max(1e-4))
        });
        let exponent = exponent(&points);
        exceeded |= exponent > LIMIT;
        let times: Vec<String> = points.iter().map(|(size, time)| format!("{size}: {:.0} ms", time * 1e3)).collect();
        let verdict = if exponent > LIMIT { "  EXCEEDED" } else { "" };
        println!("{:44} exponent {exponent:.2}   limit {LIMIT}{verdict}   ({})", series.what, times.join(", "));
    }
    ExitCode::from(u8::from(exceeded))
}

/// The slope of the line that fits the logarithms best.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let logarithms: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let mean = |of: fn(&(f64, f64)) -> f64| logarithms.iter().map(of).sum::<f64>() / logarithms.len() as f64;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let along: f64 = logarithms.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    along / logarithms.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}

/// The shortest of several runs, in seconds.
fn time(arguments: &[String]) -> f64 {
    let run = |_| {
        let start = Instant::now();
        let mut command = Command::new(PROGRAM);
        command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().expect("the program starts");
        start.elapsed().as_secs_f64()
    };
    (0..RUNS).map(run).fold(f64::INFINITY, f64::min)
}

fn written(path: PathBuf, text: &str) -> String {
    fs::write(&path, text).expect("a file can be written");
    path.display().to_string()
}

fn lint(folder: &Path, spec: &str) -> Vec<String> {
    vec!["lint".into(), written(folder.join("spec.yaml"), spec)]
}

/// `name: value` for each number, each on a line.
fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut text, i| {
        let _ = writeln!(text, "{}", line(i));
        text
    })
}

fn repositories(n: usize) -> String {
    format!("repositories:\n{}", lines(n, |i| format!("  r{i}: {{}}")))
}

fn classes(folder: &Path, n: usize) -> Vec<String> {
    let services: Vec<String> = (0..n).map(|i| format!("s{i}")).collect();
    let classes = lines(n.min(100), |i| format!("  c{i}: \"c{i}-{{service}}-{{version}}\""));
    let rules = lines(45.min(n), |i| format!("      - {{ keep: {}, of: c{i} }}", i + 1));
    let services = services.join(", ");
    let spec = format!(
        "{HEAD}image_tags:\n{classes}repositories:\n  shop:\n    services: [{services}]\n    retention:\n{rules}"
    );
    lint(folder, &spec)
}

fn class_rules(folder: &Path, n: usize) -> Vec<String> {
    let classes = lines(100, |i| format!("  c{i}: \"{{branch}}-{{sha:{}}}-{i}{{any}}\"", 4 + i % 30));
    let repositories = lines(n, |i| format!("  r{i}: {{ retention: [{{ keep: 5, of: c{} }}] }}", i % 100));
    lint(folder, &format!("{HEAD}image_tags:\n{classes}repositories:\n{repositories}"))
}

fn assertions(folder: &Path, n: usize) -> Vec<String> {
    let entries = lines(n, |i| format!("  a{i}: {{ can: [push], repositories: [r{i}], roles: [role-{i}] }}"));
    let claims = lines(n, |i| format!("  s{i}: {{ can: [push], repositories: [r{i}], only: [a{i}] }}"));
    lint(folder, &format!("{HEAD}{}access:\n{entries}assert:\n{claims}", repositories(n)))
}

/// Of n repositories, all assertions together are about one million at most.
fn settings(folder: &Path, n: usize) -> Vec<String> {
    let claims = lines((1_000_000 / n).min(500), |i| format!("  s{i}: {{ have: {{ tag_mutability: immutable }} }}"));
    lint(folder, &format!("{HEAD}{}assert:\n{claims}", repositories(n)))
}

fn expectations(folder: &Path, n: usize) -> Vec<String> {
    let claims =
        lines(n, |i| format!("  s{i}: {{ repository: r0, pushes: {{ untagged: 1/day }}, for: 1000d, kept: 5 }}"));
    let retention = "repositories: { r0: { retention: [{ keep: 5, of: any }] } }\n";
    lint(folder, &format!("{HEAD}{retention}expect:\n{claims}"))
}

fn denials(folder: &Path, n: usize) -> Vec<String> {
    let names: Vec<String> = (0..600).map(|i| format!("a{i}")).collect();
    let entries = lines(600, |i| format!("  a{i}: {{ can: [push], repositories: [r0], roles: [role-{i}] }}"));
    let defaults = format!("repository_defaults: {{ deny: {{ push: {{ unless: [{}] }} }} }}\n", names.join(", "));
    lint(folder, &format!("{HEAD}{defaults}{}access:\n{entries}", repositories(n)))
}

fn waivers(folder: &Path, n: usize) -> Vec<String> {
    let at = lines(n, |i| format!("      - repositories.r{i}"));
    let repositories = lines(n, |i| format!("  r{i}: {{ retention: [{{ expire_after: 30d, of: release }}] }}"));
    let spec = format!(
        "{HEAD}image_tags: {{ release: \"v{{version}}\" }}\nwaive:\n  age-without-keep:\n    reason: Load\n    at:\n{at}\
         repositories:\n{repositories}"
    );
    lint(folder, &spec)
}

fn one_line(folder: &Path, kilobytes: usize) -> Vec<String> {
    let filler = "x".repeat(2 * kilobytes);
    let entries: Vec<String> = (0..500).map(|i| format!("r{i}: {{ nothing: \"{filler}\" }}")).collect();
    lint(folder, &format!("{HEAD}repositories: {{ {} }}\n", entries.join(", ")))
}

fn access(folder: &Path, n: usize, kind: &str) -> Vec<String> {
    let entry = |i: usize| {
        let who = if kind == "roles" { format!("role-{i}") } else { format!("\"{}\"", 111_111_111_111 + i) };
        format!("  e{i}: {{ can: [pull], repositories: [r{i}], {kind}: [{who}] }}")
    };
    let spec = format!("{HEAD}{}access:\n{}", repositories(n), lines(n, entry));
    vec!["access".into(), written(folder.join("spec.yaml"), &spec)]
}

fn roles(folder: &Path, n: usize) -> Vec<String> {
    let entries = lines(n, |i| format!("  e{i}: {{ can: [pull], repositories: [r0], roles: [role-{i}] }}"));
    lint(folder, &format!("{HEAD}{}access:\n{entries}", repositories(1)))
}

fn all(folder: &Path, n: usize) -> Vec<String> {
    let entry = "access: { ci: { can: [pull, push], repositories: all, roles: [ci] } }\n";
    lint(folder, &format!("{HEAD}{}{entry}", repositories(n)))
}

/// Renders the specs, and returns the arguments of `check`.
fn rendered(folder: &Path, specs: Vec<String>) -> Vec<String> {
    let arguments = |command: &str| {
        let out = ["--out".to_owned(), folder.join("out").display().to_string()];
        [command.to_owned()].into_iter().chain(specs.iter().cloned()).chain(out).collect::<Vec<_>>()
    };
    let mut render = Command::new(PROGRAM);
    let done = render.args(arguments("render")).stdout(Stdio::null()).status().expect("the program starts");
    assert!(done.success(), "the specs have no errors");
    arguments("check")
}

fn specs(folder: &Path, n: usize) -> Vec<String> {
    let spec = |i: usize| {
        let spec = format!(
            "platform: p{i}\nenvironment: shared\nregion: eu-central-1\nterraform: {{ directory: p{i} }}\n\
             repositories: {{ p{i}-a: {{}} }}\n"
        );
        written(folder.join(format!("p{i}.yaml")), &spec)
    };
    rendered(folder, (0..n).map(spec).collect())
}

fn drift(folder: &Path, n: usize) -> Vec<String> {
    let spec = written(folder.join("spec.yaml"), &format!("{HEAD}{}", repositories(n)));
    let arguments = rendered(folder, vec![spec]);
    let mut folders = vec![folder.join("out")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "tf") {
                let text = fs::read_to_string(&path).expect("a text") + "# changed\n";
                fs::write(&path, text).expect("a file can be written");
            }
        }
    }
    arguments.into_iter().chain(["--format".into(), "github".into()]).collect()
}

fn chain(folder: &Path, n: usize) -> Vec<String> {
    let image = |i: usize| {
        let mut image = image(i, "application/vnd.oci.image.manifest.v1+json");
        let (key, value) = match i + 1 < n {
            true => ("subjectManifestDigest", json!(digest(i + 1))),
            false => ("imageTags", json!(["v1"])),
        };
        image[key] = value;
        image
    };
    simulate(folder, (0..n).map(image).collect())
}

/// Indexes that list the next ones, so that each is nested in all before it.
fn indexes(folder: &Path, n: usize, children: usize) -> Vec<String> {
    let listed = |i: usize| (1..=children).map(|next| i + next).filter(|next| *next < n).collect::<Vec<_>>();
    let manifest = |i: usize| {
        let manifests: Vec<_> = listed(i).into_iter().map(|next| json!({ "digest": digest(next) })).collect();
        let text = json!({ "manifests": manifests }).to_string();
        json!({ "imageId": { "imageDigest": digest(i) }, "imageManifest": text })
    };
    let manifests = json!({ "images": (0..n).map(manifest).collect::<Vec<_>>() }).to_string();
    let manifests = written(folder.join("manifests.json"), &manifests);
    let index = "application/vnd.oci.image.index.v1+json";
    let mut arguments = simulate(folder, (0..n).map(|i| image(i, index)).collect());
    arguments.extend(["--manifests".into(), manifests]);
    arguments
}

fn digest(i: usize) -> String {
    format!("sha256:{i:064x}")
}

fn image(i: usize, media_type: &str) -> Value {
    json!({
        "registryId": "123456789012", "repositoryName": "shop", "imageDigest": digest(i), "imageSizeInBytes": 1000,
        "imagePushedAt": 1_700_000_000 + i, "imageManifestMediaType": media_type,
    })
}

/// The arguments of `simulate` for these images and a policy that expires them all.
fn simulate(folder: &Path, images: Vec<Value>) -> Vec<String> {
    let selection =
        json!({ "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30 });
    let rule = json!({ "rulePriority": 1, "selection": selection, "action": { "type": "expire" } });
    let images = written(folder.join("images.json"), &json!({ "imageDetails": images }).to_string());
    let policy = written(folder.join("policy.json"), &json!({ "rules": [rule] }).to_string());
    ["simulate", "--format", "json", "--policy", &policy, "--images", &images].map(str::to_owned).into()
}
