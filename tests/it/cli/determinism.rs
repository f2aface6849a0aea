//! The same spec gives the same bytes, whatever the folder, locale, time zone, home folder or umask.

use std::path::Path;
use std::process::Command;

use crate::harness::{Case, files_below, repository};

const SPECS: [&str; 3] = ["piksel.yaml", "piksel-plain.yaml", "piksel-audited.yaml"];

fn case() -> Case {
    SPECS.iter().fold(Case::new(), |case, spec| {
        let text = std::fs::read(repository().join("specs").join(spec)).expect("a shipped spec");
        case.file(&format!("specs/{spec}"), text)
    })
}

/// Runs a render with a modified command, and returns the files.
fn rendered(spec: &Path, out: &Path, set: impl FnOnce(&mut Command)) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecrgen"));
    command.arg("render").arg(spec).arg("--out").arg(out);
    set(&mut command);
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    files_below(out)
}

#[test]
fn the_output_does_not_depend_on_the_environment() {
    let case = case();
    for spec in SPECS {
        let absolute = case.path("specs").join(spec);
        let out = |name: &str| case.path(&format!("{spec}-{name}"));
        let plain = rendered(&absolute, &out("plain"), |_| {});
        assert!(plain.len() > 20, "{spec}: {}", plain.len());
        let relative = rendered(Path::new(spec), &out("relative"), |command| {
            command.current_dir(case.path("specs"));
        });
        let dotted = rendered(Path::new("../specs/.").join(spec).as_path(), &out("dotted"), |command| {
            command.current_dir(case.path("specs"));
        });
        let elsewhere = rendered(&absolute, &out("elsewhere"), |command| {
            let locale = [("LC_ALL", "tr_TR.UTF-8"), ("LANG", "de_DE.ISO-8859-1"), ("TZ", "Pacific/Kiritimati")];
            command.envs(locale).env("HOME", "/nonexistent").env("USER", "someone").env("SOURCE_DATE_EPOCH", "1");
            command.current_dir("/");
        });
        let bare = rendered(&absolute, &out("bare"), |command| {
            command.env_clear();
        });
        for other in [relative, dotted, elsewhere, bare] {
            assert!(other == plain, "{spec}: the output differs");
        }
    }
}

#[cfg(unix)]
#[test]
fn the_umask_only_affects_file_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let case = case();
    let render = |mask: &str, out: &str| {
        let script = format!("umask {mask}; exec \"$0\" render specs/piksel.yaml --out {out}");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_ecrgen")]).current_dir(case.path(""));
        assert!(command.output().expect("sh runs").status.success());
        let mode =
            std::fs::metadata(case.path(out).join("shared/ecr/versions.tf")).expect("a file").permissions().mode();
        (files_below(&case.path(out)), mode & 0o777)
    };
    let (open, open_mode) = render("022", "open");
    let (closed, closed_mode) = render("077", "closed");
    assert!(open == closed);
    assert_eq!((open_mode, closed_mode), (0o644, 0o600));
}

/// No path, no user, no program version, no date.
#[test]
fn the_output_contains_nothing_about_the_machine_or_the_date() {
    let case = case();
    let spec = case.path("specs/piksel-audited.yaml");
    let files = rendered(&spec, &case.path("rendered-here"), |command| {
        command
            .env("USER", "zaphod")
            .env("LOGNAME", "zaphod")
            .env("HOSTNAME", "heart-of-gold")
            .env("HOME", "/home/zaphod");
    });
    let folder = case.path("").display().to_string();
    let year = std::process::Command::new("date").arg("+%Y").output().expect("date runs").stdout;
    let year = String::from_utf8(year).expect("digits");
    let foreign = [folder.trim_end_matches('/'), "rendered-here", "specs/", "zaphod", "heart-of-gold", ".yaml"];
    for (path, bytes) in files {
        let text = String::from_utf8(bytes).expect("UTF-8");
        for foreign in foreign {
            assert!(!text.contains(foreign), "{}: `{foreign}`", path.display());
        }
        // The version of the IAM policy language is the only date that may occur.
        let text = text.replace("2012-10-17", "");
        assert!(!text.contains(year.trim()), "{}: the year", path.display());
        // A workflow must install the ecrgen that generated the files.
        let is_install = |line: &&str| line.trim_start().starts_with("cargo install ");
        let text: String = text.lines().filter(|line| !is_install(line)).collect::<Vec<_>>().join("\n");
        let version = env!("CARGO_PKG_VERSION");
        assert!(
            !text.contains(&format!("ecrgen {version}")) && !text.contains(&format!("v{version}")),
            "{}",
            path.display()
        );
    }
}
