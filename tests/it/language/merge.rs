//! `extends` and `environments`: which value wins, and where it stands.

use std::collections::BTreeMap;

use ecrgen::diagnostic::Diagnostic;
use ecrgen::language::Spec;
use ecrgen::language::load::{load, merge};
use ecrgen::source::{Sources, Span};
use ecrgen::yaml::{Entry, Key, Node, Value};
use proptest::prelude::*;

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

    /// The only spec, if nothing is wrong.
    fn spec(&self) -> &Spec {
        assert_eq!(self.faults, []);
        let [spec] = self.specs.as_slice() else { panic!("{} specs", self.specs.len()) };
        spec
    }

    /// `file:line code message` of each fault.
    fn said(&self) -> Vec<String> {
        let line = |span: Span| format!("{}:{}", self.sources.file(span.file).name, self.sources.position(span).0);
        let said =
            |fault: &Diagnostic| format!("{} {}: {}", line(fault.labels[0].span), fault.code.name, fault.message);
        self.faults.iter().map(said).collect()
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
fn none_removes_what_the_base_says() {
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
fn a_value_keeps_the_place_it_was_written_at() {
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
        read.said(),
        [
            "spec.yaml:2 unknown-key: unknown key `nmaes`",
            "base.yaml:5 unknown-word: expected `aes256` or `kms` or `kms_dsse`, found `KMS`",
        ]
    );
}

#[test]
fn a_syntax_error_in_the_base_is_reported_in_the_base() {
    let read = Read::of(&[("base.yaml", "platform: [\n"), ("spec.yaml", "extends: base.yaml\n")]);
    assert_eq!(read.said(), ["base.yaml:1 yaml-syntax: this `[` is never closed"]);
}

#[test]
fn a_base_is_found_from_the_file_that_names_it() {
    let files = [
        ("spec.yaml", "extends: team/shop.yaml\n"),
        ("team/shop.yaml", "extends: ../org.yaml\nplatform: shop\n"),
        ("team/../org.yaml", BASE),
    ];
    assert_eq!(Read::of(&files).spec().platform.as_ref().unwrap().as_str(), "shop");
}

#[test]
fn a_base_may_have_an_absolute_path() {
    let files = [
        ("spec.yaml", "extends: team/shop.yaml\n"),
        ("team/shop.yaml", "extends: /org/base.yaml\nplatform: shop\n"),
        ("/org/base.yaml", BASE),
    ];
    assert_eq!(Read::of(&files).spec().platform.as_ref().unwrap().as_str(), "shop");
}

#[test]
fn a_missing_base_is_reported_where_it_is_named() {
    let read = Read::of(&[("spec.yaml", "platform: shop\nextends: bsae.yaml\n")]);
    assert_eq!(read.said(), ["spec.yaml:2 unreadable-file: cannot read bsae.yaml: no such file"]);
    assert!(read.specs.is_empty());
}

#[test]
fn a_missing_spec_is_reported_without_a_place() {
    let read = Read::of(&[]);
    assert_eq!(read.faults[0].message, "cannot read spec.yaml: no such file");
    assert!(read.faults[0].labels.is_empty());
}

#[test]
fn a_spec_cannot_extend_itself_by_any_way() {
    let itself = Read::of(&[("spec.yaml", "extends: spec.yaml\n")]);
    let circle = Read::of(&[("spec.yaml", "extends: a.yaml\n"), ("a.yaml", "extends: spec.yaml\n")]);
    let dotted = Read::of(&[
        ("spec.yaml", "extends: ./a.yaml\n"),
        ("./a.yaml", "extends: ./a.yaml\n"),
        ("././a.yaml", "extends: ./../a.yaml\n"),
    ]);
    for (read, place) in [(itself, "spec.yaml:1"), (circle, "a.yaml:1")] {
        let [said] = read.said().try_into().unwrap();
        assert!(said.starts_with(&format!("{place} extends-loop: ")), "{said}");
    }
    assert!(dotted.specs.is_empty() && dotted.faults.len() == 1);
}

#[test]
fn a_chain_has_eight_files_at_most() {
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
    let [said] = chain(9).said().try_into().unwrap();
    assert!(said.starts_with("7.yaml:1 extends-loop: "), "{said}");
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
fn each_environment_is_a_spec_of_its_own() {
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

#[test]
fn a_fault_outside_of_the_environments_is_reported_once() {
    let text = format!("{ENVIRONMENTS}nmaes: {{}}\n");
    assert_eq!(Read::of(&[("spec.yaml", &text)]).said(), ["spec.yaml:7 unknown-key: unknown key `nmaes`"]);
}

#[test]
fn an_environment_cannot_override_what_belongs_to_the_platform() {
    for key in ["platform: x", "environment: x", "environments: {}", "extends: x", "image_tags: {}", "waive: {}"] {
        let text = ENVIRONMENTS.replace("prod: {}", &format!("prod: {{ {key} }}"));
        let said = Read::of(&[("spec.yaml", &text)]).said();
        let name = key.split(':').next().unwrap();
        let expected = format!(
            "spec.yaml:6 not-in-environments: `{name}` belongs to the platform as a whole and cannot differ between environments"
        );
        assert!(said.contains(&expected), "{said:?}");
    }
}

#[test]
fn a_base_and_what_extends_it_share_their_environments() {
    let over = "extends: base.yaml\nenvironments: { dev: none, prod: { region: us-east-1 }, test: {} }\n";
    let read = Read::of(&[("base.yaml", ENVIRONMENTS), ("spec.yaml", over)]);
    assert_eq!(read.faults, []);
    let names: Vec<&str> = read.specs.iter().map(|spec| spec.environment.as_ref().unwrap().as_str()).collect();
    assert_eq!(names, ["prod", "test"]);
    assert_eq!(read.specs[0].region.as_ref().unwrap().as_str(), "us-east-1");
}

#[test]
fn environments_and_environment_can_take_each_others_place() {
    let one = "extends: base.yaml\nenvironments: none\nenvironment: shared\n";
    let read = Read::of(&[("base.yaml", ENVIRONMENTS), ("spec.yaml", one)]);
    assert_eq!(read.spec().environment.as_ref().unwrap().as_str(), "shared");
    let many = "extends: base.yaml\nenvironment: none\nenvironments: { dev: {} }\n";
    let read = Read::of(&[("base.yaml", BASE), ("spec.yaml", many)]);
    assert_eq!(read.spec().environment.as_ref().unwrap().as_str(), "dev");
    let both = "extends: base.yaml\nenvironments: { dev: {} }\n";
    let [said] = Read::of(&[("base.yaml", BASE), ("spec.yaml", both)]).said().try_into().unwrap();
    assert_eq!(said, "spec.yaml:2 keys-exclude-each-other: `environment` and `environments` cannot stand together");
}

/// Nodes whose places say from which of several files they are.
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

/// The same merge over sorted maps; a value that is no map stands for itself, with the file it is from.
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
    fn merging_is_what_a_simpler_merge_does_and_keeps_places(a in nodes(0), b in nodes(1)) {
        prop_assert_eq!(model(&merge(a.clone(), b.clone())), model_of_merged(model(&a), model(&b)));
    }

    #[test]
    fn nothing_merged_over_something_leaves_it(a in nodes(0).prop_filter("a map", is_map)) {
        let nothing = Node { span: a.span, value: Value::Map(Vec::new()) };
        prop_assert_eq!(merge(a.clone(), nothing.clone()), a.clone());
        prop_assert_eq!(merge(nothing, a.clone()), a);
    }

    #[test]
    fn something_merged_over_itself_is_the_same(a in nodes(0)) {
        prop_assert_eq!(merge(a.clone(), a.clone()), a);
    }

    /// Where a value that is no map stands between two maps it parts them: maps alone merge in any grouping.
    #[test]
    fn maps_merge_in_any_grouping(a in maps(0), b in maps(1), c in maps(2)) {
        let left = merge(merge(a.clone(), b.clone()), c.clone());
        prop_assert_eq!(left, merge(a, merge(b, c)));
    }
}

/// Nodes in which a key holds a map in every file or in none.
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
