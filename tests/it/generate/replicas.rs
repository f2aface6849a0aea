//! Replicas: the replication configuration, and the repositories in the other regions.

use hcl::Block;
use serde_json::{Value, json};

use crate::harness::module::{Module, expression, inner, optional, value};
use crate::harness::{Case, Compiled, HEAD, shop};

const SPEC: &str = "account: \"111111111111\"\nregistry: {}\nresource_tags: { Owner: web }\n\
    image_tags: { release: \"v{version}\" }\n\
    repository_defaults: { encryption: { kms: create }, retention: [{ keep: 30, of: release }], replicate_to: [us-east-1] }\n\
    repositories: { cart: {}, team/search: { force_delete: true, scan_on_push: false, tag_mutability: mutable } }\n\
    access: { partner: { can: [pull], repositories: [cart], accounts: [\"222222222222\"] } }\n";

const VERSION_5: &str = "terraform: { providers: { aws: \"~> 5.100\" } }\n";

/// The root module of a spec without errors.
fn root(rest: &str) -> Module {
    let compiled = shop(rest);
    assert_eq!(compiled.errors(), [""; 0], "{rest}");
    compiled.module("shared/ecr")
}

/// The arguments of a block, without those that differ between regions.
fn common(block: &Block, but: &[&str]) -> Vec<(String, Value)> {
    let arguments = block.body().attributes().filter(|it| !but.contains(&it.key()));
    let mut all: Vec<(String, Value)> = arguments.map(|it| (it.key().to_owned(), value(it.expr()))).collect();
    for inner in block.body().blocks() {
        all.extend(common(inner, but).into_iter().map(|(key, value)| (format!("{}.{key}", inner.identifier()), value)));
    }
    all
}

/// The plan shows a deletion, and not that images no longer leave or reach the registry.
#[test]
fn replication_that_leaves_the_output_is_a_warning() {
    let spec = |registry: &str, repository: &str| {
        format!("{HEAD}registry: {registry}\nrepositories: {{ cart: {repository} }}\n")
    };
    let before = spec(
        "{ accept_replication_from: [\"222222222222\"] }",
        "{ replicate_to: [{ region: us-east-1, replica: plain }] }",
    );
    let case = Case::new().file("shop.yaml", before);
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    let stopped = ["aws_ecr_registry_policy.ecr", "aws_ecr_replication_configuration.ecr"];
    for kept in [&stopped[..0], &stopped[..1], &stopped[..]] {
        let removed: String = kept.iter().map(|address| format!("  {address}: retain\n")).collect();
        let removed = if kept.is_empty() { removed } else { format!("removed:\n{removed}") };
        case.write("shop.yaml", spec("{}", "{}") + &removed);
        let outcome = case.run(&["check", "shop.yaml", "--out", "out"]);
        for address in stopped {
            let warned = outcome.err.contains(&format!("warning[feature-stops]: `{address}`"));
            assert_eq!(warned, !kept.contains(&address), "{address}: {}", outcome.err);
        }
        assert!(!outcome.err.contains("removed-unknown") && !outcome.err.contains("error["), "{}", outcome.err);
    }
}

/// Everything that a repository has, its replica has too.
#[test]
fn replicas_have_the_settings_of_their_repositories() {
    for pin in ["", VERSION_5] {
        let module = root(&format!("{SPEC}{pin}"));
        for (home, replica) in [("cart", "cart_us_east_1"), ("team__search", "team__search_us_east_1")] {
            for kind in ["aws_ecr_repository", "aws_ecr_lifecycle_policy", "aws_ecr_repository_policy"] {
                let head = |label: &str| format!("resource {kind} {label}");
                let (one, other) = (module.find(&head(home)), module.find(&head(replica)));
                assert_eq!(one.is_some(), other.is_some(), "{kind} {replica}");
                let Some((one, other)) = one.zip(other) else { continue };
                let differing = ["region", "provider", "kms_key", "repository"];
                assert_eq!(common(one, &differing), common(other, &differing), "{kind} {home}");
                match pin {
                    "" => assert_eq!(value(expression(other, "region")), "us-east-1"),
                    _ => assert_eq!(value(expression(other, "provider")), "${aws.us_east_1}"),
                }
                assert!(optional(other, if pin.is_empty() { "provider" } else { "region" }).is_none());
            }
        }
        let encryption = inner(module.block("resource aws_ecr_repository cart_us_east_1"), "encryption_configuration");
        assert_eq!(value(expression(encryption, "kms_key")), "${aws_kms_key.ecr_us_east_1.arn}");
        let policy = module.value("resource aws_kms_key ecr_us_east_1", "policy").to_string();
        assert!(policy.contains("ecr.us-east-1.*") && !policy.contains("ecr.eu-central-1.*"), "{policy}");
        assert_eq!(
            module.value("resource aws_kms_alias ecr_us_east_1", "target_key_id"),
            "${aws_kms_key.ecr_us_east_1.key_id}"
        );
    }
}

/// Provider configurations of regions are for versions before 6.0 only.
#[test]
fn regions_have_a_provider_configuration_only_before_version_6() {
    let providers = |rest: &str| shop(format!("{SPEC}{rest}")).files()["shared/ecr/providers.tf"].clone();
    let written = providers(VERSION_5);
    let body = hcl::parse(&written).expect("HCL");
    let blocks: Vec<&Block> = body.blocks().collect();
    let [home, replica] = blocks[..] else { panic!("{written}") };
    assert_eq!((optional(home, "alias"), value(expression(home, "region"))), (None, json!("eu-central-1")));
    assert_eq!(value(expression(replica, "alias")), "us_east_1");
    assert_eq!(value(expression(replica, "region")), "us-east-1");
    assert_eq!(value(expression(replica, "allowed_account_ids")), json!(["111111111111"]));
    for pin in ["", "terraform: { providers: { aws: \">= 6.0, < 7.0\" } }\n"] {
        assert_eq!(hcl::parse(&providers(pin)).expect("HCL").blocks().count(), 1, "{pin}");
    }
    // In a shared root module, hand-written files have it, and ecrgen checks its region.
    let shared = "terraform: { root: shared, providers: { aws: \"~> 5.100\" } }\n";
    let compiled = shop(format!("{SPEC}{shared}"));
    let module = compiled.module("shared/ecr");
    assert_eq!(module.heads("provider"), [""; 0]);
    assert_eq!(module.value("data aws_region ecr_us_east_1", "provider"), "${aws.us_east_1}");
    assert!(compiled.files()["shared/ecr/ecr_README.md"].contains("provider configuration aws.us_east_1"));
}

/// ECR creates a repository with default settings for an image that it replicates before Terraform creates the repository.
#[test]
fn replication_starts_after_the_replicas_exist() {
    let module = root(SPEC);
    let configuration = module.block("resource aws_ecr_replication_configuration ecr");
    assert_eq!(
        value(expression(configuration, "depends_on")),
        json!(["${aws_ecr_repository.cart_us_east_1}", "${aws_ecr_repository.team__search_us_east_1}"])
    );
    let rule = inner(inner(configuration, "replication_configuration"), "rule");
    let destination = inner(rule, "destination");
    assert_eq!(value(expression(destination, "region")), "us-east-1");
    assert_eq!(value(expression(destination, "registry_id")), "111111111111");
    let filters = rule.body().blocks().filter(|block| block.identifier() == "repository_filter");
    let filters: Vec<Value> = filters.map(|filter| value(expression(filter, "filter"))).collect();
    assert_eq!(filters, ["cart", "team/search"]);
}

/// Lambda functions run in the region of their repository (Lambda developer guide, "Create a Lambda function using a container
/// image").
#[test]
fn functions_are_those_of_the_region_of_the_replica() {
    let module = root(
        "registry: {}\nrepositories: { cart: { replicate_to: [us-east-1] } }\n\
         access: { job: { can: [pull], repositories: [cart], lambda: { functions: [job] } } }\n",
    );
    for (label, region) in [("cart", "eu-central-1"), ("cart_us_east_1", "us-east-1")] {
        let policy = module.value(&format!("resource aws_ecr_repository_policy {label}"), "policy").to_string();
        assert!(policy.contains(&format!(":lambda:{region}:")), "{policy}");
    }
}

/// ECR creates plain replicas itself.
#[test]
fn plain_replicas_have_only_the_replication_configuration() {
    let module =
        root("registry: {}\nrepositories: { cart: { replicate_to: [{ region: us-east-1, replica: plain }] } }\n");
    assert_eq!(
        module.heads("resource"),
        [
            "resource aws_ecr_registry_scanning_configuration ecr",
            "resource aws_ecr_replication_configuration ecr",
            "resource aws_ecr_repository cart"
        ]
    );
    let configuration = module.block("resource aws_ecr_replication_configuration ecr");
    assert!(optional(configuration, "depends_on").is_none());
    let destination = inner(inner(inner(configuration, "replication_configuration"), "rule"), "destination");
    assert_eq!(value(expression(destination, "registry_id")), "${data.aws_caller_identity.current.account_id}");
}

/// The registry module has no replicas, so they are resources.
#[test]
fn replicas_are_resources_beside_the_registry_module() {
    let spec = format!("{SPEC}terraform: {{ ecr_module: 3.2.0 }}\n").replace("force_delete: true, ", "");
    let module = root(&spec);
    assert_eq!(module.heads("module"), ["module cart", "module team__search"]);
    assert_eq!(
        module.heads("resource aws_ecr_repository "),
        ["resource aws_ecr_repository cart_us_east_1", "resource aws_ecr_repository team__search_us_east_1"]
    );
    let replica = module.block("resource aws_ecr_repository cart_us_east_1");
    assert_eq!(value(expression(inner(replica, "lifecycle"), "prevent_destroy")), true);
}

/// A multi-Region key has the same ID in each region.
#[test]
fn a_multi_region_key_encrypts_replicas_in_their_region() {
    let key = |region: &str| format!("arn:aws:kms:{region}:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab");
    let module = root(&format!(
        "registry: {{}}\nrepositories: {{ cart: {{ encryption: {{ kms: \"{}\" }}, replicate_to: [us-east-1] }} }}\n",
        key("eu-central-1")
    ));
    for (label, region) in [("cart", "eu-central-1"), ("cart_us_east_1", "us-east-1")] {
        let block = inner(module.block(&format!("resource aws_ecr_repository {label}")), "encryption_configuration");
        assert_eq!(value(expression(block, "kms_key")), key(region));
    }
}

/// The policy that another account needs is in a folder of its own, which no root module reads.
#[test]
fn another_account_gets_the_policy_of_its_registry() {
    let spec = "account: \"111111111111\"\nregistry: {}\n\
                repositories: { cart: { replicate_to: [{ region: us-east-1, account: \"222222222222\" }] }, search: {} }\n";
    let compiled = shop(spec);
    let files = compiled.files();
    let module = Module::read(&files, "shared/ecr-for-account-222222222222");
    assert!(files.contains_key("shared/ecr-for-account-222222222222/registry_us_east_1.tf"));
    let policy = module.value("resource aws_ecr_registry_policy ecr_us_east_1", "policy");
    assert_eq!(
        policy["Statement"],
        json!([{
            "Sid": "ReplicationFrom111111111111",
            "Effect": "Allow",
            "Principal": { "AWS": "arn:aws:iam::111111111111:root" },
            "Action": ["ecr:CreateRepository", "ecr:ReplicateImage"],
            "Resource": "arn:aws:ecr:us-east-1:222222222222:repository/cart*",
        }])
    );
    let readme = &files["shared/ecr/README.md"];
    assert!(readme.contains("registry of account 222222222222 in us-east-1"), "{readme}");
    assert!(readme.contains("shared/ecr-for-account-222222222222"), "{readme}");
}

/// A registry has one policy. If an environment of the spec writes it, a file with another one would replace it.
#[test]
fn a_registry_of_the_spec_gets_no_second_policy() {
    let spec = |accept: &str| {
        format!(
            "platform: shop\nregion: eu-central-1\nenvironments:\n  dev:\n    account: \"111111111111\"\n    registry: {{}}\n    \
             repositories: {{ cart: {{ replicate_to: [{{ region: us-east-1, account: \"222222222222\" }}] }} }}\n  \
             prod: {{ account: \"222222222222\", region: us-east-1, registry: {{ {accept} }} }}\n"
        )
    };
    let accepting = Compiled::of(spec("accept_replication_from: [\"111111111111\"]"));
    assert_eq!(accepting.codes(), [""; 0]);
    let refusing = Compiled::of(spec(""));
    let [finding] = refusing.findings() else { panic!("{:?}", refusing.codes()) };
    assert_eq!(finding.code.name, "replication-not-accepted");
    let help = "write `accept_replication_from: [\"111111111111\"]` under `registry` of `prod`";
    assert_eq!(finding.help.as_deref(), Some(help));
    for compiled in [accepting, refusing] {
        let files = compiled.files();
        let folder: Vec<&String> = files.keys().filter(|path| path.contains("for-account")).collect();
        assert_eq!(folder, [""; 0]);
        let readme = &files["dev/ecr/README.md"];
        assert!(readme.contains("replicate into it, of environment prod"), "{readme}");
    }
    let elsewhere = spec("").replace("region: us-east-1, registry", "region: eu-west-1, registry");
    let files = Compiled::of(elsewhere).files();
    assert!(files.contains_key("dev/ecr-for-account-222222222222/registry_us_east_1.tf"));
}

/// A key that is renamed takes its replicas along.
#[test]
fn renamed_repositories_move_their_replicas() {
    let module = root(
        "registry: {}\nrepositories: { basket: { was: cart, name: cart, replicate_to: [us-east-1], retention: [{ keep: 3, of: tagged }] } }\n",
    );
    let text = shop(
        "registry: {}\nrepositories: { basket: { was: cart, name: cart, replicate_to: [us-east-1], retention: [{ keep: 3, of: tagged }] } }\n",
    );
    let file = &text.files()["shared/ecr/replica_basket.tf"];
    assert_eq!(module.heads("moved").len(), 4, "two of the repository, two of its replica");
    for kind in ["aws_ecr_repository", "aws_ecr_lifecycle_policy"] {
        assert!(file.contains(&format!("from = {kind}.cart_us_east_1")), "{file}");
        assert!(file.contains(&format!("to   = {kind}.basket_us_east_1")), "{file}");
    }
}

/// A repository whose label is that of a replica has the same address.
#[test]
fn rejects_a_repository_with_the_label_of_a_replica() {
    let compiled: Compiled = shop(
        "registry: {}\nrepositories: { cart: { replicate_to: [us-east-1] }, cart-us-east-1: { replicate_to: [us-east-1] } }\n",
    );
    assert_eq!(compiled.codes(), ["labels-collide"]);
}
