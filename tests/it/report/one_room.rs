//! Formats live in one room: no other file of the crate prints indented JSON.

use std::fs;

use crate::harness::{files_below, repository};

/// Ways to print indented JSON.
const WAYS: [&str; 4] = ["to_string_pretty", "to_vec_pretty", "to_writer_pretty", "PrettyFormatter"];

/// Rooms that may do so.
const ROOMS: [&str; 3] = ["report/", "escape/", "cli/"];

/// Files outside of these rooms that may, and why.
const EXCEPTIONS: [(&str, &str); 1] =
    [("tree/manifest.rs", "a file of the output that ecrgen itself reads again, with the version of its own format")];

#[test]
fn indented_json_is_printed_in_one_room() {
    let sources = repository().join("src");
    let mut printing = Vec::new();
    for (path, text) in files_below(&sources) {
        let (path, text) = (path.to_str().expect("UTF-8").to_owned(), String::from_utf8(text).expect("UTF-8"));
        let prints = WAYS.iter().any(|way| text.contains(way));
        if prints && !ROOMS.iter().any(|room| path.starts_with(room)) {
            printing.push(path);
        }
    }
    assert_eq!(printing, EXCEPTIONS.map(|(path, _)| path), "move the format to src/report, or state an exception here");
}

/// The test above would pass over sources that it does not find.
#[test]
fn the_room_itself_prints_it() {
    let escape = fs::read_to_string(repository().join("src/escape/json.rs")).expect("a source");
    assert!(WAYS.iter().any(|way| escape.contains(way)));
}

/// What is found out elsewhere is shown by nobody but the command line.
#[test]
fn only_the_command_line_imports_the_room() {
    for (path, text) in files_below(&repository().join("src")) {
        let (path, text) = (path.to_str().expect("UTF-8").to_owned(), String::from_utf8(text).expect("UTF-8"));
        let may = path.starts_with("report/") || path.starts_with("cli/");
        assert!(may || !text.contains("crate::report"), "src/{path} imports report");
    }
}
