//! Replication that ECR or ecrgen cannot do.

use crate::harness::{Compiled, Specs, shop};

fn messages(rest: &str) -> Vec<String> {
    shop(format!("registry: {{}}\n{rest}")).messages().into_iter().map(str::to_owned).collect()
}

/// ECR user guide, "Private image replication": registries of the same partition, each once.
#[test]
fn rejects_registries_that_cannot_be_destinations() {
    for (to, message) in [
        ("[eu-central-1]", "a registry cannot be replicated to itself: eu-central-1 is the region of this spec"),
        (
            "[cn-north-1]",
            "cn-north-1 is in the partition aws-cn, but eu-central-1 is in aws: ECR replicates only within a partition",
        ),
        ("[us-east-1, { region: us-east-1, replica: plain }]", "images are replicated to us-east-1 twice"),
        (
            "[{ region: us-east-1, account: \"222222222222\" }]",
            "replicating to account 222222222222 needs the account of this spec: the registry policy there must name it",
        ),
        (
            "[{ region: us-east-1, replica: plain, encryption: kms }]",
            "ECR creates a `plain` replica, which always has the default encryption",
        ),
        ("[us-east-9]", "`us-east-9` is not a known AWS region"),
    ] {
        // One of the defaults is reported once.
        let spec =
            format!("repository_defaults: {{ replicate_to: {to} }}\nrepositories: {{ cart: {{}}, search: {{}} }}\n");
        assert_eq!(messages(&spec), [message], "{to}");
    }
}

#[test]
fn another_account_can_be_in_the_same_region_and_manages_its_own_repositories() {
    let spec = |to: &str| {
        format!(
            "account: \"111111111111\"\nrepositories: {{ cart: {{ replicate_to: [{{ region: eu-central-1, {to} }}] }} }}\n"
        )
    };
    assert_eq!(messages(&spec("account: \"222222222222\"")), [""; 0]);
    assert_eq!(
        messages(&spec("account: \"111111111111\"")),
        ["a registry cannot be replicated to itself: eu-central-1 is the region of this spec"]
    );
    let managed = "the root module cannot manage a replica in account 222222222222";
    assert_eq!(messages(&spec("account: \"222222222222\", replica: managed")), [managed]);
    assert_eq!(messages(&spec("account: \"222222222222\", encryption: kms")), [managed]);
}

/// A full name is a prefix too: both places are shown, and what can be done.
#[test]
fn rejects_a_name_that_another_one_begins_with() {
    let compiled =
        shop("registry: {}\nrepositories:\n  web: { replicate_to: [us-east-1] }\n  web-admin: {}\n  shop-web: {}\n");
    assert_eq!(
        compiled.message(),
        "replicating `web` to us-east-1 also replicates web-admin: ECR selects repositories by the beginning of their names"
    );
    let finding = &compiled.findings()[0];
    assert_eq!(finding.code.name, "replicated-by-prefix");
    assert_eq!(finding.labels.len(), 2, "both places: {finding:?}");
    // If both are replicated, one filter is enough.
    assert_eq!(
        messages("repositories: { web: { replicate_to: [us-east-1] }, web-admin: { replicate_to: [us-east-1] } }\n"),
        [""; 0]
    );
    // Replicating the longer name leaves out the shorter one.
    assert_eq!(messages("repositories: { web: {}, web-admin: { replicate_to: [us-east-1] } }\n"), [""; 0]);
}

/// Another environment in the same account and region has its repositories in the same registry.
#[test]
fn rejects_a_name_that_one_of_another_environment_or_spec_begins_with() {
    let spec = |account: &str| {
        format!(
            "platform: shop\nregion: eu-central-1\nnames: {{ repository: \"{{repository}}-{{environment}}\" }}\n\
             repositories: {{ web: {{}} }}\nenvironments:\n  prod:\n    account: \"111111111111\"\n    registry: {{}}\n    \
             repositories: {{ web: {{ replicate_to: [us-east-1] }} }}\n  prod-test: {{ account: \"{account}\" }}\n"
        )
    };
    assert_eq!(
        Compiled::of(spec("111111111111")).messages(),
        [
            "replicating `web-prod` to us-east-1 also replicates web-prod-test: ECR selects repositories by the beginning of their names"
        ]
    );
    assert_eq!(Compiled::of(spec("222222222222")).messages(), [""; 0]);

    let one = |platform: &str, rest: &str| {
        format!(
            "platform: {platform}\nenvironment: shared\nregion: eu-central-1\naccount: \"111111111111\"\n\
             terraform: {{ directory: {platform} }}\n{rest}"
        )
    };
    let shop = one("shop", "registry: {}\nrepositories: { web: { replicate_to: [us-east-1] } }\n");
    let together = |mill: &str| Specs::default().spec("shop", &shop).spec("mill", one("mill", mill)).compile();
    let found = together("repositories: { web-mill: {} }\n");
    assert_eq!(found.codes(), ["replicated-by-prefix"]);
    assert_eq!(together("repositories: { mill-web: {} }\n").codes(), [""; 0]);
    // The managed replica has the name of a repository of the other spec.
    let there = together("repositories: { web: {} }\n");
    assert!(
        there
            .messages()
            .iter()
            .any(|message| message.contains("the repository `web` in eu-central-1 is defined twice"))
    );
    let replica = one("mill", "repositories: { web: {} }\n").replace("eu-central-1", "us-east-1");
    let both = Specs::default().spec("shop", &shop).spec("mill", replica).compile();
    assert_eq!(
        both.messages(),
        [
            "the repository `web` in us-east-1 is defined twice, by the platforms `mill` and `shop`, in `mill` and `shop`"
        ]
    );
}

/// Only a key that is known to be in the region of the replica can encrypt it.
#[test]
fn rejects_keys_of_other_regions_for_replicas() {
    let key = |region: &str, id: &str| format!("\"arn:aws:kms:{region}:123456789012:key/{id}\"");
    let single = key("eu-central-1", "1234abcd-12ab-34cd-56ef-1234567890ab");
    let spec = |own: &str, replica: &str| {
        format!("repositories: {{ cart: {{ encryption: {own}, replicate_to: [{{ region: us-east-1{replica} }}] }} }}\n")
    };
    let kms = |value: &str| format!("{{ kms: {value} }}");
    let replica = |value: &str| format!(", encryption: {{ kms: {value} }}");
    for (own, of_replica, why) in [
        (kms(&single), String::new(), "this KMS key is in eu-central-1"),
        (kms("alias/registry"), String::new(), "an alias names a different KMS key in each region"),
        (kms("{ variable: key }"), String::new(), "a variable can hold a KMS key of any region"),
        ("aes256".into(), replica(&single), "this KMS key is in eu-central-1"),
    ] {
        assert_eq!(
            messages(&spec(&own, &of_replica)),
            [format!("{why}, but this is for the replica in us-east-1")],
            "{own}"
        );
    }
    let there = key("us-east-1", "1234abcd-12ab-34cd-56ef-1234567890ab");
    for (own, of_replica) in [
        (kms(&key("eu-central-1", "mrk-1234abcd12ab34cd56ef1234567890ab")), String::new()),
        (kms(&single), replica(&there)),
        (kms("create"), String::new()),
        ("kms".into(), String::new()),
        (kms(&single), ", replica: plain".into()),
    ] {
        assert_eq!(messages(&spec(&own, &of_replica)), [""; 0], "{own}{of_replica}");
    }
}

/// terraform-provider-aws 6.62.0, aws_ecr_replication_configuration: at most 10 rules.
#[test]
fn rejects_more_than_the_provider_accepts() {
    let regions = [
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "eu-north-1",
        "sa-east-1",
        "ca-central-1",
        "ap-south-1",
    ];
    let spec = |count: usize| {
        let repositories: Vec<String> = regions
            .iter()
            .take(count)
            .enumerate()
            .map(|(n, region)| format!("r{n:02}: {{ replicate_to: [{region}] }}"))
            .collect();
        format!("repositories: {{ {} }}\n", repositories.join(", "))
    };
    assert_eq!(messages(&spec(10)), [""; 0]);
    let said = "the replication configuration would have 11 rules, one for each set of repositories, but at most 10 are possible";
    assert_eq!(messages(&spec(11)), [said]);
}

#[test]
fn names_the_key_to_add_without_registry() {
    let found = shop("repositories: { cart: { replicate_to: [us-east-1] } }\n");
    assert_eq!(found.codes(), ["replication-without-registry"]);
    assert!(found.findings()[0].help.as_deref().is_some_and(|help| help.starts_with("add `registry: {}`")));
}
