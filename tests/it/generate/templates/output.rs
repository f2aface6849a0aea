//! The generated templates, and the role that ECR creates repositories with.

use serde_json::json;

use super::{SPEC, bound, root};
use crate::harness::module::{inner, optional, value};
use crate::harness::shop;

fn head(label: &str) -> String {
    format!("resource aws_ecr_repository_creation_template {label}")
}

/// ECR API reference, CreateRepositoryCreationTemplate: the values of `appliedFor` and of `prefix`.
#[test]
fn each_template_has_the_settings_of_a_repository() {
    let module = root(SPEC);
    let team = head("team");
    assert_eq!(module.value(&team, "prefix"), "team");
    assert_eq!(module.value(&team, "applied_for"), json!(["CREATE_ON_PUSH", "REPLICATION"]));
    assert_eq!(module.value(&team, "image_tag_mutability"), "IMMUTABLE_WITH_EXCLUSION");
    // Any service can be pushed to a repository that does not exist yet.
    let filter = inner(module.block(&team), "image_tag_mutability_exclusion_filter");
    assert_eq!(value(optional(filter, "filter").expect("a filter")), "*-latest");
    let lifecycle = module.value(&team, "lifecycle_policy");
    assert_eq!(lifecycle["rules"][1]["selection"]["tagPrefixList"], json!(["v"]));
    assert_eq!(lifecycle["rules"].as_array().map(Vec::len), Some(3));
    assert_eq!(
        module.value(&team, "resource_tags").as_str(),
        Some("${merge(local.standard_tags, { Team = \"web\" })}")
    );

    let data = head("team__data");
    assert_eq!(module.value(&data, "applied_for"), json!(["CREATE_ON_PUSH"]));
    assert_eq!(module.value(&data, "image_tag_mutability"), "MUTABLE");
    assert_eq!(optional(module.block(&data), "lifecycle_policy"), None, "`none` removes the default");
    let encryption = inner(module.block(&data), "encryption_configuration");
    assert_eq!(value(optional(encryption, "kms_key").expect("a key")), "${aws_kms_key.ecr.arn}");
    assert_eq!(module.value(&head("mirror"), "applied_for"), json!(["PULL_THROUGH_CACHE"]));
}

/// ECR user guide, "Creating a repository creation template": a role if the template has tags or a KMS key, and only then.
#[test]
fn a_template_has_a_role_if_it_has_tags_or_a_kms_key() {
    let module = root(SPEC);
    let role = |label: &str| optional(module.block(&head(label)), "custom_role_arn").map(value);
    assert_eq!(role("team"), Some("${aws_iam_role.creation_templates.arn}".into()));
    assert_eq!(role("team__data"), Some("${aws_iam_role.creation_templates.arn}".into()));
    assert_eq!(role("mirror"), None);
    let tagged = root(&format!("{SPEC}resource_tags: {{ Owner: shop }}\n"));
    let role = optional(tagged.block(&head("mirror")), "custom_role_arn").map(value);
    assert_eq!(role, Some("${aws_iam_role.creation_templates.arn}".into()), "tags of the platform are tags too");
    let plain = root("repository_templates: { team: { created_by: [push] } }\n");
    assert_eq!(plain.heads("resource aws_iam"), [""; 0]);
}

/// ECR user guide, "Create an IAM role for repository creation templates" and "Create a custom policy for repository creation
/// templates": who assumes the role, and its permissions, here only below the prefixes that need them.
#[test]
fn the_role_can_do_what_ecr_documents_and_nothing_else() {
    let module = root(SPEC);
    let trust = module.value("resource aws_iam_role creation_templates", "assume_role_policy");
    assert_eq!(trust["Statement"].as_array().map(Vec::len), Some(1));
    assert_eq!(trust["Statement"][0]["Principal"], json!({ "Service": "ecr.amazonaws.com" }));
    assert_eq!(trust["Statement"][0]["Action"], "sts:AssumeRole");
    assert_eq!(module.value("resource aws_iam_role creation_templates", "name"), "shop-shared-creation-templates");
    let policy = bound(module.value("resource aws_iam_policy creation_templates", "policy").to_string());
    let policy: serde_json::Value = serde_json::from_str(&policy).expect("JSON");
    let below = |prefix: &str| format!("arn:aws:ecr:eu-central-1:111111111111:repository/{prefix}/*");
    let statements: Vec<_> = policy["Statement"].as_array().expect("statements").iter().collect();
    assert_eq!(statements.len(), 3, "{policy:#}");
    assert_eq!(statements[0]["Action"], json!(["ecr:CreateRepository", "ecr:TagResource"]));
    assert_eq!(statements[0]["Resource"], json!([below("team"), below("team/data")]));
    assert_eq!(
        (&statements[1]["Action"], &statements[1]["Resource"]),
        (&"ecr:ReplicateImage".into(), &below("team").into())
    );
    assert_eq!(statements[2]["Action"], json!(["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"]));
    assert_eq!(statements[2]["Condition"], json!({ "StringLike": { "kms:ViaService": "ecr.eu-central-1.*" } }));
    let attached = module.value("resource aws_iam_role_policy_attachment creation_templates", "role");
    assert_eq!(attached, "${aws_iam_role.creation_templates.name}");
}

/// Access entries of kinds that use repository policies reach these repositories through the template.
#[test]
fn the_repository_policy_is_in_the_template() {
    let module = root(SPEC);
    let policy = bound(module.value(&head("team"), "repository_policy").to_string());
    assert!(policy.contains("arn:aws:iam::222222222222:root") && policy.contains("ecr:BatchGetImage"), "{policy}");
    assert_eq!(optional(module.block(&head("team__data")), "repository_policy"), None);
    assert_eq!(module.heads("resource aws_ecr_repository_policy"), [""; 0], "`cart` has no policy");
}

/// An identity policy names the pattern, because Terraform knows no such repository. Without a prefix, it is the only one needed.
#[test]
fn identity_policies_name_the_pattern() {
    let module = root(SPEC);
    let policy = |module: &crate::harness::module::Module, entry: &str| {
        let policy = module.value(&format!("resource aws_iam_policy {entry}"), "policy");
        serde_json::from_str::<serde_json::Value>(&bound(policy.to_string())).expect("JSON")["Statement"][0].clone()
    };
    let below = |prefix: &str| format!("arn:aws:ecr:eu-central-1:111111111111:repository/{prefix}");
    assert_eq!(policy(&module, "ci")["Resource"], json!(["${aws_ecr_repository.cart.arn}", below("team/*")]));
    let all = ["mirror/*", "team/*", "team/data/*"].map(|prefix| json!(below(prefix)));
    let nodes = policy(&module, "nodes");
    let nodes: Vec<_> = nodes["Resource"].as_array().expect("a list").iter().collect();
    assert!(all.iter().all(|arn| nodes.contains(&arn)) && nodes.len() == 4, "{nodes:?}");
    let with_root = "repository_templates:\n  ROOT: { created_by: [push] }\n";
    let whole = shop(SPEC.replace("repository_templates:\n", with_root));
    assert_eq!(whole.codes(), ["whole-registry-access"]);
    assert_eq!(policy(&whole.module("shared/ecr"), "nodes")["Resource"], below("*"));
}

/// The schemas of provider releases: the first that has everything the spec asks for, and the one before it. The output is
/// compared with the schema of the lowest version in any case.
#[test]
fn the_lowest_version_that_the_rule_admits_knows_every_argument() {
    let without_push = SPEC.replace("[push, replication]", "[replication]").replace("[push]", "[replication]");
    let without_classes = without_push.replace(", latest: { tag: \"{service}-latest\", moving: true }", "");
    let without_classes = without_classes.replace("{ keep: all, of: latest }, ", "");
    let (without_classes, _) = without_classes.split_once("waive:").expect("a waiver");
    for (spec, enough, too_old) in
        [(SPEC.to_owned(), "6.28", "6.27"), (without_push, "6.10", "6.9"), (without_classes.to_owned(), "5.61", "5.60")]
    {
        let pinned = |version: &str| shop(format!("{spec}terraform: {{ providers: {{ aws: \"~> {version}\" }} }}\n"));
        assert_eq!(pinned(enough).codes(), [""; 0], "{enough}");
        assert!(pinned(too_old).codes().contains(&"template-needs-newer-provider"), "{too_old}");
    }
}

#[test]
fn the_readme_lists_them() {
    let readme = &shop(SPEC).files()["shared/ecr/README.md"];
    assert!(readme.contains("| team/\\* | a push, replication | IMMUTABLE_WITH_EXCLUSION | 3 |"), "{readme}");
    assert!(readme.contains("| mirror/\\* | a pull through cache | MUTABLE | 3 |"), "{readme}");
}
