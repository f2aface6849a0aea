//! Findings as GitHub Actions reads them. The tests parse workflow commands as the runner does (`ActionCommand.cs` of
//! actions/runner).

use std::collections::BTreeMap;

use ecrgen::diagnostic::Diagnostic;
use ecrgen::report::findings;
use insta::assert_snapshot;

use super::{Spec, error, note, span, warning};

fn github(spec: &Spec, findings: &[Diagnostic]) -> String {
    findings::github(&spec.sources, findings)
}

/// Parses a line as the runner does, into name, properties and message.
pub(super) fn read(line: &str) -> (String, BTreeMap<String, String>, String) {
    let (command, message) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("a command");
    let (name, properties) = command.split_once(' ').unwrap_or((command, ""));
    let properties = properties.split(',').filter(|property| !property.is_empty()).map(|property| {
        let (key, value) = property.split_once('=').expect("key=value");
        (key.to_owned(), decode(&value.replace("%3A", ":").replace("%2C", ",")))
    });
    (name.to_owned(), properties.collect(), decode(message))
}

fn decode(text: &str) -> String {
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

#[test]
fn a_finding_annotates_its_line() {
    let spec = Spec::new("repositories:\n  web-app: {}\n  web-app: {}\n");
    let finding = error("duplicate-key", spec.nth(1, "web-app"), "the key `web-app` is defined twice")
        .label("second time")
        .and(spec.nth(0, "web-app"), "first time")
        .help("keep one");
    assert_snapshot!(github(&spec, &[finding]), @"::error file=specs/piksel.yaml,line=3,endLine=3,col=3,endColumn=10,title=duplicate-key::the key `web-app` is defined twice: second time%0Aspecs/piksel.yaml:2: first time%0Ahelp: keep one");
}

#[test]
fn severities_have_the_names_that_github_uses() {
    let spec = Spec::new("a: 1\nb: 2\nc: 3\n");
    let findings =
        [error("x", spec.first("a"), "m"), warning("x", spec.first("b"), "m"), note("x", spec.first("c"), "m")];
    let out = github(&spec, &findings);
    let names: Vec<_> = out.lines().map(|line| read(line).0).collect();
    assert_eq!(names, ["error", "warning", "notice"]);
}

#[test]
fn a_place_over_several_lines_has_no_columns() {
    let spec = Spec::new("a:\n  b: 1\n");
    let (_, properties, _) = read(github(&spec, &[error("x", span(0, 0, 8), "m")]).trim_end());
    let keys: Vec<_> = properties.keys().map(String::as_str).collect();
    assert_eq!(keys, ["endLine", "file", "line", "title"]);
    assert_eq!((properties["line"].as_str(), properties["endLine"].as_str()), ("1", "2"));
}

#[test]
fn a_finding_about_the_disk_annotates_no_file() {
    let spec = Spec::new("");
    let finding = Diagnostic { labels: Vec::new(), ..error("foreign-file", span(0, 0, 0), "not ours") };
    assert_snapshot!(github(&spec, &[finding]), @"::error title=foreign-file::not ours");
}

#[test]
fn escapes_the_five_special_characters_of_github() {
    let mut spec = Spec::new("");
    let file = "a,b: 100%\nc\rd::e=f %3A.yaml";
    let index = spec.sources.add(file, "a: 1\n");
    let message = "100%, a:b::c\nnext\r\nlast %0A %253A";
    let out = github(&spec, &[error("x", span(index, 0, 1), message)]);
    assert_snapshot!(out, @"::error file=a%2Cb%3A 100%25%0Ac%0Dd%3A%3Ae=f %253A.yaml,line=1,endLine=1,col=1,endColumn=2,title=x::100%25, a:b::c%0Anext%0D%0Alast %250A %25253A");

    let (name, properties, data) = read(out.trim_end_matches('\n'));
    assert_eq!((name.as_str(), properties["file"].as_str(), data.as_str()), ("error", file, message));
}

#[test]
fn a_message_cannot_start_a_second_command() {
    let spec = Spec::new("a: 1\n");
    let out = github(&spec, &[error("x", spec.first("a"), "m\n::stop-commands::y\r\n::error::z")]);
    assert_eq!(out.lines().count(), 1);
}
