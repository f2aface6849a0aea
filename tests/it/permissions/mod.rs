//! Who can do what, by the policies of the output.

mod access_report;
mod answers;
mod asserted_settings;
mod assertions;
mod grounds;
mod guests;
mod mutations;
mod reports;
mod requirements;

use std::fs;

use ecrgen::Compilation;
use ecrgen::diagnostic::Severity;
use ecrgen::permissions::{Asked, Rights};
use ecrgen::platform::Platform;
use ecrgen::policies::emit;

use crate::harness::repository;

/// No waiver of a shipped spec ends before or after this day.
const TODAY: &str = "2026-11-21";

/// Two repositories, and every kind of principal that there is.
const SHOP: &str = "\
platform: shop
environment: shared
region: eu-central-1
repositories: { cart: {}, search: {} }
access:
  pipeline:
    can: [push]
    repositories: all
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main], environments: [prod] }
  bots:
    can: [pull]
    repositories: [cart]
    irsa: { cluster: eks, service_accounts: [ci/scanner, ci/mover] }
  developers:
    can: [pull, read]
    repositories: [cart]
    assumed_by: [\"arn:aws:iam::123456789012:role/Developer\", { variable: lead }]
  nodes:
    can: [pull]
    repositories: all
    node_roles: [eks-node, { variable: gpu_node }]
  operators:
    can: [delete]
    repositories: [search]
    roles: [EKS-node]
  partners:
    can: [pull]
    repositories: [search]
    accounts: [\"210987654321\", \"310987654321\"]
workspace: { organization: example }
";

fn shipped(spec: &str) -> Compilation {
    let read = |path: &str| fs::read(repository().join(path)).map_err(|error| error.to_string());
    ecrgen::compile(&[format!("specs/{spec}.yaml")], &read, TODAY)
}

fn shipped_names() -> Vec<String> {
    let entries = fs::read_dir(repository().join("specs")).expect("a folder of this repository");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
    let mut names: Vec<String> = names.filter_map(|name| Some(name.strip_suffix(".yaml")?.to_owned())).collect();
    names.sort();
    names
}

fn compiled(text: &str) -> Compilation {
    let read = |_: &str| Ok(text.as_bytes().to_vec());
    ecrgen::compile(&["spec.yaml".to_owned()], &read, TODAY)
}

/// The platforms of a compilation without errors.
fn platforms(compilation: &Compilation) -> Vec<&Platform> {
    let errors: Vec<_> = compilation.findings.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    compilation.platforms.iter().flatten().collect()
}

fn rights(platform: &Platform) -> Rights<'_> {
    // A test may keep what it judges until it ends.
    Rights::of(Box::leak(Box::new(emit(platform))))
}

/// Whether somebody can do something, as `--can` answers.
fn can(rights: &Rights, principal: &str, action: &str, repository: &str) -> bool {
    let asked = Asked { principal, action, repository };
    let answer = asked.answer(std::slice::from_ref(rights));
    answer.unwrap_or_else(|fault| panic!("{asked:?}: {fault:?}")).is_yes()
}
