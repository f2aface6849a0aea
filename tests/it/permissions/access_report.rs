//! Compares the JSON report of `ecrgen access` with the rendered HCL, which these tests read independently.

use std::collections::{BTreeMap, BTreeSet};

use ecrgen::permissions::EffectivePermissions;
use ecrgen::report::permissions::json;
use serde_json::Value;

use crate::generate::piksel::listed;
use crate::harness::Compiled;
use crate::harness::module::Module;

/// Stand-ins for values known only after apply. They have the same length as the real values.
const KNOWN: [(&str, &str); 7] = [
    ("${data.aws_partition.current.partition}", "aws"),
    ("${data.aws_caller_identity.current.account_id}", "123456789012"),
    ("${module.piksel_core.repository_arn}", REPOSITORY),
    ("${aws_ecr_repository.piksel_core.arn}", REPOSITORY),
    ("${local.oidc_issuer_piksel}", "oidc.eks.ap-southeast-3.amazonaws.com/id/00000000000000000000000000000000"),
    ("${aws_iam_openid_connect_provider.hcp.arn}", "arn:aws:iam::123456789012:oidc-provider/app.terraform.io"),
    ("${basename(var.node_role_name)}", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
];

const REPOSITORY: &str = "arn:aws:ecr:ap-southeast-3:123456789012:repository/piksel-core";

/// The verbs: the permissions of AWS's policy PullOnly and the check of layers, the minimum of "IAM permissions for
/// pushing an image", and the API actions that read, delete and create (ECR user guide and API reference).
const VERBS: [(&str, &[&str]); 6] = [
    ("pull", &["BatchGetImage", "GetDownloadUrlForLayer", "BatchCheckLayerAvailability"]),
    (
        "push",
        &[
            "CompleteLayerUpload",
            "UploadLayerPart",
            "InitiateLayerUpload",
            "BatchCheckLayerAvailability",
            "PutImage",
            "BatchGetImage",
        ],
    ),
    ("read", &["DescribeRepositories", "DescribeImages", "ListImages", "DescribeImageScanFindings"]),
    ("delete", &["BatchDeleteImage"]),
    ("create", &["CreateRepository", "TagResource"]),
    ("import", &["BatchImportUpstreamImage"]),
];

/// A value with every reference replaced.
fn bound(value: &Value) -> Value {
    let text = KNOWN.iter().fold(value.to_string(), |text, (code, known)| text.replace(code, known));
    assert!(!text.contains("${"), "{text}");
    serde_json::from_str(&text).expect("JSON")
}

/// The permissions of a role on the repository, and on the registry.
type Granted = (BTreeSet<String>, BTreeSet<String>);

/// The ECR actions of each role, from the policies attached to it.
fn granted(modules: &[Module]) -> BTreeMap<String, Granted> {
    let mut granted: BTreeMap<String, Granted> = BTreeMap::new();
    for module in modules {
        for head in module.heads("resource aws_iam_role_policy_attachment ") {
            let role = module.value(&head, "role").as_str().expect("text").to_owned();
            let role = match role.strip_prefix("${aws_iam_role.").and_then(|label| label.strip_suffix(".name}")) {
                Some(label) => module.value(&format!("resource aws_iam_role {label}"), "name"),
                None => role.replace("${basename(", "").replace(")}", "").into(),
            };
            let policy = module.value(&head, "policy_arn").as_str().expect("text").to_owned();
            let label = policy.trim_start_matches("${aws_iam_policy.").trim_end_matches(".arn}").to_owned();
            let policy = bound(&module.value(&format!("resource aws_iam_policy {label}"), "policy"));
            let (on_repository, on_all) = granted.entry(role.as_str().expect("text").to_owned()).or_default();
            for statement in policy["Statement"].as_array().expect("a list") {
                if statement["Effect"] == "Deny" {
                    let denied = listed(&statement["Action"]);
                    assert!(denied.iter().all(|action| action.starts_with("iam:")), "{denied:?}");
                    continue;
                }
                let actions = listed(&statement["Action"]).into_iter().filter(|action| action.starts_with("ecr:"));
                let actions: BTreeSet<String> = actions.map(str::to_owned).collect();
                assert!(actions.iter().all(|action| !action.contains('*')), "{actions:?}");
                let resources = listed(&statement["Resource"]);
                if resources.contains(&REPOSITORY) {
                    on_repository.extend(actions);
                } else if resources == ["*"] {
                    on_all.extend(actions);
                }
            }
        }
    }
    granted
}

fn texts(value: &Value) -> BTreeSet<String> {
    listed(value).into_iter().map(str::to_owned).collect()
}

#[test]
fn permissions_match_the_rendered_policies() {
    for spec in ["piksel", "piksel-plain", "piksel-audited"] {
        let compiled = Compiled::shipped(spec);
        let policies = compiled.policies();
        let report = json(&[EffectivePermissions::of(&policies)]);
        let report: Value = serde_json::from_str(&report).expect("JSON");
        let report = &report["platforms"][0];
        let modules = ["shared/ecr", "shared/ecr-workspace"].map(|folder| compiled.module(folder));
        let granted = granted(&modules);

        let principals = report["principals"].as_array().expect("a list");
        let names: BTreeSet<&str> = principals.iter().map(|one| one["aws_name"].as_str().expect("text")).collect();
        assert_eq!(names, granted.keys().map(String::as_str).collect(), "{spec}");
        for principal in principals {
            let (on_repository, on_all) = &granted[principal["aws_name"].as_str().expect("text")];
            let name = &principal["name"];
            assert_eq!(&texts(&principal["registry_actions"]), on_all, "{spec}: {name}");
            let rights = report["permissions"].as_array().expect("a list");
            let row =
                rights.iter().find(|row| row["principal"] == *name).unwrap_or_else(|| panic!("{name} has nothing"));
            assert_eq!(row["repository_name"], "piksel-core");
            assert_eq!(&texts(&row["actions"]), on_repository, "{spec}: {name}");
            let has = |action: &&str| on_repository.contains(&format!("ecr:{action}"));
            let held = VERBS.iter().filter(|(_, actions)| actions.iter().all(&has));
            let held: BTreeSet<String> = held.map(|(verb, _)| (*verb).to_owned()).collect();
            assert_eq!(texts(&row["verbs"]), held, "{spec}: {name}");
            assert_eq!(row["conditional"].as_array().map(Vec::len), Some(0), "{spec}: {name}");
        }
    }
}

#[test]
fn subjects_and_sizes_match_the_rendered_policies() {
    for spec in ["piksel", "piksel-plain", "piksel-audited"] {
        let compiled = Compiled::shipped(spec);
        let policies = compiled.policies();
        let report = json(&[EffectivePermissions::of(&policies)]);
        let report: Value = serde_json::from_str(&report).expect("JSON");
        let report = &report["platforms"][0];
        let mut documents = BTreeSet::new();
        for folder in ["shared/ecr", "shared/ecr-workspace"] {
            let module = compiled.module(folder);
            let named = |head: &str, name: &str| module.value(head, name).as_str().expect("text").to_owned();
            let mut count = |owner: String, head: &str, attribute: &str, kind: &str| {
                let document = bound(&module.value(head, attribute));
                documents.insert((kind.to_owned(), owner, document.to_string().chars().count()));
                document
            };
            for head in module.heads("resource aws_iam_policy ") {
                count(named(&head, "name"), &head, "policy", "managed");
            }
            for head in module.heads("resource aws_s3_bucket_policy ") {
                count("the audit trail".to_owned(), &head, "policy", "bucket");
            }
            for head in module.heads("resource aws_cloudwatch_log_resource_policy ") {
                count(named(&head, "policy_name"), &head, "policy_document", "logs");
            }
            for head in module.heads("resource aws_sns_topic_policy ") {
                let topic = head.replace("aws_sns_topic_policy", "aws_sns_topic");
                count(named(&topic, "name"), &head, "policy", "topic");
            }
            for head in module.heads("resource aws_kms_key ") {
                count("the alerts".to_owned(), &head, "policy", "key");
            }
            for head in module.heads("resource aws_iam_role ") {
                let trust = count(named(&head, "name"), &head, "assume_role_policy", "trust");
                let statement = &trust["Statement"][0];
                assert_eq!(trust["Statement"].as_array().map(Vec::len), Some(1));
                let claims = statement["Condition"].as_object().into_iter().flatten();
                let subjects = claims
                    .flat_map(|(_, keys)| keys.as_object().expect("keys"))
                    .filter(|(key, _)| key.ends_with(":sub"))
                    .map(|(_, values)| texts(values));
                let subjects: BTreeSet<String> = match &statement["Principal"]["AWS"] {
                    Value::Null => subjects.flatten().collect(),
                    principals => texts(principals),
                };
                let name = module.value(&head, "name");
                let principals = report["principals"].as_array().expect("a list");
                let principal = principals.iter().find(|one| one["aws_name"] == name).expect("a principal");
                let accepted = principal["trusts"].as_array().expect("a list").iter();
                let accepted: BTreeSet<String> =
                    accepted.map(|one| one["subject"].as_str().expect("text").to_owned()).collect();
                assert_eq!(accepted, subjects, "{spec}: {name}");
            }
        }
        let told = report["documents"].as_array().expect("a list").iter().map(|document| {
            let text = |key: &str| document[key].as_str().expect("text").to_owned();
            let limit = match document["kind"].as_str() {
                Some("managed") => 6_144,
                Some("trust") => 2_048,
                // S3 user guide, "Bucket policies"; CloudWatch Logs API reference, PutResourcePolicy.
                Some("bucket") => 20_480,
                Some("logs") => 5_120,
                // SNS, "Amazon SNS endpoints and quotas": 30 KB; KMS API reference, PutKeyPolicy.
                Some("topic") => 30_720,
                Some("key") => 32_768,
                other => panic!("{other:?}"),
            };
            assert_eq!(document["limit"], limit);
            let size = document["characters"].as_u64().expect("a number");
            (text("kind"), document["owners"][0].as_str().expect("text").to_owned(), size as usize)
        });
        assert_eq!(told.collect::<BTreeSet<_>>(), documents, "{spec}");
    }
}
