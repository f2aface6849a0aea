//! A pull request cannot make ecrgen read, quote or wait for a file that is not part of the repository.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::cli::{SHOP, rendered};
use crate::harness::{Case, Outcome};

const SECRET: &str = "hunter2";

/// A repository in `repo`, and files with a secret outside of it and in its `.git`.
fn repository() -> Case {
    Case::new()
        .file("repo/.git/config", format!("token: {SECRET}\n"))
        .file("repo/base.yaml", SHOP)
        .file("repo/specs/shop.yaml", "extends: ../base.yaml\n")
        .file("secrets.yaml", format!("token: {SECRET}\n"))
        .file("home/.docker/config.json", format!("{{\"auths\": \"{SECRET}\"}}\n"))
}

/// Runs a command in `repo`. It must end at once, and its output must not contain the secret.
fn run(case: &Case, arguments: &[&str]) -> Outcome {
    let mut command = case.command(arguments);
    command.current_dir(case.path("repo")).env("TOKEN", SECRET);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    let start = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if start.elapsed() > Duration::from_secs(20) {
            child.kill().expect("it still runs");
            panic!("{arguments:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().expect("output");
    let (out, err) =
        (String::from_utf8(output.stdout).expect("UTF-8"), String::from_utf8(output.stderr).expect("UTF-8"));
    assert!(!out.contains(SECRET) && !err.contains(SECRET), "{arguments:?}: {out}{err}");
    Outcome { status: output.status.code().unwrap_or(-1), out, err }
}

/// What `lint` prints as the first line about a spec that extends a path.
fn extending(case: &Case, base: &str) -> String {
    case.write("repo/specs/shop.yaml", format!("extends: {base}\n{SHOP}"));
    let outcome = run(case, &["lint", "specs/shop.yaml"]);
    assert_eq!(outcome.status, 2, "{base}: {}", outcome.out);
    outcome.out.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_spec_extends_a_file_of_its_repository() {
    let case = repository();
    let outcome = run(&case, &["lint", "specs/shop.yaml"]);
    assert_eq!((outcome.status, outcome.out.as_str()), (0, ""), "{}", outcome.err);
    symlink("../base.yaml", case.path("repo/specs/link.yaml")).expect("a link");
    assert_eq!(run(&case, &["lint", "specs/link.yaml"]).status, 0, "a link inside of the repository is followed");
}

#[test]
fn a_base_outside_of_the_repository_is_refused_by_its_text() {
    let case = repository();
    for base in ["/proc/self/environ", "/proc/self/pagemap", "/dev/zero", "~/.docker/config.json"] {
        let expected = format!("error[unreadable-file]: cannot read {base}: `extends` needs a relative path");
        assert_eq!(extending(&case, base), expected);
    }
    for base in ["../../secrets.yaml", "../../missing.yaml", "../x/../../secrets.yaml", "../specs/../../home/x.yaml"] {
        let expected = format!("error[unreadable-file]: cannot read specs/{base}: it is outside of the repository");
        assert_eq!(extending(&case, base), expected);
    }
}

#[test]
fn a_link_out_of_the_repository_is_refused() {
    let case = repository();
    for target in ["/proc/self/environ", "/dev/zero", "../../secrets.yaml", "../../home/.docker/config.json"] {
        let link = case.path("repo/specs/link.yaml");
        let _ = fs::remove_file(&link);
        symlink(target, &link).expect("a link");
        let why = "it is a link to a place outside of the repository";
        assert_eq!(
            extending(&case, "link.yaml"),
            format!("error[unreadable-file]: cannot read specs/link.yaml: {why}")
        );
        let itself = run(&case, &["lint", "specs/link.yaml"]);
        assert!(itself.status == 2 && itself.out.contains(why), "{}", itself.out);
    }
    symlink("../../home", case.path("repo/specs/folder")).expect("a link");
    assert!(extending(&case, "folder/.docker/config.json").ends_with("outside of the repository"));
    assert!(run(&case, &["lint", "specs/folder/.docker/config.json"]).out.contains("outside of the repository"));
}

#[test]
fn the_folder_of_git_is_not_read() {
    let case = repository();
    let why = "it is in `.git`, which can hold credentials";
    assert!(extending(&case, "../.git/config").ends_with(why));
    symlink("../.git", case.path("repo/specs/inside")).expect("a link");
    assert!(extending(&case, "inside/config").ends_with(why));
}

#[test]
fn without_git_a_base_is_in_the_folder_of_the_spec() {
    let case = repository();
    fs::remove_dir_all(case.path("repo/.git")).expect("our folder");
    assert!(extending(&case, "../base.yaml").ends_with("it is outside of the repository"));
    case.write("repo/specs/team/base.yaml", SHOP);
    case.write("repo/specs/shop.yaml", "extends: team/base.yaml\n");
    assert_eq!(run(&case, &["lint", "specs/shop.yaml"]).status, 0);
}

#[test]
fn a_manifest_that_is_a_link_or_a_pipe_is_refused() {
    for name in ["evil", "shop"] {
        for target in ["/dev/zero", "/proc/self/environ", "pipe"] {
            let case = rendered();
            fs::rename(case.path("out"), case.path("repo")).expect("our folder");
            let manifest = case.path(&format!("repo/.ecrgen/{name}.json"));
            let _ = fs::remove_file(&manifest);
            match target {
                "pipe" => assert!(Command::new("mkfifo").arg(&manifest).status().expect("mkfifo").success()),
                target => symlink(target, &manifest).expect("a link"),
            }
            for command in ["check", "render"] {
                let outcome = run(&case, &[command, "../shop.yaml"]);
                let why = if target == "pipe" { "not a regular file" } else { "is a symbolic link" };
                assert!(outcome.status == 2 && outcome.err.contains(why), "{target}: {}", outcome.err);
            }
        }
    }
}

#[test]
fn inputs_of_simulate_are_regular_files_of_the_repository() {
    let case = repository();
    case.write("repo/images.json", "{ \"imageDetails\": [] }\n");
    case.write("repo/list", "../secrets.yaml\n");
    fs::create_dir(case.path("repo/manifests")).expect("a folder");
    symlink("/", case.path("repo/manifests/root")).expect("a link");
    symlink("/dev/zero", case.path("repo/zero.json")).expect("a link");
    let simulate = ["simulate", "base.yaml", "--repository", "cart", "--images"];
    for (arguments, why) in [
        (&["images.json", "--manifests", "manifests"][..], "it is a symbolic link"),
        (&["images.json", "--manifests", "list"], "it is outside of the repository"),
        (&["images.json", "--in-use", "zero.json"], "it is a link to a place outside of the repository"),
        (&["zero.json"], "it is a link to a place outside of the repository"),
    ] {
        let outcome = run(&case, &[&simulate[..], arguments].concat());
        assert!(outcome.status == 2 && outcome.err.contains(why), "{arguments:?}: {}", outcome.err);
    }
}

#[test]
fn a_render_waits_for_another_one() {
    let case = rendered();
    case.write("shop.yaml", SHOP.replace("keep: 10", "keep: 11"));
    let lock = fs::File::open(case.path("out")).expect("a folder");
    lock.lock().expect("a lock");
    let mut render =
        case.command(&["render", "shop.yaml", "--out", "out"]).stdout(Stdio::null()).spawn().expect("runs");
    std::thread::sleep(Duration::from_millis(300));
    assert!(render.try_wait().expect("a child").is_none(), "it did not wait");
    assert!(case.read("out/shared/ecr/repository_cart.tf").contains("= 10\n"));
    lock.unlock().expect("our lock");
    assert!(render.wait().expect("a child").success());
    assert!(case.read("out/shared/ecr/repository_cart.tf").contains("= 11\n"));
}

/// The output folder does not exist yet, and each render removes the temporary files that a killed one left.
#[test]
fn first_renders_at_once_do_not_disturb_each_other() {
    for _ in 0..4 {
        let case = Case::new().file("shop.yaml", SHOP);
        let start =
            || case.command(&["render", "shop.yaml", "--out", "a/b"]).stdout(Stdio::null()).spawn().expect("runs");
        let renders: Vec<_> = (0..6).map(|_| start()).collect();
        for mut render in renders {
            assert!(render.wait().expect("a child").success());
        }
        assert_eq!(case.run(&["check", "shop.yaml", "--out", "a/b"]).status, 0);
    }
}

#[test]
fn of_two_first_renders_at_once_only_one_gets_a_repository() {
    for _ in 0..4 {
        let mill = SHOP.replace("platform: shop", "platform: mill\nterraform: { directory: mill }");
        let case = Case::new().file("shop.yaml", SHOP).file("mill.yaml", mill);
        let start = |spec: &str| {
            let mut render = case.command(&["render", spec, "--out", "out"]);
            render.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("runs")
        };
        let renders = [start("shop.yaml"), start("mill.yaml")];
        let written = renders.map(|mut render| render.wait().expect("a child").success());
        assert!(written[0] != written[1], "{written:?}");
    }
}

#[test]
fn a_refused_render_leaves_no_folder() {
    let case = Case::new().file("shop.yaml", crate::cli::WARNED);
    let outcome = case.run(&["render", "shop.yaml", "--out", "a/b", "--deny", "warnings"]);
    assert!(outcome.status == 2 && !case.path("a").exists(), "{}", outcome.err);
}
