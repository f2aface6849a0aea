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

/// Left out by the three of piksel: the tfe provider, and the version of the AWS provider.
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

/// The same in a set. The repositories of dev are mutable. The workspace of the twin may manage the keys.
const MOVING_IN_SET: [&str; 6] = [
    "dev/ecr: terraform / required_providers / aws",
    "prod/ecr: resource aws_ecr_repository this / image_tag_mutability",
    "prod/ecr: resource aws_ecr_repository this / image_tag_mutability_exclusion_filter",
    "prod/ecr: resource aws_kms_key ecr / policy",
    "prod/ecr: resource aws_kms_key ecr_alerts / policy",
    "prod/ecr: terraform / required_providers / aws",
];

/// Repositories that ECR creates on push, and the reference to a role, which a workspace cannot have.
const TEMPLATES: [&str; 5] = [
    "cluster/terraform: resource aws_ecr_registry_scanning_configuration ecr / rule / repository_filter / filter",
    "cluster/terraform: resource aws_ecr_repository_creation_template ROOT",
    "cluster/terraform: resource aws_iam_policy eks_nodes / policy",
    "cluster/terraform: resource aws_iam_policy github_ecr_push / policy",
    "cluster/terraform: resource aws_iam_role_policy_attachment eks_nodes / role",
];

/// The region of each replica. Before AWS 6.0, a provider configuration has it.
fn regions(folder: &str, addresses: &[&str]) -> Vec<String> {
    addresses.iter().map(|address| format!("{folder}: resource {address} / region")).collect()
}

fn compute_layer() -> Vec<String> {
    let folder = "layers/compute/environments/prod";
    let replica = ["aws_ecr_lifecycle_policy", "aws_ecr_repository", "aws_ecr_repository_policy"];
    let replica = replica.map(|kind| format!("{kind} web_app_us_west_2"));
    let mut all = regions(folder, &replica.each_ref().map(String::as_str));
    // References to roles, which a workspace cannot have.
    let roles = ["ecs_tasks", "eks_nodes"];
    all.extend(roles.map(|entry| format!("{folder}: resource aws_iam_role_policy_attachment {entry} / role")));
    all
}

fn pipeops() -> Vec<String> {
    let of_names = ["api", "backend", "frontend", "worker"]
        .iter()
        .flat_map(|name| ["repository", "lifecycle_policy"].map(|kind| format!("aws_ecr_{kind} {name}_us_east_1")));
    let keys = ["aws_kms_alias", "aws_kms_key"].map(|kind| format!("{kind} ecr_us_east_1"));
    let addresses: Vec<String> = of_names.chain(keys).collect();
    let mut all = regions("prod/ecr", &addresses.iter().map(String::as_str).collect::<Vec<_>>());
    all.extend(["dev", "prod"].map(|environment| format!("{environment}/ecr: terraform / required_providers / aws")));
    // The workspace of the twin may manage the keys, and there is a second provider configuration.
    let keys = [
        "dev/ecr: resource aws_kms_key ecr",
        "prod/ecr: resource aws_kms_key ecr",
        "prod/ecr: resource aws_kms_key ecr_us_east_1",
    ];
    all.extend(keys.map(|key| format!("{key} / policy")));
    all.push("prod/ecr: provider aws / region".to_owned());
    all
}

#[test]
fn a_twin_leaves_out_these_things_and_no_others() {
    let owned = |listed: &[&str]| listed.iter().map(|what| (*what).to_owned()).collect::<Vec<_>>();
    let mut expected = BTreeMap::from([
        ("piksel", owned(&[&WORKSPACE[..], &MODULE].concat())),
        ("piksel-plain", owned(&[&WORKSPACE[..], &MOVING].concat())),
        ("piksel-audited", owned(&[&WORKSPACE[..], &MODULE].concat())),
        ("compute-layer", compute_layer()),
        ("pipeops", pipeops()),
        ("idp", owned(&TEMPLATES)),
        ("services", owned(&MOVING_IN_SET)),
    ]);
    expected.values_mut().for_each(|list| list.sort_unstable());
    let mut found = BTreeMap::new();
    for name in shipped_names() {
        let mut list = left_out(&name);
        println!("{name} in Terraform, without:");
        list.iter().for_each(|what| println!("  {what}"));
        list.sort_unstable();
        found.insert(name, list);
    }
    let expected: BTreeMap<String, Vec<String>> =
        expected.into_iter().map(|(name, list)| (name.to_owned(), list)).collect();
    assert_eq!(found, expected);
}
