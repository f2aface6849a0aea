//! What `ecrgen simulate` says when its input is not what it takes.

use super::listing;
use crate::harness::{Case, Outcome};

const SPEC: &str = "
platform: shop
environments: { dev: {}, prod: { repositories: { shop: {} } } }
region: eu-central-1
image_tags: { release: \"v{version}\" }
";

const ONE: &str = "
platform: shop
environment: dev
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories: { shop: { retention: [{ keep: 1, of: release }] } }
";

fn run(spec: &str, more: &[&str]) -> Outcome {
    let images = listing(&[('a', &["v1.0.0"], 10, 100), ('b', &["v1.1.0"], 5, 100)]);
    let in_use = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:v1.1.0\nhello\n999999999999.dkr.ecr.eu-central-1.amazonaws.com/shop:v1.0.0\n";
    let case = Case::new().file("ecrgen.yaml", spec).file("images.json", images).file("in-use.txt", in_use);
    case.run(&[&["simulate", "--at", "2026-11-21"], more].concat())
}

fn refused(more: &[&str]) -> String {
    let outcome = run(SPEC, more);
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""), "{more:?}");
    outcome.err
}

#[test]
fn an_environment_without_repositories_is_a_whole_sentence() {
    for more in [&["--images", "images.json"][..], &["--schedule", "release: 1/day for 3d"]] {
        let more = [&["--environment", "dev"], more].concat();
        assert_eq!(refused(&more), "error: environment `dev` of ecrgen.yaml has no repositories\n");
    }
}

#[test]
fn an_unknown_environment_is_an_error_with_the_known_ones() {
    for more in [&[][..], &["--images", "images.json"], &["--schedule", "release: 1/day for 3d"]] {
        let of = |name: &'static str| refused(&[&["--environment", name], more].concat());
        assert_eq!(of("prd"), "error: the environment `prd` does not exist: did you mean `prod`?\n");
        assert_eq!(of("staging"), "error: the environment `staging` does not exist: environments: dev, prod\n");
    }
}

#[test]
fn a_missing_expectation_is_named() {
    let without = run(SPEC, &["--environment", "dev"]);
    assert_eq!(without.out, "there is no `expect` section; add one to the spec, or pass --images or --schedule\n");
    let spec =
        format!("{ONE}  cart: {{}}\nexpect: {{ kept: {{ repository: shop, tag: v1.0.0, age: 1d, is: kept }} }}\n")
            .replace(
                "repositories: { shop: { retention: [{ keep: 1, of: release }] } }\n",
                "repositories:\n  shop: {}\n",
            );
    let other = run(&spec, &["--repository", "cart"]);
    assert_eq!(other.out, "no expectation is about the repository cart; add one, or pass --images or --schedule\n");
}

#[test]
fn a_schedule_without_sizes_states_the_assumed_size() {
    let assumed =
        "note: images without a size in the schedule count as 500.0 MB each; `of 200MB` at the end of a line sets it\n";
    let without = run(ONE, &["--schedule", "release: 1/day for 3d"]);
    assert!(without.out.ends_with(assumed), "{}", without.out);
    assert!(!run(ONE, &["--schedule", "release: 1/day for 3d of 1GB"]).out.contains("count as"));
    let json = run(ONE, &["--schedule", "release: 1/day for 3d", "--format", "json"]).out;
    assert!(json.contains("count as 500.0 MB each"), "{json}");
}

/// The account of the listing is 123456789012, and the repository is `shop`.
#[test]
fn images_in_use_that_are_not_in_the_listing_are_named() {
    let outcome = run(ONE, &["--images", "images.json", "--in-use", "in-use.txt"]);
    let said = "note: 2 images of --in-use are not in this listing: hello:latest, shop:v1.0.0 of account 999999999999";
    assert!(outcome.out.contains(said), "{}", outcome.out);
    assert_eq!(outcome.out.matches("not in this listing").count(), 1);
}

#[test]
fn an_untagged_image_without_a_digest_has_no_empty_list_of_tags() {
    for (image, said) in [
        ("{ \"imagePushedAt\": 1760000000 }", "image 1 (untagged) has no imageDigest"),
        ("{ \"imageTags\": [\"a\", \"b\"], \"imagePushedAt\": 1760000000 }", "image 1 (tags: a, b) has no imageDigest"),
    ] {
        let case = Case::new().file("ecrgen.yaml", ONE).file("images.json", format!("{{\"imageDetails\": [{image}]}}"));
        let outcome = case.run(&["simulate", "--images", "images.json"]);
        assert!(outcome.status == 2 && outcome.err.contains(said), "{}", outcome.err);
    }
}

#[test]
fn a_repository_of_several_environments_needs_only_the_environment() {
    let spec = SPEC.replace(
        "dev: {}, prod: { repositories: { shop: {} } }",
        "dev: { account: \"111111111111\" }, prod: { account: \"222222222222\" }",
    );
    let spec = format!("{spec}repositories: {{ shop: {{}}, mail: {{}} }}\n");
    let error = "error: select the environment of the repository shop with --environment: dev, prod\n";
    for more in [&["--images", "images.json"][..], &["--images", "images.json", "--repository", "shop"]] {
        let outcome = run(&spec, more);
        assert_eq!((outcome.status, outcome.err.as_str()), (2, error), "{more:?}");
    }
}
