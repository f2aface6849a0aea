//! `ecrgen access` about replicas.

use serde_json::Value;

use crate::harness::Case;

const SHOP: &str = "\
platform: shop
environment: shared
region: eu-central-1
account: \"111111111111\"
registry: {}
repositories:
  cart: { replicate_to: [us-east-1, { region: us-west-2, replica: plain }] }
  search: {}
access:
  nodes: { can: [pull], repositories: all, node_roles: [eks-node] }
  ci: { can: [push], repositories: all, assumed_by: [\"arn:aws:iam::111111111111:role/ci\"] }
  partner: { can: [pull], repositories: [cart], accounts: [\"222222222222\"] }
";

/// The repository policy is copied to the replica that the root module creates, and not to the one that ECR creates.
#[test]
fn answers_about_a_replica() {
    let case = Case::new().file("shop.yaml", SHOP);
    for (principal, action, region, status) in [
        ("nodes", "pull", "us-east-1", 0),
        ("nodes", "pull", "us-west-2", 0),
        ("nodes", "pull", "eu-west-1", 1),
        ("ci", "push", "us-east-1", 1),
        ("ci", "push", "eu-central-1", 0),
        ("222222222222", "pull", "us-east-1", 0),
        ("222222222222", "pull", "us-west-2", 1),
    ] {
        let arn = format!("arn:aws:ecr:{region}:111111111111:repository/cart");
        let outcome = case.run(&["access", "shop.yaml", "--can", principal, action, &arn]);
        assert_eq!((outcome.status, outcome.err.as_str()), (status, ""), "{principal} {region}: {}", outcome.out);
    }
}

#[test]
fn lists_replicas() {
    let case = Case::new().file("shop.yaml", SHOP);
    let text = case.run(&["access", "shop.yaml"]).out;
    assert!(text.contains("replica cart in us-east-1"), "{text}");
    assert!(text.contains("replica cart in us-west-2"), "{text}");
    let json: Value = serde_json::from_str(&case.run(&["access", "shop.yaml", "--format", "json"]).out).expect("JSON");
    let rows = json["platforms"][0]["replicas"].as_array().expect("a list").iter();
    let mut rows: Vec<(String, String)> = rows
        .map(|row| {
            let text = |key: &str| row[key].as_str().expect("text").to_owned();
            (text("principal"), text("repository"))
        })
        .collect();
    rows.sort();
    let arn = |region: &str| format!("arn:aws:ecr:{region}:111111111111:repository/cart");
    let row = |principal: &str, region: &str| (principal.to_owned(), arn(region));
    assert_eq!(rows, [row("nodes", "us-east-1"), row("nodes", "us-west-2"), row("partner", "us-east-1")]);
}
