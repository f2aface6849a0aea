//! The time and memory that a run of the program takes: for a small spec compared with `true`, for a huge spec and for many
//! specs compared with copying and hashing their output.
//!
//! The table shows each figure next to the one that it is compared with and next to its limit. Both are measured in turns
//! in one run. The limits apply to a release build: `cargo bench --bench render`. The files are created in the temporary
//! folder. `TMPDIR=/dev/shm` removes the influence of the disk.

use std::ffi::OsStr;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use ecrgen::compile::compile;

/// The same allocator as in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PROGRAM: &str = env!("CARGO_BIN_EXE_ecrgen");

/// The variable that makes a copy of this benchmark run the program's commands in its own process and report the peak
/// memory.
const MEASURED: &str = "ECRGEN_BENCH_PEAK";

const FEW: usize = 1_000;
const MANY: usize = 10_000;
const SPECS: usize = 500;
const FEW_OF_TEAM: usize = 20;

fn main() -> ExitCode {
    if std::env::var_os(MEASURED).is_some() {
        let status = ecrgen::cli::main();
        eprintln!("peak {}", peak_kib());
        return status;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut table = Table::default();
    small(folder.path(), &mut table);
    let few = Huge::new(folder.path(), FEW);
    let many = Huge::new(folder.path(), MANY);
    many.compare_with_shell(&mut table);
    table.row("compile in memory", medians(7, [&mut || timed(|| many.compile())])[0], Duration::from_millis(400));
    settle();
    growth(&few, &many, &mut table);
    Huge::of_many_specs(folder.path()).compare_with_shell(&mut table);
    print!("{}", table.text);
    ExitCode::from(u8::from(table.exceeded))
}

/// The shipped spec: the time to start the program.
fn small(folder: &Path, table: &mut Table) {
    let spec = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/specs/piksel.yaml"));
    let out = folder.join("piksel");
    run(render(&[spec], &out));
    let mut new = New::next_to(&out);
    settle();
    let mut copies = New::next_to(&out);
    let [nothing, unchanged, fresh, copied] = medians(
        201,
        [
            &mut || timed(|| run(Command::new("true"))),
            &mut || timed(|| run(render(&[spec], &out))),
            &mut || {
                let fresh = new.next();
                timed(|| run(render(&[spec], &fresh)))
            },
            &mut || {
                let copy = copies.next();
                timed(|| run(command("cp", ["-r".as_ref(), out.as_os_str(), copy.as_os_str()])))
            },
        ],
    );
    let limit = Duration::from_millis(10);
    table.row("piksel: render, unchanged, over `true`", unchanged.saturating_sub(nothing), limit);
    table.row("piksel: render, new folder, over `true`", fresh.saturating_sub(nothing), limit);
    let _ = writeln!(table.text, "piksel: `cp -r` of its output, over `true`  {:>31}", millis(copied - nothing));
}

/// Many repositories, each with a lifecycle policy and a repository policy.
struct Huge {
    what: String,
    specs: Vec<PathBuf>,
    out: PathBuf,
}

impl Huge {
    /// One spec with all of them.
    fn new(folder: &Path, repositories: usize) -> Huge {
        let spec = (folder.join(format!("{repositories}.yaml")), spec_of(repositories));
        Huge::of(format!("{repositories} repositories"), [spec], folder.join(format!("{repositories}")))
    }

    /// Many specs with a few of them, as a company has them.
    fn of_many_specs(folder: &Path) -> Huge {
        let specs = (0..SPECS).map(|i| (folder.join(format!("platform-{i}.yaml")), spec_of_team(i)));
        let what = format!("{SPECS} specs with {FEW_OF_TEAM} repositories and 3 principals each");
        Huge::of(what, specs, folder.join("platforms"))
    }

    fn of(what: String, specs: impl IntoIterator<Item = (PathBuf, String)>, out: PathBuf) -> Huge {
        let write = |(path, text): (PathBuf, String)| {
            fs::write(&path, text).expect("a file can be written");
            path
        };
        let huge = Huge { what, specs: specs.into_iter().map(write).collect(), out };
        run(huge.render(&huge.out));
        huge
    }

    fn render(&self, out: &Path) -> Command {
        render(&self.specs, out)
    }

    fn check(&self) -> Command {
        let specs = self.specs.iter().map(|spec| spec.as_os_str());
        command(PROGRAM, ["check".as_ref()].into_iter().chain(specs).chain(["--out".as_ref(), self.out.as_os_str()]))
    }

    fn compile(&self) {
        let specs: Vec<_> = self.specs.iter().map(|spec| spec.display().to_string()).collect();
        let read = |path: &str| fs::read(path).map_err(|error| error.to_string());
        let compilation = compile(&specs, &read, "2026-11-21");
        // Thousands of warnings would be printed, and the benchmark would measure the printing.
        assert!(compilation.findings.is_empty(), "the benchmark's spec has no findings");
    }

    fn compare_with_shell(&self, table: &mut Table) {
        let files = files_below(&self.out);
        let bytes: u64 = files.iter().map(|file| fs::metadata(file).expect("a file").len()).sum();
        let yaml: u64 = self.specs.iter().map(|spec| fs::metadata(spec).expect("a file").len()).sum();
        let mega = |bytes: u64| bytes as f64 / 1e6;
        let _ = writeln!(
            table.text,
            "{}: {:.1} MB of YAML, {:.1} MB in {} files",
            self.what,
            mega(yaml),
            mega(bytes),
            files.len()
        );
        let (mut new, mut copies) = (New::next_to(&self.out), New::next_to(&self.out));
        settle();
        let [checking, hashing] = medians(
            7,
            [&mut || timed(|| run(self.check())), &mut || {
                timed(|| run(command("sha256sum", files.iter().map(|file| file.as_os_str()))))
            }],
        );
        settle();
        let [rendering, copying] = medians(
            5,
            [
                &mut || {
                    let out = new.next();
                    timed(|| run(self.render(&out)))
                },
                &mut || {
                    let copy = copies.next();
                    timed(|| run(command("cp", ["-r".as_ref(), self.out.as_os_str(), copy.as_os_str()])))
                },
            ],
        );
        table.against("render, new folder", rendering, ("cp -r", copying), 3);
        table.against("check, in sync", checking, ("sha256sum", hashing), 3);
        table.memory("render: peak memory", peak_of(self.render(&new.next())), 250);
        table.memory("check: peak memory", peak_of(self.check()), 250);
    }
}

/// Waits until earlier writes are on the disk, above all the compiler's output. Otherwise the benchmark would measure them.
fn settle() {
    run(Command::new("sync"));
}

/// New folders. They are deleted only at the end: ext4 is slow to allocate inodes near inodes that were just freed, and the
/// benchmark would measure that.
struct New {
    folder: tempfile::TempDir,
    count: usize,
}

impl New {
    fn next_to(path: &Path) -> New {
        let parent = path.parent().expect("a folder has a parent");
        New { folder: tempfile::tempdir_in(parent).expect("a temporary folder"), count: 0 }
    }

    fn next(&mut self) -> PathBuf {
        self.count += 1;
        self.folder.path().join(self.count.to_string())
    }
}

/// How the time grows with the spec.
fn growth(few: &Huge, many: &Huge, table: &mut Table) {
    let [few_compiling, many_compiling, few_checking, many_checking] = medians(
        9,
        [
            &mut || timed(|| few.compile()),
            &mut || timed(|| many.compile()),
            &mut || timed(|| run(few.check())),
            &mut || timed(|| run(many.check())),
        ],
    );
    table.growth("compile", few_compiling, many_compiling);
    table.growth("check", few_checking, many_checking);
}

fn spec_of(repositories: usize) -> String {
    let mut spec = String::from(
        "platform: huge\nenvironment: shared\nregion: eu-central-1\n\
         resource_tags: { Platform: huge, ManagedBy: Terraform }\n\
         image_tags:\n  release: \"v{version}\"\n\
         access:\n  other-accounts:\n    can: [pull]\n    repositories: all\n    accounts: [\"111122223333\", \"444455556666\"]\n\
         waive: { lambda-access-removed: { at: [repositories], reason: No functions } }\n\
         repositories:\n",
    );
    for i in 0..repositories {
        let (keep, days) = (i % 40 + 10, i % 20 + 3);
        let _ = write!(
            spec,
            "  team-{:03}/service-{i:05}:   # owned by team {0:03}, built from its own repository\n    \
             encryption: kms\n    retention:\n      \
             - {{ keep: {keep}, of: release }}   # versions to roll back to\n      \
             - {{ expire_after: {days}d, of: untagged }}\n",
            i % 100
        );
    }
    spec
}

/// A spec with a pipeline that pushes, nodes that pull, and another account.
fn spec_of_team(team: usize) -> String {
    let mut spec = format!(
        "platform: team-{team:03}\nenvironment: shared\nregion: eu-central-1\n\
         account: \"555566667777\"\n\
         terraform: {{ directory: \"{{platform}}/ecr\" }}\n\
         resource_tags: {{ Platform: team-{team:03}, ManagedBy: Terraform }}\n\
         image_tags:\n  release: \"v{{version}}\"\n\
         access:\n  ci:\n    can: [push]\n    repositories: all\n    \
         github: {{ repository: example/team-{team:03}, owner_id: 1234567, repository_id: {}, branches: [main] }}\n  \
         nodes: {{ can: [pull], repositories: all, node_roles: [nodes-{team:03}] }}\n  \
         other-accounts: {{ can: [pull], repositories: all, accounts: [\"111122223333\"] }}\n\
         waive: {{ lambda-access-removed: {{ at: [repositories], reason: No functions }} }}\n\
         repositories:\n",
        team + 1
    );
    for i in 0..FEW_OF_TEAM {
        let (keep, days) = (i % 40 + 10, i % 20 + 3);
        let _ = write!(
            spec,
            "  team-{team:03}/service-{i:02}:\n    encryption: kms\n    retention:\n      \
             - {{ keep: {keep}, of: release }}\n      \
             - {{ expire_after: {days}d, of: untagged }}\n"
        );
    }
    spec
}

/// The table to print, and whether a limit was exceeded.
#[derive(Default)]
struct Table {
    text: String,
    exceeded: bool,
}

impl Table {
    fn line(&mut self, what: &str, figure: String, limit: String, good: bool) {
        self.exceeded |= !good;
        let verdict = if good { "" } else { "  EXCEEDED" };
        let _ = writeln!(self.text, "{what:42} {figure:>34}   limit {limit}{verdict}");
    }

    fn row(&mut self, what: &str, time: Duration, limit: Duration) {
        self.line(what, millis(time), millis(limit), time <= limit);
    }

    fn against(&mut self, what: &str, time: Duration, (other, its): (&str, Duration), limit: u32) {
        let times = time.as_secs_f64() / its.as_secs_f64();
        let figure = format!("{} = {times:.1} x {other} ({})", millis(time), millis(its));
        self.line(what, figure, format!("{limit} x"), times <= f64::from(limit));
    }

    fn memory(&mut self, what: &str, kib: u64, limit: u64) {
        self.line(what, format!("{} MiB", kib / 1024), format!("{limit} MiB"), kib / 1024 <= limit);
    }

    fn growth(&mut self, what: &str, few: Duration, many: Duration) {
        let times = many.as_secs_f64() / few.as_secs_f64();
        let figure = format!("{} -> {} = {times:.1} x", millis(few), millis(many));
        self.line(&format!("{what}: {FEW} -> {MANY} repositories"), figure, "11 x".into(), times <= 11.0);
    }
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// The median time of each. They are measured in turns, so that a slow moment of the machine affects all of them.
fn medians<const N: usize>(rounds: usize, mut each: [&mut dyn FnMut() -> Duration; N]) -> [Duration; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    for _ in 0..rounds {
        for (measure, times) in each.iter_mut().zip(&mut times) {
            times.push(measure());
        }
    }
    times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    })
}

fn timed(what: impl FnOnce()) -> Duration {
    let start = Instant::now();
    what();
    start.elapsed()
}

fn command<'a>(program: &str, arguments: impl IntoIterator<Item = &'a OsStr>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

fn render(specs: &[impl AsRef<OsStr>], out: &Path) -> Command {
    let specs = specs.iter().map(|spec| spec.as_ref());
    command(PROGRAM, ["render".as_ref()].into_iter().chain(specs).chain(["--out".as_ref(), out.as_os_str()]))
}

fn run(mut command: Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the command runs");
    let arguments: Vec<_> = command.get_args().take(2).collect();
    assert!(status.success(), "{:?} {arguments:?}: {status}", command.get_program());
}

/// The peak memory of one of ecrgen's commands, in KiB. A copy of this benchmark runs it in its own process.
fn peak_of(command: Command) -> u64 {
    let mut copy = Command::new(std::env::current_exe().expect("a path"));
    let output = copy.args(command.get_args()).env(MEASURED, "1").output().expect("the benchmark runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    let peak = errors.lines().find_map(|line| line.strip_prefix("peak ")).expect("the copy reports its peak");
    peak.parse().expect("a number")
}

/// The peak memory of this process in KiB, as Linux counts it; 0 on other systems.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        match entry.is_dir() {
            true => files.append(&mut files_below(&entry)),
            false => files.push(entry),
        }
    }
    files
}
