//! The bootstrap module is self-contained: it declares everything that it refers to.

use std::collections::BTreeSet;

use crate::harness::shop;

const KEYS: &str = "repositories:\n  \
    aa: { encryption: { kms: alias/registry } }\n  \
    bb: { encryption: { kms: { variable: key, default: \"arn:aws:kms:eu-central-1:123456789012:key/0a-1\" } } }\n";
const NODES: &str = "access: { nodes: { can: [pull], repositories: all, \
                     node_roles: [{ variable: node_role }, { variable: other, default: other-nodes }] } }\n";
const WORKSPACE: &str = "workspace: { organization: acme }\n";

/// The text of all files of the bootstrap module.
fn bootstrap(rest: &str) -> String {
    let files = shop(rest).files().into_iter();
    files.filter(|(path, _)| path.starts_with("shared/ecr-workspace/")).map(|(_, text)| text).collect()
}

/// The addresses in the text with this beginning, truncated to this many names.
fn mentioned(text: &str, beginning: &str, names: usize) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let words = text.split(|c| !is_part(c)).filter(|word| word.starts_with(beginning));
    words.map(|word| word.split('.').take(names).collect::<Vec<_>>().join(".")).collect()
}

#[test]
fn declares_everything_that_it_refers_to() {
    let text = bootstrap(&format!("{KEYS}{NODES}{WORKSPACE}"));
    let variables = mentioned(&text, "var.", 2);
    assert_eq!(variables, BTreeSet::from(["var.node_role", "var.other"].map(String::from)));
    for variable in variables {
        let name = variable.trim_start_matches("var.");
        assert!(text.contains(&format!("variable \"{name}\" {{")), "{variable}");
    }
    let data = mentioned(&text, "data.", 3);
    assert!(data.contains("data.aws_partition.current"), "{data:?}");
    for address in data {
        let (kind, name) = address["data.".len()..].split_once('.').expect("a type and a name");
        assert!(text.contains(&format!("data \"{kind}\" \"{name}\" {{")), "{address}");
    }
}

/// The workspace and the roles of its runs get the same value.
#[test]
fn has_the_same_defaults_as_the_root_module() {
    let text = bootstrap(&format!("{KEYS}{NODES}{WORKSPACE}"));
    assert!(text.contains("default     = \"other-nodes\""), "{text}");
    assert!(text.contains("resource \"tfe_variable\" \"other\" {"), "{text}");
}

#[test]
fn rejects_references_to_hand_written_files_of_a_shared_root_module() {
    let nodes = "repositories: { aa: {} }\nterraform: { root: shared }\n\
                 access: { n: { can: [pull], repositories: all, node_roles: [{ ref: module.eks.role }] } }\n";
    assert_eq!(shop(nodes).codes(), [""; 0]);
    assert_eq!(shop(format!("{nodes}{WORKSPACE}")).codes(), ["reference-outside-of-root-module"]);
}
