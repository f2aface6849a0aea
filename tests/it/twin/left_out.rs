//! The parts of the shipped specs that the twins leave out.

use std::collections::{BTreeMap, BTreeSet};

use hcl::{Body, Structure};

use super::bootstrap;
use super::rendering::{Files, modules, shipped, shipped_names, twin};

/// Arguments and blocks of a shipped spec that its twin does not have, or has with another value. The content of
/// a block that is missing completely is not listed.
fn left_out(name: &str) -> Vec<String> {
    let output = twin(name);
    let mut twin = bootstrap::root_parts(&output);
    twin.extend(bootstrap::aws_parts(&output));
    let mut missing = Vec::new();
    for (folder, module) in modules(&shipped(name)) {
        let (ours, theirs) = (contents(&module), twin.get(&folder).map(contents).unwrap_or_default());
        let differs = |path: &&String| ours.get(*path) != theirs.get(*path);
        let paths: BTreeSet<&String> = ours.keys().filter(differs).collect();
        let in_missing_block =
            |path: &str| path.rmatch_indices(" / ").any(|(end, _)| paths.contains(&path[..end].to_owned()));
        missing.extend(paths.iter().filter(|path| !in_missing_block(path)).map(|path| format!("{folder}: {path}")));
    }
    missing
}

/// The blocks (as an empty text) and the arguments (as their values) of a module, by their paths.
fn contents(module: &Files) -> BTreeMap<String, String> {
    let mut contents = BTreeMap::new();
    for text in module.values() {
        collect("", &hcl::parse(text).expect("HCL"), &mut contents);
    }
    contents
}

fn collect(above: &str, body: &Body, contents: &mut BTreeMap<String, String>) {
    for structure in body.iter() {
        match structure {
            Structure::Attribute(attribute) => {
                contents.insert(format!("{above}{}", attribute.key()), attribute.expr().to_string());
            }
            Structure::Block(block) => {
                let labels = block.labels().iter().map(|label| format!(" {}", label.as_str()));
                let path = format!("{above}{}{}", block.identifier(), labels.collect::<String>());
                collect(&format!("{path} / "), block.body(), contents);
                contents.insert(path, String::new());
            }
        }
    }
}

/// Left out by all three: the tfe provider, and the version of the AWS provider.
const WORKSPACE: [&str; 12] = [
    "shared/ecr: terraform / cloud",
    "shared/ecr: terraform / required_providers / aws",
    "shared/ecr-workspace: data tfe_github_app_installation ecr",
    "shared/ecr-workspace: provider tfe",
    "shared/ecr-workspace: resource tfe_variable node_role_name",
    "shared/ecr-workspace: resource tfe_variable tfc_aws_apply_role_arn",
    "shared/ecr-workspace: resource tfe_variable tfc_aws_plan_role_arn",
    "shared/ecr-workspace: resource tfe_variable tfc_aws_provider_auth",
    "shared/ecr-workspace: resource tfe_workspace ecr",
    "shared/ecr-workspace: resource tfe_workspace_settings ecr",
    "shared/ecr-workspace: terraform / required_providers / aws",
    "shared/ecr-workspace: terraform / required_providers / tfe",
];

/// The registry module, and references to it.
const MODULE: [&str; 7] = [
    "shared/ecr: module piksel_core",
    "shared/ecr: output repository_arns / value",
    "shared/ecr: output repository_urls / value",
    "shared/ecr: resource aws_iam_policy developers / policy",
    "shared/ecr: resource aws_iam_policy image_pipeline / policy",
    "shared/ecr: resource aws_iam_policy nodes / policy",
    "shared/ecr: resource aws_iam_policy pods / policy",
];

/// A moving tag in an immutable repository.
const MOVING: [&str; 2] = [
    "shared/ecr: resource aws_ecr_repository piksel_core / image_tag_mutability",
    "shared/ecr: resource aws_ecr_repository piksel_core / image_tag_mutability_exclusion_filter",
];

#[test]
fn a_twin_leaves_out_these_things_and_no_others() {
    let expected = BTreeMap::from([
        ("piksel", [&WORKSPACE[..], &MODULE].concat()),
        ("piksel-plain", [&WORKSPACE[..], &MOVING].concat()),
        ("piksel-audited", [&WORKSPACE[..], &MODULE].concat()),
    ]);
    for name in shipped_names() {
        let mut found = left_out(&name);
        println!("{name} in Terraform, without:");
        found.iter().for_each(|what| println!("  {what}"));
        let mut expected = expected.get(name.as_str()).cloned().unwrap_or_default();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{name}");
    }
}
