//! A writer that is killed at any moment.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use ecrgen::tree::{Manifest, Record, Tree};

use super::folder::{Folder, listing, write};
use super::{draft, is_in_sync, modules, owner, rel};

const INTO: &str = "ECRGEN_TEST_KILL";
/// The number of kills in the middle of a write that are enough.
const KILLS: u32 = 15;

/// The body of a file of one generation, made so that a mixture of two is visible: about 1 kB for most, 60 kB for some.
fn body(generation: u64, file: u64) -> String {
    let lines = if file.is_multiple_of(50) { 3000 } else { 50 };
    format!("{generation}\n{}end of {generation}\n", format!("{file} of {generation}\n").repeat(lines))
}

/// A thousand paths. One in seven is absent, a different one in the next generation; some are in a separate folder.
fn tree_of(generation: u64) -> Tree {
    let files = (0..1000).filter(|file| !(file + generation).is_multiple_of(7));
    let path = |file: u64| match file % 20 {
        0 => format!("only/in-{generation}/{file}.tf"),
        folder => format!("folder-{folder}/{file}.tf"),
    };
    let drafts = files.map(|file| draft(&path(file), &body(generation, file))).collect();
    Tree::new(owner("piksel"), drafts, modules("core", &generation.to_string())).unwrap()
}

/// The generation that the manifest on disk guards; 0 before the first write.
fn guarded(out: &Path) -> u64 {
    let manifest = Manifest::read(out, &owner("piksel")).unwrap();
    manifest.map_or(0, |manifest| {
        let Record::Modules(modules) = manifest.record() else { panic!("an old format") };
        modules[&rel("shared/ecr")].resources["aws_ecr_repository.core"]["encryption"].parse().unwrap()
    })
}

/// Checks the state after a kill. Returns true if the kill came in the middle of a write.
fn inspect(out: &Path) -> bool {
    let guarded = guarded(out);
    let manifest = Manifest::read(out, &owner("piksel")).unwrap();
    let listed: BTreeSet<&str> = manifest.iter().flat_map(|found| found.files()).map(|path| path.as_str()).collect();
    let (mut generations, mut leftovers) = (BTreeSet::new(), 0);
    for path in listing(out).iter().filter(|path| !path.ends_with('/') && *path != ".ecrgen/piksel.json") {
        let name = path.rsplit('/').next().unwrap();
        if name.starts_with(".ecrgen-piksel-") {
            leftovers += 1;
            continue;
        }
        assert!(listed.contains(path.as_str()), "{path} is missing from the manifest");
        let text = fs::read_to_string(out.join(path)).unwrap();
        let (_, found) = text.split_once("\n\n").unwrap();
        let generation: u64 = found.lines().next().unwrap().parse().unwrap();
        let file: u64 = name.strip_suffix(".tf").unwrap().parse().unwrap();
        assert_eq!(text, super::text("piksel", &body(generation, file)), "{path} is a mixture of two generations");
        generations.insert(generation);
    }
    let old_or_new = generations.iter().all(|&generation| generation == guarded || generation == guarded + 1);
    assert!(
        old_or_new,
        "the manifest guards the repositories of generation {guarded}, but the files are of {generations:?}"
    );
    generations.len() > 1 || leftovers > 0
}

#[test]
fn a_kill_leaves_each_file_old_or_new_and_the_next_write_completes() {
    if let Some(out) = env::var_os(INTO) {
        return write_repeatedly(Path::new(&out));
    }
    let out = Folder::in_memory();
    let mut in_the_middle = 0;
    for round in 0..100 {
        kill_a_writer(out.path(), Duration::from_millis(20 + round * 61 % 200));
        in_the_middle += u32::from(inspect(out.path()));

        // In every other round, the next child starts from the state that this one left.
        if round % 2 == 1 {
            let next = tree_of(guarded(out.path()) + 1);
            write(out.path(), &next);
            let mut expected: Vec<&str> = next.files().iter().map(|file| file.path().as_str()).collect();
            expected.push(".ecrgen/piksel.json");
            expected.sort();
            assert_eq!(listing(out.path()), expected);
            assert!(is_in_sync(&next.compare(out.path()).unwrap()));
            if in_the_middle >= KILLS {
                return;
            }
        }
    }
    panic!("only {in_the_middle} of 100 kills came in the middle of a write");
}

/// One generation after the other, for a time that outlasts any kill but not a test run that was stopped.
fn write_repeatedly(out: &Path) {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) {
        write(out, &tree_of(guarded(out) + 1));
    }
}

/// Runs this test in a child process that writes, and stops it with SIGKILL after a while.
fn kill_a_writer(out: &Path, after: Duration) {
    let module = module_path!().split_once("::").unwrap().1;
    let test = format!("{module}::a_kill_leaves_each_file_old_or_new_and_the_next_write_completes");
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", &test])
        .env(INTO, out)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    sleep(after);
    assert_eq!(child.try_wait().unwrap(), None, "the writer ended before it was killed");
    child.kill().unwrap();
    child.wait().unwrap();
}
