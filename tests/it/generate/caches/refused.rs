//! Rules that are refused.

use super::{SECRET, spec};
use crate::change::guard::committed;
use crate::harness::{Compiled, HEAD, shop};

fn cache(prefix: &str, settings: &str) -> Compiled {
    shop(format!("registry: {{ pull_through_cache: {{ {prefix}: {{ {settings} }} }} }}\n"))
}

fn help(compiled: &Compiled) -> String {
    compiled.findings()[0].help.clone().unwrap_or_default()
}

#[test]
fn upstreams_with_a_login_need_a_credential() {
    for upstream in ["docker-hub", "github", "gitlab", "chainguard"] {
        let compiled = cache("hub", &format!("upstream: {upstream}"));
        assert_eq!(compiled.codes(), ["bad-pull-through-cache"], "{upstream}");
        assert!(help(&compiled).contains("ecr-pullthroughcache/"));
    }
    // Both mistakes in one run.
    assert_eq!(cache("hub", "upstream: azure").codes(), ["bad-pull-through-cache"; 2]);
    for upstream in ["quay", "k8s", "ecr-public"] {
        assert_eq!(cache("hub", &format!("upstream: {upstream}")).codes(), [""; 0], "{upstream}");
    }
}

#[test]
fn the_host_fits_the_upstream() {
    let credential = format!("credential: \"{SECRET}\"");
    for settings in [
        "upstream: quay, url: quay.io".to_owned(),
        format!("upstream: docker-hub, {credential}, url: docker.io"),
        "upstream: ecr".to_owned(),
        "upstream: ecr, url: acme.azurecr.io".to_owned(),
        "upstream: ecr, url: 2222.dkr.ecr.us-east-1.amazonaws.com".to_owned(),
        format!("upstream: azure, {credential}, url: acme.example.com"),
    ] {
        assert_eq!(cache("hub", &settings).codes(), ["bad-pull-through-cache"], "{settings}");
    }
    let own = "account: \"111111111111\"\nregistry: { pull_through_cache: { hub: { upstream: ecr, url: \
               111111111111.dkr.ecr.eu-central-1.amazonaws.com } } }\n";
    assert_eq!(shop(own).codes(), ["bad-pull-through-cache"]);
    let url = cache("hub", "upstream: azure, url: \"https://Acme.azurecr.io/path\"");
    assert!(url.codes().contains(&"malformed") && help(&url).contains("acme.azurecr.io"), "{:#?}", url.findings());
}

/// ECR API reference, CreatePullThroughCacheRule, `credentialArn`, and ECR user guide, "Creating a pull through cache rule":
/// the name, and the account and region of the rule.
#[test]
fn the_secret_is_one_that_ecr_can_read() {
    let compiled =
        cache("hub", &format!("upstream: github, credential: \"{}\"", SECRET.replace("ecr-pullthroughcache/", "")));
    assert_eq!(compiled.codes(), ["malformed"]);
    assert!(help(&compiled).contains("whose name begins with `ecr-pullthroughcache/`"));
    for (from, to) in [("eu-central-1", "us-east-1"), ("111111111111", "222222222222"), ("arn:aws:", "arn:aws-cn:")] {
        let elsewhere = spec().replace(SECRET, &SECRET.replace(from, to));
        assert_eq!(shop(elsewhere).codes(), ["secret-elsewhere"], "{to}");
    }
}

/// ECR API reference, CreatePullThroughCacheRule, `ecrRepositoryPrefix`: 2 to 30 characters.
#[test]
fn the_prefix_has_the_length_that_ecr_accepts() {
    for (prefix, codes) in [
        ("ab".to_owned(), &[""; 0][..]),
        ("a".repeat(30), &[]),
        ("ROOT".to_owned(), &[]),
        ("a".to_owned(), &["bad-prefix"]),
        ("a".repeat(31), &["bad-prefix"]),
    ] {
        assert_eq!(cache(&prefix, "upstream: quay").codes(), codes, "{prefix}");
    }
}

/// Below the prefix of a rule, ECR imports images of others.
#[test]
fn a_prefix_that_a_repository_uses_is_refused_with_both_places() {
    for (repositories, taken) in [
        ("{ quay: {} }", true),
        ("{ quay/app: {} }", true),
        ("{ cart: { name: quay/cart } }", true),
        ("{ quays: {}, my/quay: {} }", false),
    ] {
        let compiled = shop(format!(
            "repositories: {repositories}\nregistry: {{ pull_through_cache: {{ quay: {{ upstream: quay }} }} }}\n"
        ));
        assert_eq!(compiled.codes().contains(&"prefix-taken"), taken, "{repositories}");
        assert!(!taken || compiled.findings()[0].labels.len() == 2);
    }
    let twice = shop("registry:\n  pull_through_cache:\n    quay: { upstream: quay }\n    quay: { upstream: k8s }\n");
    assert_eq!(twice.codes(), ["duplicate-key"]);
    assert_eq!(twice.findings()[0].labels.len(), 2);
}

#[test]
fn a_registry_has_at_most_50_rules() {
    let rules = |count: usize| {
        let rules: Vec<String> = (0..count).map(|at| format!("c{at}: {{ upstream: quay }}")).collect();
        shop(format!("registry: {{ pull_through_cache: {{ {} }} }}\n", rules.join(", "))).codes()
    };
    assert_eq!(rules(50), [""; 0]);
    assert_eq!(rules(51), ["bad-pull-through-cache"]);
}

/// Nothing is lost with a rule, but pulls of images that are not cached fail.
#[test]
fn a_rule_that_leaves_the_output_is_a_warning() {
    let head = format!("{HEAD}repositories: {{ cart: {{}} }}\n");
    let case = committed(&format!("{head}registry: {{ pull_through_cache: {{ quay: {{ upstream: quay }} }} }}\n"));
    case.write("shop.yaml", format!("{head}registry: {{}}\n"));
    let outcome = case.run(&["check", "shop.yaml", "--out", "out"]);
    assert!(outcome.err.contains("feature-stops") && outcome.err.contains("aws_ecr_pull_through_cache_rule.quay"));
    assert!(!outcome.err.contains("error["), "{}", outcome.err);
}

/// An error in one rule drops all of them.
#[test]
fn an_error_in_a_rule_hides_no_prefix_of_the_others() {
    let spec = |caches: &str| {
        let access = "access: { n: { can: [pull, import], repositories: [quay], node_roles: [node] } }\n";
        shop(format!("registry: {{ pull_through_cache: {{ quay: {{ upstream: quay }}, {caches} }} }}\n{access}"))
    };
    for (caches, code) in [
        ("Bad: { upstream: quay }", "malformed"),
        ("hub: { upstream: docker }", "unknown-word"),
        ("k8s: { upstream: k8s, upstream_prefix: \"A b\" }", "malformed"),
    ] {
        assert_eq!(spec(caches).codes(), [code], "{caches}");
    }
}
