//! An independent IAM engine, `@cloud-copilot/iam-simulate`, which runs as a process.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::{repository, skipped};

/// The answers to requests, which name their policies by index, or `None` if the engine is not installed
/// (`tests/node-env.sh`). `tests/iam-simulate.mjs` says what a request has.
pub fn answers(documents: &[Value], requests: &[&Value]) -> Option<Vec<String>> {
    if !repository().join(".npm/node_modules/@cloud-copilot/iam-simulate").is_dir() {
        assert!(std::env::var_os("ECRGEN_REQUIRE_NODE").is_none(), "the IAM simulator is not installed");
        skipped("the IAM simulator is not installed; run tests/node-env.sh");
        return None;
    }
    let question = json!({ "documents": documents, "requests": requests });
    let script = repository().join("tests/iam-simulate.mjs");
    let mut node = Command::new("node");
    let node = node.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut node = node.expect("node runs, because the simulator is installed");
    node.stdin.take().expect("a pipe").write_all(question.to_string().as_bytes()).expect("node reads");
    let output = node.wait_with_output().expect("node ends");
    assert!(output.status.success(), "node failed");
    Some(serde_json::from_slice(&output.stdout).expect("a list of answers"))
}
