//! The requirements of the Piksel blueprint, row by row, checked in the rendered HCL: repository and monitoring.

use serde_json::{Value, json};

use crate::harness::Compiled;
use crate::harness::module::{Module, expression, inner, optional, value};

pub fn root() -> Module {
    Compiled::shipped("piksel").module("shared/ecr")
}

pub fn plain() -> Module {
    Compiled::shipped("piksel-plain").module("shared/ecr")
}

pub fn bootstrap() -> Module {
    Compiled::shipped("piksel").module("shared/ecr-workspace")
}

pub const ACCOUNT: &str = "${data.aws_caller_identity.current.account_id}";
pub const PARTITION: &str = "${data.aws_partition.current.partition}";

/// The statement of a policy that has this Sid.
pub fn statement(policy: &Value, sid: &str) -> Value {
    let statements = policy["Statement"].as_array().expect("a list of statements");
    let found = statements.iter().find(|statement| statement["Sid"] == sid);
    found.unwrap_or_else(|| panic!("no statement {sid} in {policy:#}")).clone()
}

/// One item or a list, as a sorted list.
pub fn listed(value: &Value) -> Vec<&str> {
    let mut texts: Vec<&str> = match value {
        Value::String(text) => vec![text],
        many => many.as_array().expect("a list").iter().map(|item| item.as_str().expect("text")).collect(),
    };
    texts.sort();
    texts
}

#[test]
fn p1_one_repository_for_all_services() {
    assert_eq!(root().heads("module "), ["module piksel_core"]);
    assert_eq!(root().value("module piksel_core", "repository_name"), "piksel-core");
    assert_eq!(plain().heads("resource aws_ecr_repository "), ["resource aws_ecr_repository piksel_core"]);
}

/// The inputs are those of version 3.2.0 of the module (its `variables.tf`).
#[test]
fn p2_the_registry_module_has_only_real_inputs() {
    let root = root();
    let block = root.block("module piksel_core");
    assert_eq!(value(expression(block, "source")), "terraform-aws-modules/ecr/aws");
    assert_eq!(value(expression(block, "version")), "3.2.0");
    let inputs = [
        "attach_repository_policy",
        "create_lifecycle_policy",
        "create_repository_policy",
        "repository_encryption_type",
        "repository_image_scan_on_push",
        "repository_image_tag_mutability",
        "repository_image_tag_mutability_exclusion_filter",
        "repository_kms_key",
        "repository_lifecycle_policy",
        "repository_name",
        "repository_policy",
        "tags",
    ];
    let given: Vec<&str> = block.body.attributes().map(|attribute| attribute.key.as_str()).collect();
    let unknown: Vec<_> =
        given.iter().filter(|name| !inputs.contains(name) && !["source", "version"].contains(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?} are not inputs of the module");
    assert_eq!(block.body.blocks().count(), 0, "a module block takes attributes");
}

#[test]
fn p2_plain_resources_instead_of_the_module() {
    let plain = plain();
    assert_eq!(plain.heads("module "), [""; 0]);
    let repository = plain.block("resource aws_ecr_repository piksel_core");
    assert_eq!(value(expression(repository, "name")), "piksel-core");
    assert_eq!(value(expression(inner(repository, "lifecycle"), "prevent_destroy")), true);
    let policy = plain.block("resource aws_ecr_lifecycle_policy piksel_core");
    assert_eq!(value(expression(policy, "repository")), "${aws_ecr_repository.piksel_core.name}");
}

#[test]
fn p3_every_taggable_resource_has_the_tags_of_the_local() {
    let tags = json!({
        "Project": "piksel",
        "Environment": "shared",
        "Purpose": "container-registry",
        "ManagedBy": "Terraform",
        "Owner": "DevOps-Team",
    });
    for module in [root(), plain(), bootstrap()] {
        assert_eq!(module.value("locals", "standard_tags"), tags);
        // Attachments and ECR policies have no tags (provider schema).
        let taggable = ["aws_ecr_repository ", "aws_iam_role ", "aws_iam_policy ", "aws_iam_openid_connect_provider "];
        for head in module.heads("") {
            let kind = head.strip_prefix("resource ").unwrap_or_default();
            if head.starts_with("module ") || taggable.iter().any(|taggable| kind.starts_with(taggable)) {
                assert_eq!(module.value(&head, "tags"), "${local.standard_tags}", "{head}");
            }
        }
    }
}

#[test]
fn p5_tags_are_immutable_except_moving_tags() {
    let root = root();
    assert_eq!(root.value("module piksel_core", "repository_image_tag_mutability"), "IMMUTABLE_WITH_EXCLUSION");
    let filters = root.value("module piksel_core", "repository_image_tag_mutability_exclusion_filter");
    assert_eq!(filters, json!([{ "filter": "*-latest", "filter_type": "WILDCARD" }]));
    let plain = plain();
    let repository = plain.block("resource aws_ecr_repository piksel_core");
    assert_eq!(value(expression(repository, "image_tag_mutability")), "IMMUTABLE_WITH_EXCLUSION");
    let filter = inner(repository, "image_tag_mutability_exclusion_filter");
    assert_eq!(value(expression(filter, "filter")), "*-latest");
    assert_eq!(value(expression(filter, "filter_type")), "WILDCARD");
}

#[test]
fn p6_kms_with_the_aws_managed_key() {
    let root = root();
    assert_eq!(root.value("module piksel_core", "repository_encryption_type"), "KMS");
    assert!(optional(root.block("module piksel_core"), "repository_kms_key").is_none());
    let plain = plain();
    let encryption = inner(plain.block("resource aws_ecr_repository piksel_core"), "encryption_configuration");
    assert_eq!(value(expression(encryption, "encryption_type")), "KMS");
    assert!(optional(encryption, "kms_key").is_none());
}

#[test]
fn p7_scan_on_push_is_a_variable() {
    let plain = plain();
    let scanning = inner(plain.block("resource aws_ecr_repository piksel_core"), "image_scanning_configuration");
    assert_eq!(value(expression(scanning, "scan_on_push")), "${var.enable_scan_on_push}");
    let root = root();
    assert_eq!(root.value("module piksel_core", "repository_image_scan_on_push"), "${var.enable_scan_on_push}");
    for module in [root, plain] {
        assert_eq!(module.value("variable enable_scan_on_push", "type"), "${bool}");
        assert_eq!(module.value("variable enable_scan_on_push", "default"), true);
    }
}

#[test]
fn p8_keeps_five_tagged_images_and_untagged_ones_for_seven_days() {
    let selections = json!([
        { "tagStatus": "tagged", "tagPatternList": ["*"], "countType": "imageCountMoreThan", "countNumber": 5 },
        { "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7 },
    ]);
    let policies = [
        root().value("module piksel_core", "repository_lifecycle_policy"),
        plain().value("resource aws_ecr_lifecycle_policy piksel_core", "policy"),
    ];
    for policy in policies {
        let rules = policy["rules"].as_array().expect("rules");
        let of = |key: &str| rules.iter().map(|rule| rule[key].clone()).collect::<Value>();
        assert_eq!(of("selection"), selections);
        assert_eq!(of("rulePriority"), json!([1, 2]));
        assert_eq!(of("action"), json!([{ "type": "expire" }, { "type": "expire" }]));
    }
}

#[test]
fn p12_no_monitoring_unless_the_spec_has_it() {
    let watching = ["aws_cloudtrail", "aws_cloudwatch_event_rule", "aws_cloudwatch_log_group"];
    for module in [root(), plain()] {
        assert!(watching.iter().all(|kind| module.heads(&format!("resource {kind} ")).is_empty()));
    }
}

#[test]
fn p12_a_trail_and_an_event_log_if_the_spec_has_monitoring() {
    let audited = Compiled::shipped("piksel-audited").module("shared/ecr");
    let trail = audited.block("resource aws_cloudtrail ecr");
    assert_eq!(value(expression(trail, "s3_bucket_name")), "${aws_s3_bucket.ecr_trail.bucket}");
    let policy = audited.value("resource aws_s3_bucket_policy ecr_trail", "policy");
    let writes = statement(&policy, "TrailMayWrite");
    assert_eq!(writes["Principal"], json!({ "Service": "cloudtrail.amazonaws.com" }));
    let this_trail = format!("arn:{PARTITION}:cloudtrail:ap-southeast-3:{ACCOUNT}:trail/piksel-shared-ecr");
    assert_eq!(writes["Condition"]["StringEquals"]["aws:SourceArn"], this_trail);
    let rule = inner(audited.block("resource aws_s3_bucket_lifecycle_configuration ecr_trail"), "rule");
    assert_eq!(value(expression(inner(rule, "expiration"), "days")), 365);

    assert_eq!(audited.value("resource aws_cloudwatch_log_group ecr_events", "retention_in_days"), 30);
    for (event, kind) in [("push", "ECR Image Action"), ("scan", "ECR Image Scan")] {
        let pattern = audited.value(&format!("resource aws_cloudwatch_event_rule ecr_{event}"), "event_pattern");
        assert_eq!((&pattern["source"], &pattern["detail-type"]), (&json!(["aws.ecr"]), &json!([kind])));
        assert_eq!(pattern["detail"]["repository-name"], json!(["piksel-core"]));
        let target = format!("resource aws_cloudwatch_event_target ecr_{event}");
        assert_eq!(audited.value(&target, "arn"), "${aws_cloudwatch_log_group.ecr_events.arn}");
    }
    let lets_in = audited.value("resource aws_cloudwatch_log_resource_policy ecr_events", "policy_document");
    let who = listed(&statement(&lets_in, "EventsMayWrite")["Principal"]["Service"]).join(" ");
    assert_eq!(who, "delivery.logs.amazonaws.com events.amazonaws.com");
}

#[test]
fn has_the_outputs_that_other_configurations_need() {
    for (module, address) in [(root(), "module.piksel_core"), (plain(), "aws_ecr_repository.piksel_core")] {
        let arn = if address.starts_with("module") { "repository_arn" } else { "arn" };
        assert_eq!(
            module.value("output repository_urls", "value"),
            json!({ "piksel-core": format!("${{{address}.repository_url}}") })
        );
        assert_eq!(
            module.value("output repository_arns", "value"),
            json!({ "piksel-core": format!("${{{address}.{arn}}}") })
        );
        let host = format!("{ACCOUNT}.dkr.ecr.ap-southeast-3.${{data.aws_partition.current.dns_suffix}}");
        assert_eq!(module.value("output registry_url", "value"), host);
        let roles = module.value("output role_arns", "value");
        assert_eq!(roles["image-pipeline"], "${aws_iam_role.image_pipeline.arn}");
        assert_eq!(roles["pods/jupyterhub/hub"], "${aws_iam_role.pods__jupyterhub__hub.arn}");
        assert_eq!(roles.as_object().map(serde_json::Map::len), Some(6));
    }
}
