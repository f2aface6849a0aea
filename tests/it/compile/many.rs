//! A platform that is large enough for several threads, compared with small ones that are compiled on a single thread.

use std::path::PathBuf;
use std::process::Command;

use crate::harness::{Case, Compiled, files_below};

const HEAD: &str = "\
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
access: { others: { can: [pull], repositories: all, accounts: [\"111122223333\"] } }
waive: { lambda-access-removed: { at: [repositories], reason: No functions } }
repositories:
";

/// Enough repositories for each step to be divided among threads.
const MANY: usize = 1100;

fn entry(number: usize) -> String {
    // The entries are not in alphabetical order.
    format!("  s{:04}: {{ retention: [{{ keep: {}, of: release }}] }}\n", number * 7 % MANY, number + 1)
}

fn spec(entries: impl IntoIterator<Item = String>) -> String {
    entries.into_iter().fold(HEAD.to_owned(), |spec, entry| spec + &entry)
}

#[test]
fn files_are_the_same_as_in_a_small_platform() {
    let case = Case::new().file("all.yaml", spec((0..MANY).map(entry)));
    assert_eq!(case.run(&["render", "all.yaml", "--out", "all"]).status, 0);
    for number in [0, 1, 249, 499, 500, 549, 550, 551, 999, MANY - 1] {
        case.write("one.yaml", spec([entry(number)]));
        let name = format!("shared/ecr/repository_s{:04}.tf", number * 7 % MANY);
        let out = format!("one-{number}");
        assert_eq!(case.run(&["render", "one.yaml", "--out", &out]).status, 0);
        assert_eq!(case.read(&format!("all/{name}")), case.read(&format!("{out}/{name}")), "{name}");
    }
    let made = std::fs::read_dir(case.path("all/shared/ecr")).expect("a folder").count();
    let small = std::fs::read_dir(case.path("one-0/shared/ecr")).expect("a folder").count();
    assert_eq!(made - small, MANY - 1);
    assert_eq!(case.run(&["check", "all.yaml", "--out", "all"]).status, 0);
}

#[test]
fn errors_are_reported_in_the_order_of_the_file() {
    let wrong = |number: usize| match number {
        3 => "  s0021: { retenton: [] }\n".to_owned(),
        700 => "  S0500: {}\n".to_owned(),
        1099 => "  s1093: { retention: [{ keep: 0, of: release }] }\n".to_owned(),
        number => entry(number),
    };
    let case = Case::new().file("all.yaml", spec((0..MANY).map(wrong)));
    let outcome = case.run(&["lint", "all.yaml"]);
    assert_eq!(outcome.status, 1);
    let line = |place: &str| place.split(':').nth(1).and_then(|line| line.parse().ok()).unwrap_or(0);
    let lines: Vec<usize> = outcome.out.lines().filter(|line| line.contains("--> ")).map(line).collect();
    let first = HEAD.lines().count() + 1;
    assert_eq!(lines, [3, 700, 1099].map(|number| first + number), "{}", outcome.out);
}

#[test]
fn writes_only_changed_files_and_names_them() {
    let case = Case::new().file("all.yaml", spec((0..MANY).map(entry)));
    assert_eq!(case.run(&["render", "all.yaml", "--out", "out"]).status, 0);
    let names = [0, 600, 1099].map(|number| format!("out/shared/ecr/repository_s{number:04}.tf"));
    let before = names.each_ref().map(|name| case.read(name));
    names.iter().for_each(|name| case.write(name, case.read(name).replace("IMMUTABLE", "MUTABLE")));
    let outcome = case.run(&["check", "all.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 1);
    assert!(names.iter().all(|name| outcome.out.contains(name.trim_start_matches("out/"))), "{}", outcome.out);
    let outcome = case.run(&["render", "all.yaml", "--out", "out"]);
    assert_eq!((outcome.status, outcome.out.lines().filter(|line| line.starts_with("wrote ")).count()), (0, 3));
    assert_eq!(names.each_ref().map(|name| case.read(name)), before);
}

#[test]
fn works_if_no_further_thread_can_be_started() {
    let case = Case::new().file("all.yaml", spec((0..MANY).map(entry)));
    assert_eq!(case.run(&["render", "all.yaml", "--out", "two"]).status, 0);
    let alone = |arguments: &[&str]| {
        // No machine has enough memory for a stack of this size.
        let output = case.command(arguments).env("RUST_MIN_STACK", (1_u64 << 50).to_string()).output();
        let output = output.expect("the program runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let fine = (Some(0), String::new());
    assert_eq!(alone(&["render", "all.yaml", "--out", "one"]), fine);
    assert_eq!(alone(&["check", "all.yaml", "--out", "two"]), fine);
    assert!(files_below(&case.path("one")) == files_below(&case.path("two")));
}

/// Status, standard output and standard error of a run.
type Said = (i32, String, String);

/// What the commands print about a spec on a number of threads, and the files that they write: first without an output
/// folder, then with files in it that were changed by hand.
fn on_threads(threads: &str, spec: &str) -> (Vec<Said>, Vec<(PathBuf, Vec<u8>)>) {
    let case = Case::new().file("all.yaml", spec);
    let run = |arguments: &[&str]| {
        let output = case.command(arguments).env("RAYON_NUM_THREADS", threads).output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code().expect("no signal"), text(output.stdout), text(output.stderr))
    };
    let mut said = vec![
        run(&["lint", "all.yaml"]),
        run(&["render", "all.yaml", "--out", "out"]),
        run(&["check", "all.yaml", "--out", "out"]),
    ];
    let file = |number: usize| format!("out/shared/ecr/repository_s{number:04}.tf");
    if case.path("out").exists() {
        (0..MANY)
            .step_by(90)
            .map(file)
            .for_each(|name| case.write(&name, case.read(&name).replace("IMMUTABLE", "MUTABLE")));
        said.push(run(&["check", "all.yaml", "--out", "out"]));
        (1..MANY).step_by(90).map(file).for_each(|name| case.write(&name, "# written by hand\n"));
        said.push(run(&["check", "all.yaml", "--out", "out"]));
        said.push(run(&["render", "all.yaml", "--out", "out"]));
    }
    (said, case.snapshot())
}

/// Asserts that the commands print the same on one, two and eight threads, and returns their statuses.
fn statuses_on_any_number_of_threads(spec: &str) -> Vec<i32> {
    let (said, files) = on_threads("1", spec);
    for threads in ["2", "8"] {
        let (said_there, files_there) = on_threads(threads, spec);
        for (one, several) in said.iter().zip(&said_there) {
            assert_eq!(one, several, "{threads} threads");
        }
        assert_eq!(said.len(), said_there.len(), "{threads} threads");
        assert!(files == files_there, "{threads} threads: the files differ");
    }
    said.into_iter().map(|(status, ..)| status).collect()
}

#[test]
fn a_clean_platform_is_the_same_on_any_number_of_threads() {
    // In sync after the render, then drift, then files that ecrgen did not write.
    assert_eq!(statuses_on_any_number_of_threads(&spec((0..MANY).map(entry))), [0, 0, 0, 1, 2, 2]);
}

#[test]
fn warnings_are_the_same_on_any_number_of_threads() {
    // No rule matches the images of the second class. This is a warning per repository, more than are shown.
    let spec = spec((0..MANY).map(entry)).replacen("release:", "build: \"b-{sha}\", release:", 1);
    assert_eq!(statuses_on_any_number_of_threads(&spec), [1, 0, 0, 1, 2, 2]);
}

#[test]
fn errors_of_the_spec_are_the_same_on_any_number_of_threads() {
    assert_eq!(statuses_on_any_number_of_threads(&faulty()), [1, 2, 2]);
}

#[test]
fn errors_of_the_files_are_the_same_on_any_number_of_threads() {
    // The provider supports encryption since version 3.1.0.
    let encrypted = |number: usize| match number % 3 {
        0 => entry(number).replace("{ retention", "{ encryption: kms, retention"),
        _ => entry(number),
    };
    let spec = format!("terraform: {{ providers: {{ aws: \">= 0.1\" }} }}\n{}", spec((0..MANY).map(encrypted)));
    assert_eq!(statuses_on_any_number_of_threads(&spec), [1, 2, 2]);
}

/// Specs that are only large together. Some have warnings, and in the second round some have errors.
#[test]
fn many_specs_are_the_same_on_any_number_of_threads() {
    let spec = |number: usize, with_error: bool| {
        let head = HEAD.replace("platform: shop", &format!("platform: shop-{number}"));
        let head = head.replacen("repositories:\n", "terraform: { directory: \"{platform}/ecr\" }\nrepositories:\n", 1);
        let head = if number % 7 == 3 { head.replacen("release:", "build: \"b-{sha}\", release:", 1) } else { head };
        let entries: String = (number * 20..(number + 1) * 20)
            .map(|at| entry(at).replacen("  s", &format!("  n{number}-s"), 1))
            .collect();
        let entries =
            if with_error && number % 20 == 11 { entries.replacen("retention", "retenton", 1) } else { entries };
        head + &entries
    };
    let on_threads = |threads: &str, with_error: bool| {
        let specs: Vec<String> = (0..40).map(|number| format!("specs/{number:02}.yaml")).collect();
        let case = specs
            .iter()
            .enumerate()
            .fold(Case::new(), |case, (number, path)| case.file(path, spec(number, with_error)));
        let run = |command: &str| {
            let arguments = [command].into_iter().chain(specs.iter().map(String::as_str)).chain(["--out", "out"]);
            let output = case.command(&arguments.collect::<Vec<_>>()).env("RAYON_NUM_THREADS", threads).output();
            let output = output.expect("the program runs");
            (output.status.code(), output.stdout, output.stderr)
        };
        let said = [run("render"), run("check")];
        (said, case.snapshot())
    };
    for (with_error, status) in [(false, Some(0)), (true, Some(2))] {
        let (said, files) = on_threads("1", with_error);
        assert_eq!(said.each_ref().map(|(status, ..)| *status), [status, status]);
        for threads in ["2", "8"] {
            assert!(on_threads(threads, with_error) == (said.clone(), files.clone()), "{threads} threads");
        }
    }
}

/// A spec with errors that decoding finds and errors that resolving finds, spread over the whole file.
fn faulty() -> String {
    let wrong = |number: usize| match number % 50 {
        7 => entry(number).replace("retention", &format!("retenton-{number}")),
        31 => entry(number).replace("of: release", &format!("of: releases-{number}")),
        _ => entry(number),
    };
    spec((0..MANY).map(wrong))
}

/// Set for a test that runs in a separate process.
const ALONE: &str = "ECRGEN_TEST_ALONE";

fn is_alone() -> bool {
    std::env::var_os(ALONE).is_some()
}

/// Runs a test of this file again in a separate process with its own thread pool, and returns what it prints.
fn alone(test: &str, threads: &str) -> String {
    let (_, module) = module_path!().split_once("::").expect("a module of this crate");
    let mut alone = Command::new(std::env::current_exe().expect("the path of the tests"));
    alone.args(["--exact", "--nocapture", &format!("{module}::{test}")]);
    let output = alone.env(ALONE, "1").env("RAYON_NUM_THREADS", threads).output().expect("the tests run");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// The program sorts the findings that it shows, but the library returns them in the order in which they are found.
#[test]
fn the_library_returns_findings_in_the_same_order_on_any_number_of_threads() {
    if is_alone() {
        // Begin a new line, because the name of the test may be on this one.
        println!();
        let compiled = ecrgen::compile(&["all.yaml".into()], &|_| Ok(faulty().into_bytes()), "2026-11-21");
        return compiled.findings.iter().for_each(|finding| println!("found {finding:?}"));
    }
    let found = |threads: &str| {
        let said = alone("the_library_returns_findings_in_the_same_order_on_any_number_of_threads", threads);
        said.lines().filter(|line| line.starts_with("found ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let one = found("1");
    assert_eq!(one.len(), 2 * MANY / 50);
    assert_eq!(one, found("2"));
    assert_eq!(one, found("8"));
}

/// Other tests also start threads, so these are counted in a separate process.
#[cfg(target_os = "linux")]
#[test]
fn a_small_platform_starts_no_threads() {
    if !is_alone() {
        alone("a_small_platform_starts_no_threads", "3");
        return;
    }
    let threads = || std::fs::read_dir("/proc/self/task").expect("the threads of this process").count();
    let case = Case::new();
    let render = |repositories: usize, out: &str| {
        let compiled = Compiled::of(spec((0..repositories).map(entry)));
        let comparison = compiled.outputs()[0].tree.compare(&case.path(out)).expect("a path that can be read");
        comparison.writable().expect("no obstacles").write().expect("a folder that can be written");
    };
    let before = threads();
    render(400, "small");
    assert_eq!(threads(), before);
    render(MANY, "large");
    assert_eq!(threads(), before + 3);
}

#[test]
fn limits_the_number_of_threads() {
    let case = Case::new().file("all.yaml", spec((0..MANY).map(entry)));
    let output = case.command(&["lint", "all.yaml"]).env("RAYON_NUM_THREADS", "100000").output();
    assert_eq!(output.expect("the program runs").status.code(), Some(0));
}
