//! All formats are in one room: no other file of the crate prints indented JSON.

use std::fs;

use crate::harness::{files_below, repository};

/// Ways to print indented JSON.
const WAYS: [&str; 4] = ["to_string_pretty", "to_vec_pretty", "to_writer_pretty", "PrettyFormatter"];

/// Rooms that may do so.
const ROOMS: [&str; 3] = ["report/", "escape/", "cli/"];

/// Files outside of these rooms that may also do so, and why.
const EXCEPTIONS: [(&str, &str); 1] =
    [("tree/manifest.rs", "a generated file that ecrgen reads again, with a separate format version")];

#[test]
fn only_one_room_prints_indented_json() {
    let sources = repository().join("src");
    let mut printing = Vec::new();
    for (path, text) in files_below(&sources) {
        let (path, text) = (path.to_str().expect("UTF-8").to_owned(), String::from_utf8(text).expect("UTF-8"));
        let prints = WAYS.iter().any(|way| text.contains(way));
        if prints && !ROOMS.iter().any(|room| path.starts_with(room)) {
            printing.push(path);
        }
    }
    assert_eq!(printing, EXCEPTIONS.map(|(path, _)| path), "move the format to src/report, or add an exception here");
}

/// The test above would also pass if it found no sources.
#[test]
fn that_room_prints_indented_json() {
    let escape = fs::read_to_string(repository().join("src/escape/json.rs")).expect("a source");
    assert!(WAYS.iter().any(|way| escape.contains(way)));
}

/// Other rooms return their results; only the command line prints them.
#[test]
fn only_the_command_line_imports_that_room() {
    for (path, text) in files_below(&repository().join("src")) {
        let (path, text) = (path.to_str().expect("UTF-8").to_owned(), String::from_utf8(text).expect("UTF-8"));
        let may = path.starts_with("report/") || path.starts_with("cli/");
        assert!(may || !text.contains("crate::report"), "src/{path} imports report");
    }
}
