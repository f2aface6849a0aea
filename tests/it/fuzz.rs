//! The corpora of the fuzz targets in `fuzz`, replayed with the same judges: each file as it is, and after random edits.

use std::fs;
use std::panic::catch_unwind;

use crate::harness::{files_below, repository};

#[path = "../../fuzz/src/judges/mod.rs"]
pub mod judges;

type Judge = fn(&[u8]);

const JUDGES: &[(&str, Judge)] = &[
    ("specs", judges::specs),
    ("manifests", judges::manifests),
    ("listings", judges::listings),
    ("policies", judges::policies),
];

/// Edits per file. Enough to notice a judge or a reader that is wrong, and few enough for every run of the tests.
/// `ECRGEN_FUZZ_EDITS` sets another number.
const EDITS: u64 = 12;

/// What pull requests try, as it is and as YAML and JSON write it.
const PIECES: &[&str] = &[
    "\n::error::x\n",
    "\\n::error::x",
    "##[error]",
    "\u{1b}[8m",
    "\\u001b[8m",
    "\u{202e}",
    "\\u202e",
    "\\u2028",
    "\u{feff}",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    "\n",
    "\r",
    "\t",
    "\0",
    "#",
    "&a ",
    "*a",
    "null",
    "~",
    "-1",
    "0",
    "1e999",
    "18446744073709551615",
    "../",
    "/etc/passwd",
    "${x}",
    "%{if}",
    "<\u{338}",
];

fn replay(name: &str) {
    let (_, judge) = JUDGES.iter().find(|(target, _)| *target == name).expect("a target");
    let files = files_below(&repository().join("fuzz/corpus").join(name));
    assert!(files.len() > 20, "only {} files in the corpus", files.len());
    let edits = std::env::var("ECRGEN_FUZZ_EDITS").map_or(EDITS, |number| number.parse().expect("a number"));
    for (path, bytes) in files {
        let judged = catch_unwind(|| judge(&bytes));
        assert!(judged.is_ok(), "fuzz/corpus/{name}/{}", path.display());
        let mut random = Random(bytes.len() as u64 + 1);
        for _ in 0..edits {
            let edited = edited(&bytes, &mut random);
            let judged = catch_unwind(|| judge(&edited));
            assert!(judged.is_ok(), "{} edited: {:?}", path.display(), String::from_utf8_lossy(&edited));
        }
    }
}

/// One to three edits: a piece that is inserted, a range that is deleted, repeated or moved, a byte that changes.
fn edited(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(3) {
        let (from, to) = (random.below(bytes.len() + 1), random.below(bytes.len() + 1));
        let range = from.min(to)..from.max(to).min(from.min(to) + 40);
        match random.below(5) {
            0 => drop(bytes.drain(range)),
            1 => {
                let copy = bytes[range].to_vec();
                bytes.splice(to..to, copy);
            }
            2 if from < bytes.len() => bytes[from] ^= 1 << random.below(8),
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(from..from, piece.bytes());
            }
        }
    }
    bytes
}

/// Xorshift with 64 bits. The edits are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        for (left, shift) in [(true, 13), (false, 7), (true, 17)] {
            self.0 ^= if left { self.0 << shift } else { self.0 >> shift };
        }
        (self.0 % limit as u64) as usize
    }
}

#[test]
fn specs() {
    replay("specs");
}

#[test]
fn manifests() {
    replay("manifests");
}

#[test]
fn listings() {
    replay("listings");
}

#[test]
fn policies() {
    replay("policies");
}

/// `cargo fuzz` finds targets in `Cargo.toml`, and `cargo test` does not compile them.
#[test]
fn every_target_has_a_judge_a_corpus_and_a_file() {
    let folder = repository().join("fuzz");
    let names = |below: &str| -> Vec<String> {
        let entries = fs::read_dir(folder.join(below)).expect("a folder").map(|entry| entry.expect("an entry"));
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let mut targets: Vec<String> = JUDGES.iter().map(|(name, _)| (*name).to_owned()).collect();
    targets.sort();
    assert_eq!(names("corpus"), targets);
    assert_eq!(names("fuzz_targets"), targets.iter().map(|name| format!("{name}.rs")).collect::<Vec<_>>());
    let declared = fs::read_to_string(folder.join("Cargo.toml")).expect("a file");
    for name in &targets {
        let target = fs::read_to_string(folder.join(format!("fuzz_targets/{name}.rs"))).expect("a file");
        assert!(target.contains(&format!("ecrgen_fuzz::judges::{name}(data)")), "{target}");
        assert!(declared.contains(&format!("name = \"{name}\"")), "{declared}");
    }
}
