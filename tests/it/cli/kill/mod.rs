//! Killing a render at any moment leaves every file complete, either old or new, and the next render completes.

mod system_calls;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ecrgen::tree::Manifest;

use crate::harness::{Case, files_below};

const ROUNDS: u32 = 20;

/// Two versions of a spec. Each has repositories that the other lacks, and different settings for the ones they share.
pub fn version(name: &str, repositories: usize) -> String {
    let third = repositories / 3;
    let (present, removed, keep) = match name {
        "a" => (0..2 * third, 2 * third..3 * third, 10),
        _ => (third..3 * third, 0..third, 20),
    };
    let mut spec = String::from("platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories:\n");
    for i in present {
        let force_delete = i % 2 == 1;
        spec += &format!(
            "  team/service-{i:03}: {{ force_delete: {force_delete}, retention: [{{ keep: {keep}, of: tagged }}] }}\n"
        );
    }
    spec += "removed:\n";
    for i in removed {
        let removal = if i % 2 == 0 { "retain" } else { "delete" };
        spec += &format!("  team/service-{i:03}: {removal}\n");
    }
    spec
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The output of each version, rendered over the other one without interruption: the manifest remembers what was removed.
pub fn outputs(specs: &[String; 2]) -> [Files; 2] {
    let case = Case::new();
    let render = |spec: &String| {
        case.write("shop.yaml", spec);
        assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
        files_below(&case.path("out")).into_iter().collect()
    };
    let [_, second, first] = [&specs[0], &specs[1], &specs[0]].map(render);
    [first, second]
}

/// Asserts that every file is that of one version or the other. The only other files are temporary files and a manifest
/// that lists every existing file.
pub fn assert_old_or_new(found: &Files, versions: &[&Files]) {
    let mut listed = BTreeSet::new();
    let mut existing = BTreeSet::new();
    for (path, bytes) in found {
        let name = path.file_name().expect("a name").to_string_lossy();
        if path.starts_with(".ecrgen") && name == "shop.json" {
            let text = String::from_utf8(bytes.clone()).expect("UTF-8");
            let manifest = Manifest::from_json(&text).expect("the manifest is complete");
            listed.extend(manifest.files().iter().map(|file| PathBuf::from(file.as_str())));
        } else if !name.starts_with(".ecrgen-shop-") {
            let is_of = |version: &&Files| version.get(path).is_some_and(|known| known == bytes);
            assert!(versions.iter().any(is_of), "{} is neither old nor new ({} bytes)", path.display(), bytes.len());
            // The git attributes of the manifests belong to the user once they exist.
            if !path.ends_with(".ecrgen/.gitattributes") {
                existing.insert(path.clone());
            }
        }
    }
    let unlisted: Vec<_> = existing.difference(&listed).collect();
    assert!(unlisted.is_empty(), "the manifest does not list {unlisted:?}");
}

#[test]
fn a_killed_render_leaves_whole_files_and_the_next_one_completes() {
    let specs = [version("a", 100), version("b", 100)];
    let outputs = outputs(&specs);
    let case = Case::new();
    let whole = {
        case.write("shop.yaml", &specs[0]);
        let start = Instant::now();
        assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
        start.elapsed()
    };
    let (mut killed, mut mixed) = (0, 0);
    for round in 1..=ROUNDS {
        let target = round as usize % 2;
        case.write("shop.yaml", &specs[target]);
        let mut command = case.command(&["render", "shop.yaml", "--out", "out"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
        // Mostly late, because a kill during compilation changes no file.
        sleep(moment(round, whole));
        child.kill().expect("SIGKILL can be sent");
        killed += u32::from(!child.wait().expect("it ends").success());

        let found: Files = files_below(&case.path("out")).into_iter().collect();
        assert_old_or_new(&found, &[&outputs[0], &outputs[1]]);
        mixed += u32::from(outputs.iter().all(|output| *output != found));
        // Two kills in a row must not do more damage than one.
        if round % 3 != 0 {
            assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0, "round {round}");
            assert_eq!(case.run(&["check", "shop.yaml", "--out", "out"]).status, 0, "round {round}");
            let found: Files = files_below(&case.path("out")).into_iter().collect();
            assert!(found == outputs[target], "round {round}: the output is not that of the new version");
        }
    }
    eprintln!("{killed} of {ROUNDS} renders killed, {mixed} of them between two states");
    assert!(killed > ROUNDS / 4, "only {killed} renders were killed at all");
}

/// A moment in the last three quarters of a render, spread evenly over the rounds by the golden ratio.
fn moment(round: u32, whole: Duration) -> Duration {
    let spread = (f64::from(round) * 0.618_034).fract();
    whole.mul_f64(0.25 + 0.75 * spread)
}
