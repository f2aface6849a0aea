//! A module that takes over the state of another one: Terraform would destroy what that state holds.

use crate::harness::{Case, Outcome};

const REPOSITORIES: &str = "region: eu-central-1\nrepositories: { cart: {} }\n";

fn backend(more: &str) -> String {
    format!("terraform: {{ backend: {{ s3: {{ bucket: acme-state{more} }} }}")
}

fn spec(platform: &str, terraform: &str) -> String {
    format!("platform: {platform}\nenvironment: shared\n{REPOSITORIES}{terraform} }}\n")
}

fn render(case: &Case, specs: &[&str]) -> Outcome {
    case.run(&[&["render"], specs, &["--out", "out"]].concat())
}

fn refused(outcome: &Outcome) {
    assert_eq!(outcome.status, 2, "{}{}", outcome.out, outcome.err);
    assert!(outcome.err.contains("error[state-taken]"), "{}", outcome.err);
}

fn good(outcome: &Outcome) {
    assert_eq!(outcome.status, 0, "{}{}", outcome.out, outcome.err);
}

/// A copy of the state stays in the old place, also long after the move.
#[test]
fn another_platform_cannot_take_the_state_that_a_module_had() {
    let moved = "state_was: [s3 acme-state/shop/shared/ecr/terraform.tfstate] ";
    let other = spec("mill", &format!("{}, directory: mill", backend(", key: shop/shared/ecr/terraform.tfstate")));
    let other = other.replace("cart", "flour");
    let case = Case::new().file("shop.yaml", spec("shop", &backend(""))).file("mill.yaml", other);
    good(&render(&case, &["shop.yaml"]));
    let renamed = backend(", key: new.tfstate").replace("{ backend", &format!("{{ {moved}, backend"));
    case.write("shop.yaml", spec("shop", &renamed));
    // In the change that moves the state, and in a later one that no longer states the move.
    refused(&render(&case, &["shop.yaml", "mill.yaml"]));
    good(&render(&case, &["shop.yaml"]));
    case.write("shop.yaml", spec("shop", &backend(", key: new.tfstate")));
    good(&render(&case, &["shop.yaml"]));
    refused(&render(&case, &["shop.yaml", "mill.yaml"]));
    // The module itself can move back.
    let back = backend("").replace("{ backend", "{ state_was: [s3 acme-state/new.tfstate], backend");
    case.write("shop.yaml", spec("shop", &back));
    good(&render(&case, &["shop.yaml"]));
}

fn environments(of: &str) -> String {
    format!("platform: shop\n{REPOSITORIES}environments:\n{of}")
}

#[test]
fn environments_cannot_exchange_their_states() {
    let of = |dev: &str, prod: &str| {
        environments(&format!(
            "  dev: {{ account: \"111111111111\", terraform: {{ {dev} }} }}\n  prod: {{ account: \"222222222222\", terraform: {{ {prod} }} }}\n"
        ))
    };
    let case = Case::new().file("shop.yaml", of("directory: a", "directory: b"));
    good(&render(&case, &["shop.yaml"]));
    case.write("shop.yaml", of("directory: b, state_was: [folder a]", "directory: a, state_was: [folder b]"));
    refused(&render(&case, &["shop.yaml"]));
}

#[test]
fn a_new_environment_cannot_take_the_state_of_one_that_moves_away() {
    let dev = |directory: &str| format!("  dev: {{ account: \"111111111111\", terraform: {{ {directory} }} }}\n");
    let case = Case::new().file("shop.yaml", environments(&dev("directory: a")));
    good(&render(&case, &["shop.yaml"]));
    let test = "  test: { account: \"333333333333\", terraform: { directory: a } }\n";
    let moved = dev("directory: b, state_was: [folder a]");
    case.write("shop.yaml", environments(&format!("{moved}{test}")));
    refused(&render(&case, &["shop.yaml"]));
    case.write("shop.yaml", environments(&format!("{moved}{}", test.replace("directory: a", "directory: c"))));
    good(&render(&case, &["shop.yaml"]));
}
