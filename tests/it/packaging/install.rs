//! `action/install.sh`: what it downloads, and that nothing with another checksum is installed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::script;
use crate::harness::{Case, Outcome, repository};

const TARGET: &str = "x86_64-unknown-linux-musl";

/// Stands for `curl`: records the last argument, a URL, and copies the file of this name.
const CURL: &str = "#!/bin/bash
url=${@: -1}
printf '%s\\n' \"$*\" >> \"$RUNNER_TEMP/../curl.log\"
while [ $# -gt 0 ]; do if [ \"$1\" = --output ]; then output=$2; fi; shift; done
cp \"$RUNNER_TEMP/../release/${url##*/}\" \"$output\"
";

/// The archive of the program that is tested, as the release workflow packs it, is what the action installs.
#[test]
fn the_packed_archive_is_what_is_installed() {
    let case = Case::new().file("bin/curl", CURL).file("temp/.keep", "").file("release/.keep", "");
    fs::set_permissions(case.path("bin/curl"), fs::Permissions::from_mode(0o755)).expect("a file");
    case.write(&format!("built/{TARGET}/release/.keep"), "");
    let built = case.path(&format!("built/{TARGET}/release/ecrgen"));
    fs::copy(env!("CARGO_BIN_EXE_ecrgen"), built).expect("the program");
    let pack = format!(
        "cd release && {} v0.1.0 {TARGET} && sha256sum *.tar.gz > SHA256SUMS",
        repository().join(".github/pack.sh").display()
    );
    let mut command = Command::new("bash");
    command.args(["-c", &pack]).current_dir(case.path("")).env("CARGO_TARGET_DIR", case.path("built"));
    let packed = command.output().expect("bash runs");
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    assert_eq!(install(&case, &[]).status, 0);
    let folder = case.read("path");
    let ran =
        Command::new(format!("{}/ecrgen", folder.trim())).arg("--version").output().expect("the installed program");
    assert_eq!(String::from_utf8_lossy(&ran.stdout), concat!("ecrgen ", env!("CARGO_PKG_VERSION"), "\n"));
    for file in ["completions/ecrgen.bash", "man/ecrgen.1", "man/ecrgen-tag.1", "LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(fs::metadata(format!("{}/{file}", folder.trim())).is_ok_and(|found| found.len() > 500), "{file}");
    }
}

/// A release with one archive, and a runner's folders.
fn released() -> Case {
    let name = format!("ecrgen-v0.1.0-{TARGET}");
    let case = Case::new()
        .file("bin/curl", CURL)
        .file("temp/.keep", "")
        .file(&format!("release/{name}/ecrgen"), "#!/bin/sh\necho installed\n");
    for path in ["bin/curl", &format!("release/{name}/ecrgen")] {
        fs::set_permissions(case.path(path), fs::Permissions::from_mode(0o755)).expect("a file");
    }
    let pack = format!("tar -czf {name}.tar.gz {name} && sha256sum *.tar.gz > SHA256SUMS");
    let packed = Command::new("bash").args(["-c", &pack]).current_dir(case.path("release")).status();
    assert!(packed.expect("bash runs").success());
    case
}

fn install(case: &Case, variables: &[(&str, &str)]) -> Outcome {
    let (temp, path) = (case.path("temp").display().to_string(), case.path("path").display().to_string());
    let defaults = [
        ("ECRGEN_REPOSITORY", "acme/ecrgen"),
        ("ECRGEN_VERSION", "v0.1.0"),
        ("ECRGEN_SHA256", ""),
        ("RUNNER_OS", "Linux"),
        ("RUNNER_ARCH", "X64"),
        ("RUNNER_TEMP", &temp),
        ("GITHUB_PATH", &path),
        ("GITHUB_SERVER_URL", "https://github.example.com"),
    ];
    script(case, "action/install.sh", &case.path("bin").display().to_string(), &[&defaults, variables].concat())
}

#[test]
fn installs_the_program_of_the_release() {
    let case = released();
    let outcome = install(&case, &[]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let folder = case.read("path");
    let ran = Command::new(format!("{}/ecrgen", folder.trim())).output().expect("the installed program");
    assert_eq!(String::from_utf8_lossy(&ran.stdout), "installed\n");
    let log = case.read("curl.log");
    let urls: Vec<&str> = log.lines().filter_map(|line| line.split(' ').next_back()).collect();
    let release = "https://github.example.com/acme/ecrgen/releases/download/v0.1.0";
    assert_eq!(urls, [format!("{release}/ecrgen-v0.1.0-{TARGET}.tar.gz"), format!("{release}/SHA256SUMS")]);
    assert!(log.lines().all(|line| line.contains("--fail") && line.contains("--proto =https")), "{log}");
}

#[test]
fn a_given_checksum_is_stronger_than_that_of_the_release() {
    let case = released();
    let sums = case.read("release/SHA256SUMS");
    let right = &sums[..64];
    fs::remove_file(case.path("release/SHA256SUMS")).expect("a file");
    assert_eq!(install(&case, &[("ECRGEN_SHA256", right)]).status, 0);
    let wrong = "0".repeat(64);
    let outcome = install(&released(), &[("ECRGEN_SHA256", &wrong)]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.out.contains(&format!("but {wrong} is expected; it was not installed")), "{outcome:?}");
}

#[test]
fn nothing_with_another_checksum_is_installed() {
    let tampered = |change: fn(&Case)| {
        let case = released();
        change(&case);
        let outcome = install(&case, &[]);
        assert_eq!(outcome.status, 2, "{outcome:?}");
        assert!(!case.path("path").exists(), "{outcome:?}");
        outcome.out
    };
    let changed = tampered(|case| case.write(&format!("release/ecrgen-v0.1.0-{TARGET}.tar.gz"), "another archive"));
    assert!(
        changed.starts_with("::error title=ecrgen::ecrgen-v0.1.0-x86_64-unknown-linux-musl.tar.gz has the SHA-256"),
        "{changed}"
    );
    let unlisted = tampered(|case| case.write("release/SHA256SUMS", "0  other.tar.gz\n"));
    assert!(unlisted.contains("SHA256SUMS of v0.1.0 has no line for ecrgen-v0.1.0-"), "{unlisted}");
    let missing = tampered(|case| fs::remove_file(case.path("release/SHA256SUMS")).expect("a file"));
    assert!(
        missing.contains("cannot download https://github.example.com/acme/ecrgen/releases/download/v0.1.0/SHA256SUMS"),
        "{missing}"
    );
}

#[test]
fn refuses_what_is_no_release() {
    for (variables, says) in [
        (
            [("ECRGEN_VERSION", "main"), ("RUNNER_OS", "Linux")],
            "must be the tag of a release, such as v0.1.0, not 'main'",
        ),
        (
            [("ECRGEN_VERSION", ""), ("RUNNER_OS", "Linux")],
            "not ''; it is required if the action is pinned to a commit",
        ),
        ([("ECRGEN_VERSION", "v1.0.0/../../x"), ("RUNNER_OS", "Linux")], "must be the tag of a release"),
        ([("ECRGEN_VERSION", "v0.1.0"), ("RUNNER_OS", "Solaris")], "there is no release for Solaris on X64"),
    ] {
        let case = released();
        let outcome = install(&case, &variables);
        assert_eq!(outcome.status, 2, "{outcome:?}");
        assert!(outcome.out.contains(says), "{outcome:?}");
        assert!(!case.path("curl.log").exists(), "nothing is downloaded");
    }
}
