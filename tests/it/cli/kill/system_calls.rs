//! A render that is killed at its first, second, third … system call of a kind. `strace` sends the signal when the call
//! begins. Killing at random times hits only the calls that take long.

use std::process::{Command, Stdio};

use super::{Files, assert_old_or_new, outputs, version};
use crate::harness::{Case, files_below, skipped};

/// System calls that change the disk, by any name that a system has for them, and the distance between two kills.
const CALLS: &[(&str, u32)] = &[
    ("?rename,?renameat,?renameat2", 1),
    ("?unlink,?unlinkat", 1),
    ("?mkdir,?mkdirat", 1),
    ("write", 1),
    ("?flock", 1),
    ("?open,openat", 7),
    ("close", 11),
];

/// More kills than a render has calls.
const MOST: u32 = 400;

/// Why the series cannot run here.
fn obstacle() -> Option<String> {
    let run = Command::new("strace").args(["-f", "-qq", "-o", "/dev/null", "true"]).output();
    match run {
        Err(error) => Some(format!("strace: {error}")),
        Ok(run) if !run.status.success() => Some(String::from_utf8_lossy(&run.stderr).trim().to_owned()),
        Ok(_) => None,
    }
}

/// Whether a render was killed when it began its `nth` call.
fn is_killed(case: &Case, calls: &str, nth: u32) -> bool {
    let inject = format!("inject={calls}:signal=KILL:when={nth}");
    let render = case.command(&["render", "shop.yaml", "--out", "out"]);
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &inject]).arg(render.get_program()).args(render.get_args());
    strace.current_dir(case.path("")).stdout(Stdio::null()).stderr(Stdio::null());
    !strace.status().expect("strace runs").success()
}

fn found(case: &Case) -> Files {
    files_below(&case.path("out")).into_iter().collect()
}

#[test]
fn a_kill_at_any_system_call_leaves_whole_files_and_the_next_render_completes() {
    if let Some(obstacle) = obstacle() {
        skipped(&format!("renders cannot be killed at system calls: {obstacle}"));
        return;
    }
    let specs = [version("a", 6), version("b", 6)];
    let outputs = outputs(&specs);
    let case = Case::new().file("shop.yaml", &specs[0]);
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    let (mut kills, mut mixed) = (0, 0);
    for (calls, distance) in CALLS {
        for nth in (1..MOST).step_by(*distance as usize) {
            let mut is_over = true;
            for target in [1, 0] {
                case.write("shop.yaml", &specs[target]);
                let killed = is_killed(&case, calls, nth);
                is_over &= !killed;
                kills += u32::from(killed);
                let before = found(&case);
                assert_old_or_new(&before, &[&outputs[0], &outputs[1]]);
                mixed += u32::from(outputs.iter().all(|output| *output != before));
                assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0, "{calls} {nth}");
                assert!(found(&case) == outputs[target], "{calls} {nth}: the output is not that of the new version");
            }
            if is_over {
                break;
            }
        }
    }
    eprintln!("{kills} renders killed at system calls, {mixed} of them between two states");
    assert!(kills > 50 && mixed > 10, "only {kills} renders were killed, {mixed} between two states");
}

#[test]
fn a_kill_during_the_first_render_leaves_whole_files() {
    if let Some(obstacle) = obstacle() {
        skipped(&format!("renders cannot be killed at system calls: {obstacle}"));
        return;
    }
    let spec = version("a", 6);
    let [whole, _] = outputs(&[spec.clone(), spec.clone()]);
    for (calls, distance) in CALLS {
        for nth in (1..MOST).step_by(*distance as usize) {
            let case = Case::new().file("shop.yaml", &spec);
            let killed = is_killed(&case, calls, nth);
            if case.path("out").exists() {
                assert_old_or_new(&found(&case), &[&whole]);
            }
            assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0, "{calls} {nth}");
            assert!(found(&case) == whole, "{calls} {nth}");
            if !killed {
                break;
            }
        }
    }
}
