//! Tests that are skipped because something is missing on this machine.

use std::fs::OpenOptions;
use std::io::{Write, stderr};
use std::os::unix::process::parent_id;
use std::path::{Path, PathBuf};

/// Reports that the calling test is skipped. The test should return.
///
/// libtest hides what a passing test prints with `eprintln!`, so this writes to standard error directly. It also leaves a
/// record for `tests/skipped.rs`, which lists the skipped tests when `cargo test` ends.
pub fn skipped(why: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(stderr(), "skipped {test}: {why}");
    let record = OpenOptions::new().create(true).append(true).open(record(parent_id()));
    // One write per line: other tests write at the same time.
    let written = record.and_then(|mut file| file.write_all(format!("{why}\t{test}\n").as_bytes()));
    written.expect("a record in target/tmp");
}

/// The record of one run of `cargo test`, which all test programs have as their parent process.
fn record(cargo: u32) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("skipped-{cargo}"))
}

#[test]
fn a_skipped_test_is_reported_although_it_passes() {
    let program = std::env::current_exe().expect("this test program");
    let mut child = std::process::Command::new(program);
    child.args(["--exact", "terraform::fixed_point::terraform_fmt_changes_no_printed_tree"]);
    let output = child.env("PATH", "").env_remove("ECRGEN_REQUIRE_TERRAFORM").output().expect("it runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    let line = "skipped terraform::fixed_point::terraform_fmt_changes_no_printed_tree: no `terraform` on the PATH\n";
    assert!(output.status.success() && said.contains(line), "{said}");
    let record = record(std::process::id());
    let lines = std::fs::read_to_string(&record).expect("a record");
    std::fs::remove_file(record).expect("our file");
    assert_eq!(lines, "no `terraform` on the PATH\tterraform::fixed_point::terraform_fmt_changes_no_printed_tree\n");
}
