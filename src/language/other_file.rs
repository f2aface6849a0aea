//! Files that are not specs although a command takes them for one.

use crate::diagnostic::{Diagnostic, codes};
use crate::yaml::{Entry, Node, Value};

/// What people have next to a spec, by the keys that each of these files has, and what to do with it.
const FILES: &[(&[&str], &str, &str)] = &[
    (&["imageDetails"], "an image listing", LISTING),
    (&["rules", "selection"], "a lifecycle policy", POLICY),
    (&["rules"], "a lifecycle policy", POLICY),
    (&["lifecyclePolicyText"], "a lifecycle policy", POLICY),
    (&["previewResults"], "a preview of a lifecycle policy", POLICY),
    (
        &["Statement"],
        "an IAM policy",
        "write its permissions as an entry of `access`, or under `policy_statements` of a repository",
    ),
    (
        &["apiVersion", "kind"],
        "a Kubernetes object",
        "for images in use, run `ecrgen simulate --images LISTING --in-use FILE`",
    ),
    (
        &["terraform_version", "resources"],
        "a Terraform state",
        "write a spec, for example with `ecrgen init`; ecrgen does not read states",
    ),
    (&["$schema", "$defs"], "a JSON Schema", "name the spec, which has the extension `.yaml`"),
    (&["jobs", "on"], "a GitHub Actions workflow", "name the spec"),
    (&["services", "version"], "a Compose file", "write a spec, for example with `ecrgen init`"),
];

const LISTING: &str = "run `ecrgen simulate --images FILE`, with the spec before `--images` if ecrgen does not find it";

const POLICY: &str =
    "run `ecrgen simulate --policy FILE --images LISTING`, or write it under `lifecycle_policy` of a repository";

/// The error of a file that is not a spec, if its keys tell what it is.
pub(super) fn recognize(path: &str, node: &Node) -> Option<Diagnostic> {
    // A listing from `--query imageDetails` has no keys.
    let entries = match &node.value {
        Value::List(items) => match items.first()?.get("imageDigest") {
            Some(_) => return Some(error(path, node, "an image listing", LISTING)),
            None => return None,
        },
        _ => node.entries(),
    };
    let has = |key: &str| entries.iter().any(|entry: &Entry| entry.key.text == key);
    if has("platform") || has("extends") {
        return None;
    }
    let (_, what, help) = FILES.iter().find(|(keys, ..)| keys.iter().all(|key| has(key)))?;
    Some(error(path, node, what, help))
}

fn error(path: &str, node: &Node, what: &str, help: &str) -> Diagnostic {
    let first = node.entries().first().map_or(node.span, |entry| entry.key.span);
    // The command is to be pasted into a shell.
    let is_plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c)) && !path.starts_with('-');
    let help = if is_plain { help.replace("FILE", path) } else { help.to_owned() };
    Diagnostic::new(&codes::WRONG_TYPE, first, format!("`{path}` is not a spec: it is {what}")).help(help)
}
