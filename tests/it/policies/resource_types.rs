//! The rows of the resource types: every type in the output has a row, and each row states where its type is used.

use std::collections::BTreeSet;
use std::fs;

use ecrgen::diagnostic::Example;
use ecrgen::generate::{Content, Generated, generate};
use ecrgen::platform::Platform;
use ecrgen::policies::{emit, resource_types};
use ecrgen::principals::KINDS;
use ecrgen::terraform::{Block, Body, Pins, Version, verify};

use crate::harness::{Specs, repository, shipped_names};

/// Specs that together produce everything that the compiler can emit: the shipped specs, the examples of rules and
/// kinds, and a few specs for the rest.
pub fn specs() -> Vec<String> {
    let path = |name: String| repository().join(format!("specs/{name}.yaml"));
    let shipped = shipped_names().into_iter().map(|name| fs::read_to_string(path(name)).expect("a spec"));
    let examples = ecrgen::rules::all().filter_map(|rule| match rule.code.good {
        Example::Spec(text) => Some(text.to_owned()),
        _ => None,
    });
    let kinds = KINDS.iter().map(|kind| {
        format!(
            "platform: shop\nenvironment: prod\nregion: eu-central-1\nrepositories: {{ shop: {{}} }}\n\
             access:\n  one: {}\n",
            kind.example
        )
    });
    let rest = [
        "platform: shop
environment: prod
region: eu-central-1
repositories:
  shop: { encryption: { kms: create }, retention: [{ keep: 3 }] }
  other: { encryption: { kms: alias/shop } }
  third: { encryption: { kms: { variable: key } } }
registry: { accept_replication_from: [\"222222222222\"] }
oidc_providers: { github: create, gitlab: look_up, hcp: create }
access:
  a: { can: [pull], repositories: all, github: { repository: o/r, owner_id: 1, repository_id: 2, branches: [main] } }
  b: { can: [pull], repositories: all, gitlab: { project: o/r, project_id: 1, branches: [main] } }
monitoring: { audit_trail: { bucket: create, keep_for: 90d }, event_log: { events: [push] }, alerts: { a: { events: [push], pulls_over: 100/minute, sns: create, encryption: { kms: create }, emails: [a@example.com] } } }
workspace: { organization: shop, project: Registry, repository: o/r, variable_sets: [varset-a], teams: { team-a: read } }
terraform: { providers: { aws: \"~> 5.0\" } }
",
        "platform: shop
environment: prod
region: eu-central-1
repositories: { shop: { retention: [{ keep: 3 }] } }
oidc_providers: { hcp: look_up }
workspace: { organization: shop }
terraform: { ecr_module: \"3.2.0\" }
",
        "platform: shop
environment: prod
region: eu-central-1
registry: { scanner: enhanced, enable_inspector: true }
repositories: { shop: { scan_continuously: true }, cart: {} }
workspace: { organization: shop }
",
        "platform: shop
environment: shared
region: eu-central-1
resource_tags: { Owner: shop }
repository_templates: { ROOT: { created_by: [push] } }
registry: { blob_mounting: true, pull_through_cache: { base: { upstream: ecr, url: 222222222222.dkr.ecr.us-east-1.amazonaws.com } } }
terraform: { providers: { aws: \"~> 6.29\" } }
",
        "platform: shop
environment: shared
region: eu-central-1
terraform: { root: shared }
repositories: { shop: {} }
",
        "platform: shop
environment: shared
region: eu-central-1
account: \"111111111111\"
iam: { session_duration: 4h }
repositories: { shop: {} }
registry:
  pull_through_cache:
    hub: { upstream: docker-hub, upstream_prefix: library, credential: \"arn:aws:secretsmanager:eu-central-1:111111111111:secret:ecr-pullthroughcache/hub-a1b2c3\" }
access:
  ci: { can: [push], repositories: [shop], github: { repository: o/r, owner_id: 1, repository_id: 2, branches: [main] } }
  nodes: { can: [pull], repositories: [shop], node_roles: [eks-node, { variable: gpu_node }] }
  people: { can: [read], repositories: [shop], session_duration: 2h, permission_set: { name: Shop, instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\" } }
workspace: { organization: shop, protect_existing_roles: true, repository: group/infra, oauth_token_id: ot-hmAyP66qk2AMVdbJ, agent_pool_id: apool-yoGUFz5zcRMMz53i, notifications: { team: { to: slack, url_variable: slack_url } }, terraform_version: \"1.16.2\" }
terraform: { version: \">= 1.16\" }
",
        "platform: shop
environment: shared
region: eu-central-1
account: \"111111111111\"
repositories: { shop: { encryption: { kms: create } } }
terraform:
  ecr_module: \"3.2.0\"
  assume_role: \"arn:aws:iam::111111111111:role/deploy\"
  backend: { s3: { bucket: acme-state, kms_key: \"arn:aws:kms:eu-central-1:111111111111:key/0a1b2c3d-0000-4000-8000-000000000001\" } }
",
    ];
    shipped.chain(examples).chain(kinds).chain(rest.map(str::to_owned)).collect()
}

/// The resource types in the root module, and those in all modules.
fn types(platform: &Platform) -> (BTreeSet<String>, BTreeSet<String>) {
    let folder = format!("{}/", platform.root.directory);
    let files = generate(&emit(platform), |file| file);
    let modules = files.iter().filter(|file| matches!(file.content, Content::Hcl(_)));
    let types = |file: &Generated| file.resource_types();
    let root = modules.clone().filter(|file| file.path.as_str().starts_with(&folder)).flat_map(types);
    (root.collect(), modules.flat_map(types).collect())
}

#[test]
fn each_row_knows_whether_the_root_module_has_its_type() {
    let mut emitted = BTreeSet::new();
    for spec in specs() {
        let compiled = Specs::beside_shipped().spec("specs/spec.yaml", &spec).compile();
        assert_eq!(compiled.outputs().len(), 1, "{spec}{:#?}", compiled.findings());
        for platform in compiled.platforms() {
            let (root, all) = types(platform);
            let expected = resource_types::all().filter(|row| (row.in_root)(platform)).map(|row| row.name.to_owned());
            assert_eq!(root, expected.collect(), "{spec}");
            emitted.extend(all);
        }
    }
    let rows: BTreeSet<String> = resource_types::all().map(|row| row.name.to_owned()).collect();
    assert_eq!(emitted, rows, "exactly one row for each emitted type");
}

#[test]
#[should_panic(expected = "`aws_ecrpublic_repository` in the output has no row")]
fn panics_on_a_type_without_a_row() {
    resource_types::find("aws_ecrpublic_repository");
}

#[test]
fn types_are_unique() {
    let names: Vec<&str> = resource_types::all().map(|row| row.name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

/// A change of an argument that the type does not have would never be detected.
#[test]
fn replacing_arguments_exist_on_their_type() {
    let pins = Pins::new().provider("aws", Version::new(6, 62, 0)).provider("tfe", Version::new(0, 80, 0));
    for row in resource_types::all().filter(|row| !row.name.starts_with("data.")) {
        for argument in row.replaced_by {
            let resource = || Block::resource(row.name, "x");
            let forms = [resource().attr(*argument, "x"), resource().block(Block::bare(*argument))];
            let is_known = |block: &Block| {
                let faults = verify(&Body::new().block(block.clone()), &pins);
                !faults.iter().any(|fault| fault.message.contains(&format!("`{argument}`")))
            };
            assert!(forms.iter().any(is_known), "{}: {argument}", row.name);
        }
    }
}

/// A resource is in a region, and no provider moves it to another one.
#[test]
fn another_region_replaces_whatever_has_one() {
    let pins = Pins::new().provider("aws", Version::new(6, 62, 0)).provider("tfe", Version::new(0, 80, 0));
    for row in resource_types::all().filter(|row| !row.name.starts_with("data.")) {
        let faults = verify(&Body::new().block(Block::resource(row.name, "x").attr("region", "x")), &pins);
        let has_region = !faults.iter().any(|fault| fault.message.contains("`region`"));
        assert_eq!(row.replaced_by.contains(&"region"), has_region, "{}", row.name);
    }
}
