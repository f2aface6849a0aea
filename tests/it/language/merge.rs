//! `extends` and `environments`: which value wins, and which place it has.

use std::collections::BTreeMap;

use ecrgen::diagnostic::Diagnostic;
use ecrgen::language::Spec;
use ecrgen::language::load::{load, merge};
use ecrgen::source::{Sources, Span};
use ecrgen::yaml::{Entry, Key, Node, Value};
use proptest::prelude::*;

use super::judge::{faults, json, schema};
use crate::harness::Compiled;

/// A spec read from files in memory.
struct Read {
    specs: Vec<Spec>,
    faults: Vec<Diagnostic>,
    sources: Sources,
}

impl Read {
    fn of(files: &[(&str, &str)]) -> Self {
        let files: BTreeMap<&str, &str> = files.iter().copied().collect();
        let read = |path: &str| files.get(path).map(|text| text.as_bytes().to_vec()).ok_or("no such file".to_owned());
        let (mut sources, mut faults) = (Sources::default(), Vec::new());
        let specs = load("spec.yaml", &read, &mut sources, &mut faults).into_iter().map(|loaded| loaded.spec).collect();
        Read { specs, faults, sources }
    }

    /// The only spec, if there are no faults.
    fn spec(&self) -> &Spec {
        assert_eq!(self.faults, []);
        let [spec] = self.specs.as_slice() else { panic!("{} specs", self.specs.len()) };
        spec
    }

    /// `file:line code message` of each fault.
    fn reported(&self) -> Vec<String> {
        let line = |span: Span| format!("{}:{}", self.sources.file(span.file).name, self.sources.position(span).0);
        let report =
            |fault: &Diagnostic| format!("{} {}: {}", line(fault.labels[0].span), fault.code.name, fault.message);
        self.faults.iter().map(report).collect()
    }

    fn place(&self, span: Span) -> String {
        let file = self.sources.file(span.file);
        format!("{}: {}", file.name, &file.text[span.start as usize..span.end as usize])
    }
}

const BASE: &str = "platform: shop
environment: shared
region: eu-central-1
repositories:
  cart: { encryption: kms, services: [web, worker] }
  search: {}
terraform: { ecr_module: 3.2.0, version: \">= 1.11\" }
";

#[test]
fn maps_merge_key_by_key_and_everything_else_is_replaced() {
    let over = "extends: base.yaml\nrepositories: { cart: { services: [api] }, mail: {} }\n";
    let read = Read::of(&[("base.yaml", BASE), ("spec.yaml", over)]);
    let repositories = read.spec().repositories.as_ref().unwrap();
    assert_eq!(repositories.names().collect::<Vec<_>>(), ["cart", "search", "mail"]);
    let cart = repositories.get("cart").unwrap();
    assert!(cart.encryption.is_some());
    let services: Vec<&str> = cart.services.iter().flatten().map(|service| service.as_str()).collect();
    assert_eq!(services, ["api"]);
}

#[test]
fn none_removes_a_key_of_the_base() {
    let over = "extends: base.yaml\nrepositories: { search: none, cart: { encryption: none } }\nterraform: { ecr_module: none }\n";
    let read = Read::of(&[("base.yaml", BASE), ("spec.yaml", over)]);
    let spec = read.spec();
    let repositories = spec.repositories.as_ref().unwrap();
    assert_eq!(repositories.names().collect::<Vec<_>>(), ["cart"]);
    assert_eq!(repositories.get("cart").unwrap().encryption, None);
    let terraform = spec.terraform.as_ref().unwrap();
    assert!(terraform.ecr_module.is_none() && terraform.version.is_some());
}

#[test]
fn a_merged_value_keeps_its_place() {
    let over = "extends: base.yaml\nregion: eu-west-1\n";
    let read = Read::of(&[("base.yaml", BASE), ("spec.yaml", over)]);
    let spec = read.spec();
    assert_eq!(read.place(spec.region.as_ref().unwrap().span), "spec.yaml: eu-west-1");
    assert_eq!(read.place(spec.platform.as_ref().unwrap().span), "base.yaml: shop");
}

#[test]
fn a_fault_in_the_base_is_reported_in_the_base() {
    let base = BASE.replace("encryption: kms", "encryption: KMS");
    let read = Read::of(&[("base.yaml", &base), ("spec.yaml", "extends: base.yaml\nnmaes: {}\n")]);
    assert_eq!(
        read.reported(),
        [
            "spec.yaml:2 unknown-key: unknown key `nmaes`",
            "base.yaml:5 unknown-word: expected `aes256`, `kms` or `kms_dsse`, found `KMS`",
        ]
    );
}

#[test]
fn a_syntax_error_in_the_base_is_reported_in_the_base() {
    let read = Read::of(&[("base.yaml", "platform: [\n"), ("spec.yaml", "extends: base.yaml\n")]);
    assert_eq!(read.reported(), ["base.yaml:1 yaml-syntax: this `[` is never closed"]);
}

#[test]
fn the_path_of_a_base_is_relative_to_the_file_that_extends_it() {
    let files = [
        ("spec.yaml", "extends: team/shop.yaml\n"),
        ("team/shop.yaml", "extends: ../org.yaml\nplatform: shop\n"),
        ("team/../org.yaml", BASE),
    ];
    assert_eq!(Read::of(&files).spec().platform.as_ref().unwrap().as_str(), "shop");
}

#[test]
fn the_path_of_a_base_cannot_be_absolute() {
    for base in ["/org/base.yaml", "~/base.yaml", "C:/base.yaml", "C:base.yaml", "\\\\host\\share\\base.yaml"] {
        let read = Read::of(&[("spec.yaml", &format!("extends: '{base}'\n")), (base, BASE)]);
        let message = format!("spec.yaml:1 unreadable-file: cannot read {base}: `extends` needs a relative path");
        assert_eq!(read.reported(), [message]);
        assert!(read.specs.is_empty());
    }
}

#[test]
fn a_base_must_be_a_map() {
    for (base, kind) in [("Hello\n", "text"), ("[]\n", "a list"), ("none\n", "`none`"), ("5\n", "the number 5")] {
        let read = Read::of(&[("base.yaml", base), ("spec.yaml", &format!("extends: base.yaml\n{BASE}"))]);
        let message = format!("base.yaml:1 wrong-type: `base.yaml` is not a spec: expected a map, found {kind}");
        assert_eq!(read.reported(), [message]);
        assert!(read.specs.is_empty());
    }
}

#[test]
fn a_missing_base_is_reported_at_extends() {
    let read = Read::of(&[("spec.yaml", "platform: shop\nextends: bsae.yaml\n")]);
    assert_eq!(read.reported(), ["spec.yaml:2 unreadable-file: cannot read bsae.yaml: no such file"]);
    assert!(read.specs.is_empty());
}

#[test]
fn a_missing_spec_is_reported_without_a_place() {
    let read = Read::of(&[]);
    assert_eq!(read.faults[0].message, "cannot read spec.yaml: no such file");
    assert!(read.faults[0].labels.is_empty());
}

#[test]
fn a_spec_cannot_extend_itself_directly_or_indirectly() {
    let itself = Read::of(&[("spec.yaml", "extends: spec.yaml\n")]);
    let circle = Read::of(&[("spec.yaml", "extends: a.yaml\n"), ("a.yaml", "extends: spec.yaml\n")]);
    let dotted = Read::of(&[
        ("spec.yaml", "extends: ./a.yaml\n"),
        ("./a.yaml", "extends: ./a.yaml\n"),
        ("././a.yaml", "extends: ./../a.yaml\n"),
    ]);
    for (read, place) in [(itself, "spec.yaml:1"), (circle, "a.yaml:1")] {
        let [reported] = read.reported().try_into().unwrap();
        assert!(reported.starts_with(&format!("{place} extends-loop: ")), "{reported}");
    }
    assert!(dotted.specs.is_empty() && dotted.faults.len() == 1);
}

#[test]
fn a_chain_has_at_most_eight_files() {
    let names: Vec<String> = (0..9).map(|i| if i == 0 { "spec.yaml".into() } else { format!("{i}.yaml") }).collect();
    let texts: Vec<String> = (1..9).map(|i| format!("extends: {i}.yaml\nresource_tags: {{ n{i}: x }}\n")).collect();
    let chain = |length: usize| {
        let mut files: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
        files.truncate(length - 1);
        files.push((&names[length - 1], BASE));
        Read::of(&files)
    };
    assert_eq!(chain(8).spec().resource_tags.as_ref().unwrap().entries.len(), 7);
    let [reported] = chain(9).reported().try_into().unwrap();
    assert!(reported.starts_with("7.yaml:1 extends-loop: "), "{reported}");
}

#[test]
fn extends_none_extends_nothing() {
    let text = format!("extends: none\n{BASE}");
    assert_eq!(Read::of(&[("spec.yaml", &text)]).spec().region.as_ref().unwrap().as_str(), "eu-central-1");
}

const ENVIRONMENTS: &str = "platform: shop
region: eu-central-1
repositories: { cart: {}, search: {} }
environments:
  dev: { region: eu-west-1, repositories: { search: none } }
  prod: {}
";

#[test]
fn each_environment_is_a_separate_spec() {
    let read = Read::of(&[("spec.yaml", ENVIRONMENTS)]);
    assert_eq!(read.faults, []);
    let seen: Vec<(&str, &str, Vec<&str>)> = read
        .specs
        .iter()
        .map(|spec| {
            let environment = spec.environment.as_ref().unwrap().as_str();
            let region = spec.region.as_ref().unwrap().as_str();
            (environment, region, spec.repositories.as_ref().unwrap().names().collect())
        })
        .collect();
    let expected = [("dev", "eu-west-1", vec!["cart"]), ("prod", "eu-central-1", vec!["cart", "search"])];
    assert_eq!(seen, expected);
    assert_eq!(read.place(read.specs[1].environment.as_ref().unwrap().span), "spec.yaml: prod");
}

/// What a spec says for all environments, what an environment says, and the spec for that environment alone. The JSON
/// Schema accepts both, and both compile to the same files.
const MERGED: [(&str, &str, &str); 12] = [
    ("repositories: { cart: {} }", "region: eu-west-1", "repositories: { cart: {} }\nregion: eu-west-1"),
    ("repositories: { cart: {} }", "repositories: { mail: {} }", "repositories: { cart: {}, mail: {} }"),
    ("repositories: { cart: {}, mail: {} }", "repositories: { mail: none }", "repositories: { cart: {} }"),
    (
        "repositories: { cart: { tag_mutability: mutable, scan_on_push: false } }",
        "repositories: { cart: { scan_on_push: none } }",
        "repositories: { cart: { tag_mutability: mutable } }",
    ),
    // A list is replaced as a whole.
    (
        "repositories: { cart: { retention: [{ keep: 5 }] } }",
        "repositories: { cart: { retention: [{ keep: 9, of: tagged }, { expire_after: 7d, of: untagged }] } }",
        "repositories: { cart: { retention: [{ keep: 9, of: tagged }, { expire_after: 7d, of: untagged }] } }",
    ),
    // Environments are merged before the defaults fill what repositories leave open.
    (
        "repository_defaults: { tag_mutability: mutable, encryption: kms }\nrepositories: { cart: {}, mail: { encryption: aes256 } }",
        "repository_defaults: { encryption: { kms: alias/registry } }",
        "repository_defaults: { tag_mutability: mutable, encryption: { kms: alias/registry } }\nrepositories: { cart: {}, mail: { encryption: aes256 } }",
    ),
    (
        "repository_defaults: { replicate_to: [eu-west-1] }\nregistry: {}\nrepositories: { cart: {} }",
        "repositories: { cart: { replicate_to: none } }",
        "registry: {}\nrepositories: { cart: {} }",
    ),
    // Another form of a value replaces the whole value.
    (
        "repositories: { cart: { encryption: { kms: create } } }",
        "repositories: { cart: { encryption: aes256 } }",
        "repositories: { cart: { encryption: aes256 } }",
    ),
    (
        "repositories: { cart: {} }\nresource_tags: { Owner: web, Team: \"{environment}\" }",
        "resource_tags: { Owner: none, Cost: \"7\" }",
        "repositories: { cart: {} }\nresource_tags: { Team: \"{environment}\", Cost: \"7\" }",
    ),
    (
        "repositories: { cart: {} }\naccess: { nodes: { can: [pull], repositories: all, node_roles: [a] } }",
        "access: { nodes: { node_roles: [b, c] } }",
        "repositories: { cart: {} }\naccess: { nodes: { can: [pull], repositories: all, node_roles: [b, c] } }",
    ),
    (
        "repositories: { cart: {} }\nmonitoring: { event_log: { events: [push], keep_for: 30d } }",
        "monitoring: none",
        "repositories: { cart: {} }",
    ),
    (
        "repositories: { cart: {} }\nworkspace: { organization: acme, approval: automatic }",
        "workspace: { approval: none }\nterraform: { directory: \"infra/{environment}\" }",
        "repositories: { cart: {} }\nworkspace: { organization: acme }\nterraform: { directory: \"infra/{environment}\" }",
    ),
];

#[test]
fn an_environment_compiles_like_the_spec_that_is_written_for_it_alone() {
    for (all, one, alone) in MERGED {
        let region = if alone.contains("region:") { "" } else { "region: eu-central-1\n" };
        let indented: String = one.lines().map(|line| format!("    {line}\n")).collect();
        let merged = format!("platform: shop\nregion: eu-central-1\n{all}\nenvironments:\n  dev:\n{indented}");
        let alone = format!("platform: shop\nenvironment: dev\n{region}{alone}\n");
        for spec in [&merged, &alone] {
            assert_eq!((faults(spec), schema(&json(spec))), (Vec::new(), Ok(())), "{spec}");
        }
        let [merged_files, files] = [&merged, &alone].map(|spec| Compiled::of(spec.as_str()).files());
        assert!(files.len() > 3);
        assert_eq!(merged_files, files, "{merged}\n{alone}");
    }
}

#[test]
fn a_fault_outside_the_environments_is_reported_once() {
    let text = format!("{ENVIRONMENTS}nmaes: {{}}\n");
    let once = Read::of(&[("spec.yaml", &text)]).reported();
    assert_eq!(once, ["spec.yaml:7 unknown-key: unknown key `nmaes`"; 2], "one per environment");
    assert_eq!(Compiled::of(text).errors(), ["unknown key `nmaes`"]);
}

#[test]
fn an_environment_cannot_override_keys_of_the_platform() {
    for key in ["platform: x", "environment: x", "environments: {}", "extends: x", "image_tags: {}", "waive: {}"] {
        let text = ENVIRONMENTS.replace("prod: {}", &format!("prod: {{ {key} }}"));
        let reported = Read::of(&[("spec.yaml", &text)]).reported();
        let name = key.split(':').next().unwrap();
        let expected = format!(
            "spec.yaml:6 not-in-environments: `{name}` applies to the platform as a whole and cannot differ between environments"
        );
        assert!(reported.contains(&expected), "{reported:?}");
    }
}

#[test]
fn the_environments_of_a_spec_and_its_base_are_merged() {
    let over = "extends: base.yaml\nenvironments: { dev: none, prod: { region: us-east-1 }, test: {} }\n";
    let read = Read::of(&[("base.yaml", ENVIRONMENTS), ("spec.yaml", over)]);
    assert_eq!(read.faults, []);
    let names: Vec<&str> = read.specs.iter().map(|spec| spec.environment.as_ref().unwrap().as_str()).collect();
    assert_eq!(names, ["prod", "test"]);
    assert_eq!(read.specs[0].region.as_ref().unwrap().as_str(), "us-east-1");
}

#[test]
fn environment_and_environments_can_replace_each_other() {
    let one = "extends: base.yaml\nenvironments: none\nenvironment: shared\n";
    let read = Read::of(&[("base.yaml", ENVIRONMENTS), ("spec.yaml", one)]);
    assert_eq!(read.spec().environment.as_ref().unwrap().as_str(), "shared");
    let many = "extends: base.yaml\nenvironment: none\nenvironments: { dev: {} }\n";
    let read = Read::of(&[("base.yaml", BASE), ("spec.yaml", many)]);
    assert_eq!(read.spec().environment.as_ref().unwrap().as_str(), "dev");
    let both = "extends: base.yaml\nenvironments: { dev: {} }\n";
    let [reported] = Read::of(&[("base.yaml", BASE), ("spec.yaml", both)]).reported().try_into().unwrap();
    assert_eq!(
        reported,
        "spec.yaml:2 keys-exclude-each-other: `environment` and `environments` cannot be used together"
    );
}

/// Nodes whose places show which of several files they come from.
fn nodes(file: u32) -> impl Strategy<Value = Node> {
    let span = Span { file, start: 0, end: 1 };
    let leaf = prop_oneof![
        Just(Value::None),
        "[a-c]".prop_map(Value::Text),
        prop::collection::vec(Just(Node { span, value: Value::Bool(true) }), 0..2).prop_map(Value::List),
    ];
    let value = leaf.prop_recursive(3, 24, 4, move |inner| {
        let node = inner.prop_map(move |value| Node { span, value });
        prop::collection::btree_map("[a-d]", node, 0..4).prop_map(move |map| {
            let entry = |(text, value)| Entry { key: Key { text, span }, value };
            Value::Map(map.into_iter().map(entry).collect())
        })
    });
    value.prop_map(move |value| Node { span, value })
}

/// A simpler model of merging, on sorted maps. A value that is not a map keeps the place that shows its file.
#[derive(Clone, Debug, PartialEq)]
enum Model {
    Map(BTreeMap<String, Model>),
    Other(Span, Value),
}

fn model(node: &Node) -> Model {
    match &node.value {
        Value::Map(entries) => Model::Map(entries.iter().map(|e| (e.key.text.clone(), model(&e.value))).collect()),
        value => Model::Other(node.span, value.clone()),
    }
}

fn model_of_merged(base: Model, over: Model) -> Model {
    let (Model::Map(base), Model::Map(over)) = (base.clone(), over.clone()) else { return over };
    let keys = base.keys().chain(over.keys()).cloned();
    let value = |key: &String| match (base.get(key), over.get(key)) {
        (Some(base), Some(over)) => model_of_merged(base.clone(), over.clone()),
        (base, over) => over.or(base).expect("the key of one of them").clone(),
    };
    Model::Map(keys.map(|key| (key.clone(), value(&key))).collect())
}

fn is_map(node: &Node) -> bool {
    matches!(node.value, Value::Map(_))
}

proptest! {
    #[test]
    fn merging_agrees_with_a_simpler_model_and_keeps_places(a in nodes(0), b in nodes(1)) {
        prop_assert_eq!(model(&merge(a.clone(), b.clone())), model_of_merged(model(&a), model(&b)));
    }

    #[test]
    fn merging_with_an_empty_map_changes_nothing(a in nodes(0).prop_filter("a map", is_map)) {
        let nothing = Node { span: a.span, value: Value::Map(Vec::new()) };
        prop_assert_eq!(merge(a.clone(), nothing.clone()), a.clone());
        prop_assert_eq!(merge(nothing, a.clone()), a);
    }

    #[test]
    fn merging_a_node_with_itself_changes_nothing(a in nodes(0)) {
        prop_assert_eq!(merge(a.clone(), a.clone()), a);
    }

    /// This holds for maps only: a value between two maps that is not a map keeps them from being merged.
    #[test]
    fn merging_maps_is_associative(a in maps(0), b in maps(1), c in maps(2)) {
        let left = merge(merge(a.clone(), b.clone()), c.clone());
        prop_assert_eq!(left, merge(a, merge(b, c)));
    }
}

/// Nodes in which a key has a map as its value in every file or in none.
fn maps(file: u32) -> impl Strategy<Value = Node> {
    let span = Span { file, start: 0, end: 1 };
    let map = move |entries: BTreeMap<String, Node>| {
        let entry = |(text, value)| Entry { key: Key { text, span }, value };
        Node { span, value: Value::Map(entries.into_iter().map(entry).collect()) }
    };
    let leaf =
        prop_oneof![Just(Value::None), "[a-c]".prop_map(Value::Text)].prop_map(move |value| Node { span, value });
    let inner = prop::collection::btree_map("[a-c]", leaf.clone(), 0..3).prop_map(map);
    let entries = (prop::collection::btree_map("[a-c]", leaf, 0..3), prop::collection::btree_map("[m-o]", inner, 0..3));
    entries.prop_map(move |(leaves, inner)| map(leaves.into_iter().chain(inner).collect()))
}
