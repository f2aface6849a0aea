//! What ecrgen does not generate: the help names the file to write by hand, instead of listing keys.

use crate::harness::{Compiled, HEAD};

fn help(spec: &str) -> String {
    let compiled = Compiled::of(format!("{HEAD}{spec}"));
    let unknown = compiled.findings().iter().find(|finding| finding.code.name == "unknown-key");
    unknown.and_then(|finding| finding.help.clone()).unwrap_or_else(|| panic!("{spec}{:#?}", compiled.findings()))
}

/// Features of the provider and of Terraform that the language does not have.
#[test]
fn names_the_file_to_write_by_hand() {
    let by_hand = "write a `.tf` file for that in the same folder as the output, which ecrgen leaves alone, or ask for a \
                   key in its issue tracker";
    let rest = "repositories: { shop: {} }\n";
    for (spec, feature) in [
        ("registry: { replication: { eu-west-1: all } }\n", "replication rules"),
        ("registry: { scanning_configuration: ENHANCED }\n", "the scanning configuration of the registry"),
        ("replication: [eu-west-1]\n", "replication rules"),
        ("vpc_endpoints: [vpc-1]\n", "VPC endpoints"),
        ("resource: {}\n", "other blocks of Terraform"),
    ] {
        assert_eq!(help(&format!("{spec}{rest}")), format!("ecrgen does not generate {feature}; {by_hand}"), "{spec}");
    }
    let timeouts = help("repositories: { shop: { timeouts: { delete: 20m } } }\n");
    assert_eq!(timeouts, format!("ecrgen does not generate this part of Terraform; {by_hand}"));
}

/// A key that the language has under another name is not written by hand.
#[test]
fn names_the_key_of_the_language_if_it_has_one() {
    assert!(help("repositories: { shop: { repository_policy: {} } }\n").contains("`policy_statements`"));
    assert!(help("repositories: { shop: { lifecycle: {} } }\n").contains("`retention`"));
    let groups = "repositories: { shop: {} }\naccess: { dev: { can: [pull], repositories: all, groups: [dev] } }\n";
    assert!(help(groups).starts_with("an IAM group cannot be a principal"));
    assert!(help("creation_templates: {}\n").contains("`repository_templates`"));
    assert!(help("tags: {}\nrepositories: { shop: {} }\n").contains("`resource_tags`"));
}
