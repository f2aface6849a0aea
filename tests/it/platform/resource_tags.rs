//! AWS tags of one repository.

use crate::harness::{Compiled, shop};

fn cart(tags: &str) -> Compiled {
    shop(format!(
        "resource_tags: {{ Owner: ops }}\nrepositories: {{ cart: {{ resource_tags: {{ {tags} }} }}, mail: {{}} }}\n"
    ))
}

#[test]
fn they_override_the_tags_of_the_platform() {
    let module = cart("Owner: web, Name: \"{platform} cart\"").module("shared/ecr");
    let tags = |name: &str| module.value(&format!("resource aws_ecr_repository {name}"), "tags");
    assert_eq!(tags("cart"), "${merge(local.standard_tags, { Name = \"shop cart\", Owner = \"web\" })}");
    assert_eq!(tags("mail"), "${local.standard_tags}");
}

#[test]
fn the_ecr_module_gets_the_same_tags() {
    let spec = "terraform: { ecr_module: \"3.2.0\" }\nrepositories: { cart: { resource_tags: { Team: web } } }\n";
    let tags = shop(spec).module("shared/ecr").value("module cart", "tags");
    assert_eq!(tags, "${merge(local.standard_tags, { Team = \"web\" })}");
}

/// ECR API reference, Tag; AWS General Reference, "Tag naming limits and requirements".
#[test]
fn rejects_tags_that_aws_does_not_allow() {
    let long = format!("a: \"{}\"", "x".repeat(257));
    for tags in ["\"aws:a\": b", "a: \"b&c\"", "\"a;b\": c", long.as_str(), "a: \"{account}\""] {
        let codes = cart(tags).codes();
        let wanted = if tags.contains("{account}") { "placeholder-without-value" } else { "bad-resource-tag" };
        assert_eq!(codes, [wanted], "{tags}");
    }
    let both = cart("\"O!\": \"a&b\"");
    assert_eq!(both.messages().len(), 2, "key and value");
    assert!(both.messages()[0].contains("`!` in a tag key"), "{:?}", both.messages());
    // ECR distinguishes keys by case, but IAM does not.
    assert_eq!(cart("team: a, Team: b").codes(), [""; 0]);
    assert_eq!(cart("\"\\u212b\": a, \"\\u00c5\": b").codes(), ["bad-resource-tag"], "the same key in NFC");
}

#[test]
fn limits_the_number_of_tags_including_those_of_the_platform() {
    let many = |count: usize| (0..count).map(|i| format!("k{i}: v")).collect::<Vec<_>>().join(", ");
    assert_eq!(cart(&many(49)).codes(), [""; 0]);
    assert_eq!(
        cart(&format!("Owner: web, {}", many(49))).codes(),
        [""; 0],
        "one of the keys overrides a key of the platform"
    );
    let compiled = cart(&many(50));
    assert_eq!(compiled.messages(), ["too many tags: AWS allows 50 per resource, and this one would have 51"]);
    assert_eq!(&*compiled.findings()[0].path, "repositories.cart.resource_tags");
}

#[test]
fn defaults_apply_to_repositories_without_tags() {
    let spec = "repository_defaults: { resource_tags: { Team: web } }\n\
                repositories: { cart: {}, mail: { resource_tags: { Tier: \"1\" } } }\n";
    let compiled = shop(spec);
    let platform = compiled.platform();
    let keys = |key: &str| {
        platform
            .repository(key)
            .expect("a repository")
            .resource_tags
            .value
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>()
    };
    assert_eq!((keys("cart"), keys("mail")), (vec!["Team"], vec!["Tier"]));
}
