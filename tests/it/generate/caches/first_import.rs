//! The first import of an image into a repository that does not exist yet.

use ecrgen::permissions::{EffectivePermissions, Query};

use crate::harness::{Compiled, shop};

/// The actions that an entry has on a repository, of the two that only the first import needs.
fn has(compiled: &Compiled, principal: &str, repository: &str) -> Vec<&'static str> {
    let policies = compiled.policies();
    let permissions = [EffectivePermissions::of(&policies)];
    let allowed = |action: &&str| {
        let query = Query { principal, action, repository };
        query.answer(&permissions).expect("an answer").is_yes()
    };
    ["ecr:CreateRepository", "ecr:TagResource"].into_iter().filter(allowed).collect()
}

const QUAY: &str = "registry: { pull_through_cache: { quay: { upstream: quay } } }\n";

fn nodes(repositories: &str) -> String {
    format!("access: {{ nodes: {{ can: [pull, import], repositories: {repositories}, node_roles: [eks] }} }}\n")
}

/// The template with the longest prefix decides about the tags, and ECR adds them with the permissions of the caller.
#[test]
fn a_template_below_the_prefix_of_a_rule_decides_about_its_own_tags() {
    let templates = "repository_templates:
  quay: { created_by: [pull_through_cache], tag_mutability: mutable }
  quay/a: { created_by: [pull_through_cache], tag_mutability: mutable, resource_tags: { Team: a } }
";
    for (repositories, below_a, below_quay) in [
        ("[quay]", &["ecr:CreateRepository", "ecr:TagResource"][..], &["ecr:CreateRepository"][..]),
        ("all", &["ecr:CreateRepository", "ecr:TagResource"], &["ecr:CreateRepository"]),
        ("[quay/a]", &["ecr:CreateRepository", "ecr:TagResource"], &[]),
    ] {
        let compiled = shop(format!("{QUAY}{templates}{}", nodes(repositories)));
        assert_eq!(compiled.codes(), [""; 0], "{repositories}");
        assert_eq!(has(&compiled, "nodes", "quay/a/app"), below_a, "{repositories}");
        assert_eq!(has(&compiled, "nodes", "quay/b/app"), below_quay, "{repositories}");
    }
}

/// A cached repository by its ARN.
#[test]
fn a_repository_outside_of_the_spec_can_be_below_the_prefix_of_a_rule() {
    let spec = |region: &str, name: &str| {
        let arn = format!("[\"arn:aws:ecr:{region}:111111111111:repository/{name}\"]");
        shop(format!("account: \"111111111111\"\n{QUAY}{}", nodes(&arn)))
    };
    let cached = spec("eu-central-1", "quay/app");
    assert_eq!(cached.codes(), [""; 0]);
    assert_eq!(has(&cached, "nodes", "quay/app"), ["ecr:CreateRepository"]);
    assert_eq!(has(&cached, "nodes", "quay/other"), [""; 0]);
    for elsewhere in [spec("eu-west-1", "quay/app"), spec("eu-central-1", "hub/app")] {
        assert_eq!(elsewhere.codes(), ["import-without-cache"]);
    }
}

#[test]
fn imports_that_no_rule_is_for_are_found() {
    let codes = |rest: &str| shop(rest).codes();
    let template = "repository_templates: { hub: { created_by: [pull_through_cache], tag_mutability: mutable } }\n";
    let cart = "repositories: { cart: {} }\n";
    let create = |text: String| text.replace("import]", "import, \"ecr:CreateRepository\"]");
    for (spec, wanted) in [
        (format!("{cart}{}", nodes("all")), &["import-without-cache"][..]),
        (format!("{QUAY}{cart}{}", nodes("[cart]")), &["import-without-cache"]),
        (format!("{QUAY}{cart}{}", nodes("all")), &[]),
        (format!("{template}{}", nodes("[hub]")), &["import-without-cache"]),
        (format!("{QUAY}{template}{}", nodes("all")), &["import-without-cache"]),
        (create(format!("{template}{}", nodes("[hub]"))), &[]),
    ] {
        assert_eq!(codes(&spec), wanted, "{spec}");
    }
}

/// AWS has one registry per account and region, so a template of one environment decides about imports of another one.
#[test]
fn tags_of_another_environment_are_found() {
    let spec = |template: &str| {
        Compiled::of(format!(
            "platform: shop\nregion: eu-central-1\naccount: \"111111111111\"\n\
             names: {{ repository: \"{{environment}}/{{repository}}\" }}\nenvironments:\n  hub: {{ {}, {} }}\n  \
             dev: {{ repository_templates: {{ {template} }} }}\n",
            QUAY.trim(),
            nodes("[quay]").trim()
        ))
    };
    let base = "created_by: [pull_through_cache], tag_mutability: mutable";
    for prefix in ["quay", "quay/a", "ROOT"] {
        let tagged = spec(&format!("{prefix}: {{ {base}, resource_tags: {{ Team: a }} }}"));
        assert_eq!(tagged.codes(), ["import-elsewhere"], "{prefix}");
        assert_eq!(spec(&format!("{prefix}: {{ {base} }}")).codes(), [""; 0], "{prefix}");
    }
}
