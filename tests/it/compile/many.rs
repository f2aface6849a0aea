//! A platform so large that two threads work on it, beside the same in small pieces, on which one does.

use crate::harness::{Case, files_below};

const HEAD: &str = "\
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
access: { others: { can: [pull], repositories: all, accounts: [\"111122223333\"] } }
repositories:
";

/// Enough for every part of the way to be divided.
const MANY: usize = 1100;

fn entry(number: usize) -> String {
    // Not in the order of the alphabet.
    format!("  s{:04}: {{ retention: [{{ keep: {}, of: release }}] }}\n", number * 7 % MANY, number + 1)
}

fn spec(entries: impl IntoIterator<Item = String>) -> String {
    entries.into_iter().fold(HEAD.to_owned(), |spec, entry| spec + &entry)
}

#[test]
fn each_file_is_what_it_would_be_in_a_small_platform() {
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
fn faults_of_all_parts_are_found_and_stand_in_the_order_of_the_file() {
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
fn changed_files_alone_are_written_and_edited_ones_named() {
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
fn one_thread_does_it_all_where_the_machine_gives_no_second() {
    let case = Case::new().file("all.yaml", spec((0..MANY).map(entry)));
    assert_eq!(case.run(&["render", "all.yaml", "--out", "two"]).status, 0);
    let alone = |arguments: &[&str]| {
        // No machine has the memory for such a stack.
        let output = case.command(arguments).env("RUST_MIN_STACK", (1_u64 << 50).to_string()).output();
        let output = output.expect("the program runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let fine = (Some(0), String::new());
    assert_eq!(alone(&["render", "all.yaml", "--out", "one"]), fine);
    assert_eq!(alone(&["check", "all.yaml", "--out", "two"]), fine);
    assert!(files_below(&case.path("one")) == files_below(&case.path("two")));
}
