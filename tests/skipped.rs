//! Lists the tests that were skipped. `cargo test` runs this program after `tests/it`, and libtest does not capture what it
//! prints.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::parent_id;
use std::path::Path;

fn main() {
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    // tests/it/harness/skipped.rs writes one line per test: the reason, a tab, and the test.
    let record = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("skipped-{}", parent_id()));
    let lines = fs::read_to_string(&record).unwrap_or_default();
    let _ = fs::remove_file(record);
    let mut tests: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (why, test) in lines.lines().filter_map(|line| line.split_once('\t')) {
        tests.entry(why).or_default().push(test);
    }
    println!("\nskipped tests: {}", lines.lines().count());
    for (why, mut tests) in tests {
        tests.sort_unstable();
        println!("  {why}");
        tests.into_iter().for_each(|test| println!("    {test}"));
    }
    println!();
}
