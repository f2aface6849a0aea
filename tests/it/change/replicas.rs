//! A change that would delete or replace replicas is refused until the spec confirms it.

use super::guard::{accepted, committed, refused};

const SHOP: &str = "\
platform: shop
environment: shared
region: eu-central-1
registry: {}
repositories:
  cart: { replicate_to: [us-east-1, us-west-2] }
  search: {}
";

fn with(to: &str) -> String {
    SHOP.replace("[us-east-1, us-west-2]", to)
}

#[test]
fn a_region_that_leaves_the_list_is_refused() {
    let words = [
        "replica-lost",
        "the replica of `cart` in us-west-2 is no longer in the output: applying this would delete it and its images there",
        "to keep it in AWS, write `removed: { aws_ecr_repository.cart_us_west_2: retain }`",
        "first apply `force_delete: true` under `repositories.cart`",
    ];
    refused(&committed(SHOP), &with("[us-east-1]"), &words);
    refused(
        &committed(SHOP),
        &with("none"),
        &["the replica of `cart` in us-east-1", "the replica of `cart` in us-west-2"],
    );
}

/// The files for another account are applied there. They are not part of the workspace's module.
#[test]
fn what_is_for_another_account_moves_no_state() {
    let spec = with("[{ region: eu-west-1, account: \"222222222222\" }]");
    let spec = format!("{spec}account: \"111111111111\"\nworkspace: {{ organization: acme }}\n");
    let case = committed(&spec);
    accepted(&case, &spec);
    // Earlier manifests list them like a second bootstrap module.
    let manifest = case.read("out/.ecrgen/shop.json");
    let module = "\n    \"shared/ecr-for-account-222222222222\": { \"environment\": \"shared\", \"target\": \"bootstrap\", \
                  \"state\": \"folder shared/ecr-for-account-222222222222\", \"account\": \"111111111111\", \"resources\": {} },";
    let earlier = manifest.replacen("\"modules\": {", &format!("\"modules\": {{{module}"), 1);
    assert_ne!(earlier, manifest);
    case.write("out/.ecrgen/shop.json", earlier);
    accepted(&case, &spec);
    assert_eq!(case.read("out/.ecrgen/shop.json"), manifest);
}

/// As a plain replica it would leave the Terraform code too.
#[test]
fn a_replica_that_becomes_plain_is_refused_and_can_be_retained() {
    let plain = with("[us-east-1, { region: us-west-2, replica: plain }]");
    refused(&committed(SHOP), &plain, &["replica-lost", "us-west-2"]);
    let case = committed(SHOP);
    accepted(&case, &format!("{plain}removed: {{ aws_ecr_repository.cart_us_west_2: retain }}\n"));
    let removed = case.read("out/shared/ecr/removed.tf");
    for kind in ["aws_ecr_repository", "aws_ecr_lifecycle_policy", "aws_ecr_repository_policy"] {
        assert!(removed.contains(&format!("from = {kind}.cart_us_west_2")), "{removed}");
    }
    assert!(removed.contains("destroy = false") && !removed.contains("destroy = true"), "{removed}");
}

/// Removing a repository does not remove its replicas unseen.
#[test]
fn a_removed_repository_has_replicas_to_decide_about() {
    let without = SHOP.replace("  cart: { replicate_to: [us-east-1, us-west-2] }\n", "");
    let retained = format!("{without}removed: {{ cart: retain }}\n");
    refused(&committed(SHOP), &retained, &["replica-lost", "aws_ecr_repository.cart_us_east_1: retain"]);
    let all = "removed: { cart: retain, aws_ecr_repository.cart_us_east_1: retain, aws_ecr_repository.cart_us_west_2: retain }\n";
    accepted(&committed(SHOP), &format!("{without}{all}"));
}

#[test]
fn a_replica_is_deleted_once_its_images_can_be() {
    let delete = format!("{}removed: {{ aws_ecr_repository.cart_us_west_2: delete }}\n", with("[us-east-1]"));
    let words = ["not-deletable", "the replica of `cart` in us-west-2 cannot be deleted yet", "force_delete: true"];
    refused(&committed(SHOP), &delete, &words);
    let case = committed(SHOP);
    accepted(&case, &with("[us-east-1, us-west-2], force_delete: true"));
    accepted(&case, &delete.replace("[us-east-1]", "[us-east-1], force_delete: true"));
    assert!(!case.read("out/shared/ecr/replica_cart.tf").contains("us-west-2"));
}

#[test]
fn a_removed_replica_is_not_also_in_the_spec() {
    let both = format!("{SHOP}removed: {{ aws_ecr_repository.cart_us_west_2: retain }}\n");
    refused(&committed(SHOP), &both, &["removed-and-there", "under both `removed` and `replicate_to`"]);
}

/// A renamed key moves the replicas, and a change of the name in AWS replaces them.
#[test]
fn replicas_follow_their_repository() {
    let renamed = SHOP.replace("  cart: {", "  basket: { was: cart, name: cart,");
    accepted(&committed(SHOP), &renamed);
    let words =
        ["the name of the replica of `basket` in us-east-1 from cart to basket makes AWS replace the repository"];
    refused(&committed(SHOP), &renamed.replace(" name: cart,", ""), &words);
}

#[test]
fn a_change_of_the_encryption_is_refused() {
    let other = with("[us-east-1, { region: us-west-2, encryption: kms }]");
    let words = ["repository-replaced", "the encryption of the replica of `cart` in us-west-2 from AES256 to KMS"];
    refused(&committed(SHOP), &other, &words);
}

/// The key of a region belongs to its replicas.
#[test]
fn the_key_of_a_region_is_protected() {
    let encrypted = SHOP.replace("replicate_to", "encryption: { kms: create }, replicate_to");
    let fewer = encrypted.replace("[us-east-1, us-west-2]", "[us-east-1]");
    refused(
        &committed(&encrypted),
        &fewer,
        &["`aws_kms_key.ecr_us_west_2` is no longer in the output", "replica-lost"],
    );
    let retained = "removed: { aws_ecr_repository.cart_us_west_2: retain, aws_kms_key.ecr_us_west_2: retain }\n";
    let case = committed(&encrypted);
    accepted(&case, &format!("{fewer}{retained}"));
    let removed = case.read("out/shared/ecr/removed.tf");
    assert!(removed.contains("from = aws_kms_key.ecr_us_west_2"), "the key of the home region stays: {removed}");
    let lost = retained.replace("aws_kms_key.ecr_us_west_2: retain", "aws_kms_key.ecr_us_west_2: delete");
    refused(
        &committed(&encrypted),
        &format!("{fewer}{lost}"),
        &["key-lost", "the replica of `cart` in us-west-2 stays in AWS"],
    );
}

/// A state of provider 5 has no regions.
#[test]
fn the_argument_region_replaces_provider_configurations_only_when_the_spec_says_so() {
    let pinned = |aws: &str| format!("{SHOP}terraform: {{ providers: {{ aws: \"{aws}\" }} }}\n");
    let case = committed(&pinned("~> 5.100"));
    let words = ["replica-provider-changed", "look for them in eu-central-1", "replicas_were: alias"];
    refused(&case, &pinned("~> 6.28"), &words);
    // Both versions are allowed, so each region still has its provider configuration.
    accepted(&case, &pinned(">= 5.100, < 7.0"));
    refused(&case, &pinned("~> 6.28"), &words);
    accepted(&case, &format!("{SHOP}terraform: {{ replicas_were: alias, providers: {{ aws: \"~> 6.28\" }} }}\n"));
    accepted(&case, &pinned("~> 6.28"));
    // The other way around, the region of the provider is the one that the state has.
    accepted(&case, &pinned("~> 5.100"));
}

#[test]
fn a_replica_that_comes_back_may_still_be_in_aws() {
    let case = committed(SHOP);
    accepted(&case, &format!("{}removed: {{ aws_ecr_repository.cart_us_west_2: retain }}\n", with("[us-east-1]")));
    case.write("shop.yaml", SHOP);
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert!(outcome.err.contains("warning[returning-repository]"), "{}", outcome.err);
    assert!(outcome.err.contains("to = aws_ecr_repository.cart_us_west_2"), "{}", outcome.err);
    assert!(outcome.err.contains("id = \"cart@us-west-2\""), "{}", outcome.err);
}
